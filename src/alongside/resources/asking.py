"""A search in an address that tells nothing: what somebody looks for is sealed before it stands there (E3).

A phone that others use keeps addresses for weeks. The search is sent in the body of a form, answered with a sealed
address, and so can be gone back to, turned over and kept, while a history or a log shows no word of it.
"""

import json
import re

from alongside.audit.fields import CannotDecrypt, decrypt, encrypt
from alongside.rules.resources.search import Asked, ask

FIELDS = ("words", "place", "need", "group", "language")
BOXES = ("is_open", "is_free")
AGE = re.compile(r"\d{1,3}")
LONGEST = 100
MOST_SEALED = 2000


def seal(values: dict) -> str:
    """The search as a token for an address; "" when nothing is asked."""
    kept = {name: str(values[name])[:LONGEST] for name in FIELDS if values.get(name)}
    kept |= {name: "on" for name in BOXES if values.get(name)}
    if values.get("age") is not None:
        kept["age"] = str(values["age"])[:3]
    return str(encrypt(json.dumps(kept), "a search")) if kept else ""


def unseal(token: str) -> dict[str, str]:
    """What was asked; nothing for a token that is not ours or of a key that is gone."""
    if not token or len(token) > MOST_SEALED:
        return {}
    try:
        found = json.loads(decrypt(token, "a search"))
    except (CannotDecrypt, ValueError):
        return {}
    names = (*FIELDS, *BOXES, "age")
    return {name: str(found[name]) for name in names if name in found} if isinstance(found, dict) else {}


def as_asked(values: dict[str, str]) -> Asked:
    """What the rules make of it."""
    return ask(
        **{name: values.get(name, "") for name in FIELDS}, is_open=bool(values.get("is_open")),
        is_free=bool(values.get("is_free")),
        age=int(values["age"]) if AGE.fullmatch(values.get("age", "")) else None,
    )  # fmt: skip
