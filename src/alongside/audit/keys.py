"""The key ring: every secret that protects stored data, in one JSON file outside the database (I7).

The file (`settings.ALONGSIDE_KEY_FILE`, mode 0600) holds 32-byte keys in URL-safe base64:

    {"version": 1, "fields": [newest, older, …], "blind": …, "seal": …, "drafts": …, "backup": …}

Losing it means losing every encrypted field and every backup: keep a copy apart from both. A running process notices a
changed file by itself, so keys are rotated without a restart. `blind`, `seal` and `drafts` are for life: a new one
would orphan what was indexed, sealed or drafted with the old.
"""

import base64
import fcntl
import hmac
import json
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock
from time import monotonic

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

SINGLE_KEYS = ("blind", "seal", "drafts", "backup")
LOOK_AGAIN_AFTER = 1.0
"""Seconds for which a key ring is used without asking the file system whether it has changed."""


class KeyRingMissing(RuntimeError):
    """There is no key file. Nothing is read or written until there is one: `create_key_ring` makes a first one."""


class KeyRingUnusable(RuntimeError):
    """The key file is there, but others may read it, or it is not a key ring."""


class KeyRingExists(RuntimeError):
    """A key ring is never replaced: the old keys are the only way to what they encrypted."""


@dataclass(frozen=True)
class KeyRing:
    """All keys by purpose. `fields` are Fernet keys, newest first; the others are 32 bytes each."""

    fields: tuple[bytes, ...] = field(repr=False)
    blind: bytes = field(repr=False)
    seal: bytes = field(repr=False)
    drafts: bytes = field(repr=False)
    backup: bytes = field(repr=False)

    @cached_property
    def cipher(self) -> MultiFernet:
        """Encrypts with the newest field key and reads with any."""
        return MultiFernet([Fernet(key) for key in self.fields])


def create_key_ring(path: Path | None = None) -> Path:
    """Makes a new key ring at `path` (default: the configured one), readable by its owner only; returns its path.

    Raises `KeyRingExists` rather than replace one.
    """
    path = Path(path or settings.ALONGSIDE_KEY_FILE)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _locked(path):
        if path.exists():
            raise KeyRingExists(f"There is a key ring at {path} already; it was left as it is.")
        names = {name: _new_key() for name in SINGLE_KEYS}
        _write(path, {"version": 1, "fields": [_new_key()], **names})
    return path


def add_field_key(path: Path | None = None) -> None:
    """Puts a new field key in front: what is written from now on uses it, what was written before stays readable."""
    path = Path(path or settings.ALONGSIDE_KEY_FILE)
    _require(path)
    # Two rotations at once would each keep their own new key and lose the other, with what it encrypted.
    with _locked(path):
        contents = json.loads(path.read_text())
        _write(path, {**contents, "fields": [_new_key(), *contents["fields"]]})
    if path == Path(settings.ALONGSIDE_KEY_FILE):
        newest_key_ring()


def key_ring() -> KeyRing:
    """The configured key ring. Its file is looked at once a second at most, and read again whenever it has changed.

    A page opens hundreds of fields: asking the file system before each cost as much as opening them. Whoever meets a
    token that no key fits looks at once (`newest_key_ring`): another process may have added a key this very moment.
    Raises `KeyRingMissing` or `KeyRingUnusable`.
    """
    kept = _kept
    if kept and kept.path == settings.ALONGSIDE_KEY_FILE and monotonic() < kept.look_again_at:
        return kept.ring
    return newest_key_ring()


def newest_key_ring() -> KeyRing:
    """The key ring as its file is now. Raises `KeyRingMissing` or `KeyRingUnusable`."""
    global _kept
    path = Path(settings.ALONGSIDE_KEY_FILE)
    with _keeping:
        status = _require(path)
        stamp = (status.st_ino, status.st_mtime_ns, status.st_size)
        known = _kept is not None and (_kept.path, _kept.stamp) == (path, stamp)
        ring = _kept.ring if known else _read(path)
        _kept = _Kept(path, stamp, ring, look_again_at=monotonic() + LOOK_AGAIN_AFTER)
        return ring


def draft_key(user_id) -> bytes:
    """32 bytes with which a browser keeps this user's unsent drafts (E8); the same for a user each time."""
    return hmac.digest(key_ring().drafts, b"draft\0" + str(user_id).encode(), "sha256")


@dataclass(frozen=True)
class _Kept:
    """A ring that was read, of which file as it was then, and until when it is used without a look at the file."""

    path: Path
    stamp: tuple[int, int, int]
    ring: KeyRing
    look_again_at: float


_kept: _Kept | None = None
_keeping = Lock()


def _require(path: Path) -> os.stat_result:
    try:
        status = path.stat()
    except FileNotFoundError:
        raise KeyRingMissing(f"There is no key ring at {path}. Restore it from its safe copy, or create one.") from None
    if status.st_mode & 0o077:
        raise KeyRingUnusable(f"The key ring at {path} is open to other users: chmod 600 it.")
    return status


def _read(path: Path) -> KeyRing:
    try:
        contents = json.loads(path.read_text())
        ring = KeyRing(
            fields=tuple(key.encode() for key in contents["fields"]),
            **{name: base64.urlsafe_b64decode(contents[name]) for name in SINGLE_KEYS},
        )
        sizes = {len(getattr(ring, name)) for name in SINGLE_KEYS}
        if sizes != {32} or not ring.cipher:
            raise ValueError("a key has the wrong size")
    except (ValueError, KeyError, TypeError, AttributeError):
        # The cause is left out on purpose: it may quote the file.
        raise KeyRingUnusable(f"The file at {path} is not a key ring.") from None
    return ring


def _new_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _write(path: Path, contents: dict) -> None:
    """All or nothing: a crash leaves the old file or the new one, never half of one."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w") as file:
            json.dump(contents, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    handle = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
