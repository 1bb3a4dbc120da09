"""The ledger of erased people outside the database, so that a backup that is older than an erasing cannot undo it (I6).

One line for each id: ids, the moment, why, and a keyed hash over them and over the line before. It tells nobody who
somebody was. Lines are only added, synced to the disk, and read whole: a line that does not fit stops everything,
because one that was made up would erase somebody.
"""

import fcntl
import hmac
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from alongside.audit.keys import key_ring


class LedgerDamaged(RuntimeError):
    """A line of the ledger was changed, taken out or made up; nothing was erased because of it."""


@dataclass(frozen=True)
class Line:
    """Somebody was erased: `person` is an id of theirs, `at` in UTC."""

    program: UUID
    person: UUID
    at: datetime
    cause: str

    def as_text(self) -> str:
        """The same text each time, which the keyed hash covers."""
        return "|".join((str(self.program), str(self.person), self.at.isoformat(), self.cause))


def mac_of(line: Line, before: str = "", key: bytes = b"") -> str:
    """The keyed hash of a line by the newest key; in the file it covers the hash of the line before, too."""
    return hmac.new(key or key_ring().seal, f"erased|{before}|{line.as_text()}".encode(), "sha256").hexdigest()


def path() -> Path:
    """Where the file is."""
    return Path(settings.ALONGSIDE_LEDGER_FILE)


def read() -> list[Line]:
    """Every line, oldest first. A last line that was cut off while it was written is left out: it was never promised.

    Raises `LedgerDamaged`.
    """
    if not path().exists():
        return []
    with path().open("rb") as file:
        return _parse(file.read())[0]


def add(lines: Iterable[Line]) -> int:
    """Add those that are not in the file yet, and wait until the disk has them. Returns how many."""
    with _opened() as file:
        content = file.read()
        known, latest = _parse(content)
        there = {line.person for line in known}
        new = [line for line in lines if line.person not in there]
        whole = content[: content.rfind(b"\n") + 1]
        if len(whole) < len(content):
            file.truncate(len(whole))
        file.seek(len(whole))
        for line in new:
            latest = mac_of(line, latest)
            values = {"program": str(line.program), "person": str(line.person), "at": line.at.isoformat(),
                      "cause": line.cause, "mac": latest}  # fmt: skip
            file.write(json.dumps(values).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return len(new)


def _parse(content: bytes) -> tuple[list[Line], str]:
    """The lines and the hash of the last one."""
    found: list[Line] = []
    before = ""
    # Lines stay as they were written when the key changes. After a line by a newer key none by an older one may follow.
    keys = [one.key for one in reversed(key_ring().seals)]
    for number, text in enumerate(content.split(b"\n")[:-1], start=1):
        try:
            values = json.loads(text)
            line = Line(UUID(values["program"]), UUID(values["person"]), datetime.fromisoformat(values["at"]),
                        values["cause"])  # fmt: skip
            while not (fits := hmac.compare_digest(values["mac"], mac_of(line, before, keys[0]))) and len(keys) > 1:
                keys = keys[1:]
        except (ValueError, KeyError, TypeError):
            fits = False
        if not fits:
            raise LedgerDamaged(f"{path()}: line {number} does not fit the lines before it")
        found.append(line)
        before = values["mac"]
    return found, before


@contextmanager
def _opened() -> Iterator:
    """The file, alone: two who add at once would make two lines that follow the same one."""
    path().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path(), os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
