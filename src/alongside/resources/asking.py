"""A search in an address that tells nothing: what somebody looks for is sealed before it stands there (E3).

A phone that others use keeps addresses for weeks. The search is sent in the body of a form, answered with a sealed
address, and so can be gone back to, turned over and kept, while a history or a log shows no word of it.
"""

import json

from alongside.audit.fields import CannotDecrypt, decrypt, encrypt
from alongside.rules.resources.search import Asked, ask

FIELDS = ("words", "place", "need", "group", "language")
LONGEST = 100
MOST_SEALED = 2000


def seal(values: dict) -> str:
    """The search as a token for an address; "" when nothing is asked."""
    kept = {name: str(values[name])[:LONGEST] for name in FIELDS if values.get(name)}
    if values.get("is_open"):
        kept["is_open"] = "on"
    return str(encrypt(json.dumps(kept), "a search")) if kept else ""


def unseal(token: str) -> dict[str, str]:
    """What was asked; nothing for a token that is not ours or of a key that is gone."""
    if not token or len(token) > MOST_SEALED:
        return {}
    try:
        found = json.loads(decrypt(token, "a search"))
    except (CannotDecrypt, ValueError):
        return {}
    return {name: str(found[name]) for name in (*FIELDS, "is_open") if name in found} if isinstance(found, dict) else {}


def as_asked(values: dict[str, str]) -> Asked:
    """What the rules make of it."""
    return ask(**{name: values.get(name, "") for name in FIELDS}, is_open=bool(values.get("is_open")))
