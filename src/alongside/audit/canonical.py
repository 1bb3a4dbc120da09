"""The bytes that stand for an entry, and the keyed hashes over them.

The form is fixed: a change here would make every older entry look tampered with. A new form gets a new `VERSION`, and
the old one stays readable.
"""

import datetime
import hmac
import json
import uuid
from collections.abc import Callable, Sequence

VERSION = 1
COLUMNS = (
    "key", "program_id", "at", "actor_id", "actor_person_id", "role", "act", "subject_id", "object_kind", "object_id",
    "fields", "outcome", "reason", "reason_token", "request_id",
)  # fmt: skip
"""What is covered, in this order. `reason_token` is `reason_words` as stored, so that checking decrypts nothing."""


def entry_bytes(values: Sequence) -> bytes:
    """The canonical form of an entry, given its values in the order of `COLUMNS`: compact ASCII JSON.

    Never fails: a value of a wrong type, put there by tampering, gives bytes that fit no hash.
    """
    return _ENCODER.encode([VERSION, *values]).encode()


SUBJECT = COLUMNS.index("subject_id")


def alike(values: Sequence) -> Callable[[uuid.UUID, uuid.UUID | None], bytes]:
    """`entry_bytes` for many entries that differ in their key and subject only; the rest is written once."""
    before, after = (_ENCODER.encode(part)[1:-1] for part in (list(values[1:SUBJECT]), list(values[SUBJECT + 1 :])))

    def form(key: uuid.UUID, subject: uuid.UUID | None) -> bytes:
        about = "null" if subject is None else f'"{subject.hex}"'
        return f'[{VERSION},"{key.hex}",{before},{about},{after}]'.encode()

    return form


def mark(key: bytes, entry: bytes) -> str:
    """The entry's own keyed hash, 64 hex digits: shows that it was written by someone who holds the key."""
    return hmac.digest(key, b"mark\0" + entry, "sha256").hex()


def link(key: bytes, previous: str, place: Sequence, entry: bytes) -> str:
    """The keyed hash of one link of the chain, 64 hex digits.

    `previous` is the hash of the link before, "" for the first; `place` says where the entry stands: program, number,
    time of sealing, the entry's id and mark.
    """
    return hmac.digest(key, b"link\0" + entry_bytes([previous, *place]) + b"\0" + entry, "sha256").hex()


def _plain(value) -> str:
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    return repr(value)


_ENCODER = json.JSONEncoder(separators=(",", ":"), default=_plain)
"""Made once: `json.dumps` would make one for each entry."""
