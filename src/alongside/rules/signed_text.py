"""A text message that a gateway hands over: is it signed by our secret, and what is in it. Never raises.

Signed as SMS Gateway for Android signs (docs.sms-gate.app, "Payload Signing"), and as little else of any gateway as
possible: `X-Signature` is the HMAC-SHA256, in hexadecimal, of the body as it was sent followed by `X-Timestamp`, the
second (Unix time, UTC) at which it was signed. Where the three fields lie in the JSON is a setting.
"""

import hmac
import json
import re
from collections.abc import Mapping
from hashlib import sha256

LARGEST = 8_192
"""Bytes of a body. A text message of ten parts, with all that a gateway says about it, is far below."""

MOST_SECONDS_APART = 300
"""Between signing and arriving: an old one is not played again."""

LEAST_SECRET = 16
"""Characters of a secret."""

LONGEST = {"from": 40, "words": 2_000, "message": 200}
"""Field to the most characters of it."""

PLAIN: Mapping[str, str] = {"from": "from", "words": "words", "message": "message"}
"""Field to where it lies, names with dots between: as `alongside take-text` takes it."""


def is_signed(body: bytes, signature: str, moment: str, *, secret: str, now: float) -> bool:
    """Whether whoever sent this knows the secret, and signed within the last minutes. Without a secret nobody does.

    >>> is_signed(b"{}", "00", "1", secret="", now=1)
    False
    """
    if not secret or not re.fullmatch(r"[0-9]{1,12}", moment) or abs(now - int(moment)) > MOST_SECONDS_APART:
        return False
    right = hmac.new(secret.encode(), body + moment.encode(), sha256).hexdigest()
    return hmac.compare_digest(right.encode(), signature.strip().lower().encode(errors="replace"))


def read_message(body: bytes, fields: Mapping[str, str] = PLAIN) -> tuple[str, str, str] | None:
    """(number, words, the gateway's own name of the message), or None where this is no text message that came in.

    >>> read_message(b'{"from": "+12135550142", "words": "4 3 5", "message": "a1"}')
    ('+12135550142', '4 3 5', 'a1')
    """
    try:
        found = json.loads(body) if len(body) <= LARGEST else None
    except (ValueError, RecursionError):
        return None
    number, words, message = (_words(_at(found, fields[name]), LONGEST[name]) for name in PLAIN)
    return (number, words, message) if number and words and message else None


def _words(value: object, longest: int) -> str:
    """Words that are no longer than this, else none.

    JSON can hold half a letter, such as half of a cut emoji, and NUL: no database keeps them, so they are left out, and
    a STOP before them is still a STOP.
    """
    if not isinstance(value, str) or len(value) > longest:
        return ""
    whole = value.encode(errors="ignore").decode().replace("\0", "")
    return whole if whole.strip() else ""


def _at(found: object, where: str) -> object:
    for name in where.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found


def why_not_fields(fields: object) -> str:
    """What is wrong with where an operator says the fields lie; "" when nothing is."""
    if not isinstance(fields, Mapping) or set(fields) != set(PLAIN):
        return "names exactly from, words and message"
    if not all(isinstance(where, str) and re.fullmatch(r"\w+(\.\w+)*", where) for where in fields.values()):
        return "each is a name, or names with dots between"
    return ""
