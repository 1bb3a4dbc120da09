"""The key ring: every secret that protects stored data, outside the database (I7).

It is JSON, in a file (`settings.ALONGSIDE_KEY_FILE`, mode 0600) or in a vault (`key_store`), and holds 32-byte keys in
URL-safe base64, of each kind the newest first; a kind with one key may be that key alone:

    {"version": 1, "fields": [newest, older, …], "blind": …, "seal": …, "drafts": …, "backup": …}

Losing it means losing every encrypted field and every backup: keep a copy apart from both. A running process notices a
changed ring by itself, so keys are changed without a restart. What a new key means differs with its kind:

- `fields`, `drafts`, `backup`: what is written from now on uses it; each token, draft and file names its key.
- `blind`: waits as `blind_next` until every index in the database was made anew (`reindexing`), then takes over.
  Earlier ones stay: some things are found by an index whose words are not kept.
- `seal`: marks entries at once; the chain goes over to it at one link, and the ring keeps which (`resealing`).
"""

import base64
import hmac
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from threading import Lock
from time import monotonic
from uuid import UUID

from django.conf import settings

from .key_store import FileStore, KeyRingMissing, KeyRingUnusable, Store, alone, configured

__all__ = ["KeyRingExists", "KeyRingMissing", "KeyRingUnusable"]

KINDS = ("fields", "blind", "seal", "drafts", "backup")


class KeyRingExists(RuntimeError):
    """A key ring is never replaced: the old keys are the only way to what they encrypted."""


class KeyWaits(RuntimeError):
    """A key of this kind was added and has not taken over yet: `alongside reencrypt` goes on with it."""


@dataclass(frozen=True)
class SealKey:
    """A key of the chain, and where it begins to hold: after these links. None: it waits, and only marks entries."""

    key: bytes = field(repr=False)
    after: Mapping[UUID, tuple[int, str]] | None = None
    """Program to number and hash of the last link that the key before made."""
    last_entry: int = 0
    """Entries up to this id may bear the mark of the key before: they were written while it still held."""
    at: datetime | None = None


@dataclass(frozen=True)
class KeyRing:
    """All keys by purpose, of each kind the newest first; 32 bytes each."""

    fields: tuple[bytes, ...] = field(repr=False)
    """In their base64, as the tokens of earlier versions take them."""
    blinds: tuple[bytes, ...] = field(repr=False)
    seals: tuple[SealKey, ...] = field(repr=False)
    draft_keys: tuple[bytes, ...] = field(repr=False)
    backups: tuple[bytes, ...] = field(repr=False)
    blind_next: bytes | None = field(default=None, repr=False)

    @property
    def blind(self) -> bytes:
        """The key by which every index in the database is made."""
        return self.blinds[0]

    @property
    def seal(self) -> bytes:
        """The key that marks new entries."""
        return self.seals[0].key

    @property
    def drafts(self) -> bytes:
        """The key of new drafts."""
        return self.draft_keys[0]

    @property
    def backup(self) -> bytes:
        """The key of new backups."""
        return self.backups[0]

    @cached_property
    def every_blind(self) -> tuple[bytes, ...]:
        """Those by which something may be found: the one in use, the one that waits, earlier ones."""
        return (self.blinds[0], *([self.blind_next] if self.blind_next else []), *self.blinds[1:])

    @cached_property
    def field_keys(self) -> dict[str, bytes]:
        """Field keys by the id that stands in a token, newest first; each a key for AES-256 of its own (SP 800-108)."""
        made = [hmac.digest(base64.urlsafe_b64decode(key), b"fields aes-256-gcm", "sha256") for key in self.fields]
        return {key_id(key): key for key in made}


def key_id(key: bytes) -> str:
    """By which a key is named beside what it encrypted: 8 letters that tell nothing of it."""
    return base64.urlsafe_b64encode(hmac.digest(key, b"key id", "sha256")[:6]).decode()


def create_key_ring(path: Path | None = None) -> Path:
    """Makes a new key ring at `path` (default: where the settings say), readable by its owner only; returns the path.

    Raises `KeyRingExists` rather than replace one.
    """
    store = FileStore(Path(path)) if path else configured()
    path = Path(path or settings.ALONGSIDE_KEY_FILE)
    with alone(store):
        if there_is_one(store):
            raise KeyRingExists(f"There is a key ring already ({store}); it was left as it is.")
        store.write(
            json.dumps({"version": 1, **{kind: [new_key()] if kind == "fields" else new_key() for kind in KINDS}})
        )
    return path


def there_is_one(store: Store | None = None) -> bool:
    """Whether there is something where the ring should lie. A vault is filled by whoever keeps it, never by us."""
    store = store or configured()
    return not isinstance(store, FileStore) or store.path.exists()


def add_key(kind: str) -> None:
    """Adds a new key of a kind in front. Raises `KeyWaits` where the one that was added before has not taken over."""
    with changing() as ring:
        if kind == "blind":
            if ring.get("blind_next"):
                raise KeyWaits(kind)
            ring["blind_next"] = new_key()
        elif kind == "seal":
            keys = as_list(ring["seal"])
            if isinstance(keys[0], dict) and keys[0]["after"] is None:
                raise KeyWaits(kind)
            ring["seal"] = [{"key": new_key(), "after": None}, *keys]
        else:
            ring[kind] = [new_key(), *as_list(ring[kind])]


def add_field_key() -> None:
    """Puts a new field key in front: what is written from now on uses it, what was written before stays readable."""
    add_key("fields")


@contextmanager
def changing() -> Iterator[dict]:
    """The ring as JSON, alone; what the block changed is written at its end, and nothing where it raises."""
    store = configured()
    if isinstance(store, FileStore):
        store.stamp()
    # Two changes at once would each keep their own new key and lose the other, with what it encrypted.
    with alone(store):
        contents = json.loads(store.read())
        yield contents
        text = json.dumps(contents, indent=1)
        _parse(text, store)
        store.write(text)
    newest_key_ring()


def key_ring() -> KeyRing:
    """The configured key ring. Its file is looked at once a second at most, and read again whenever it has changed.

    A page opens hundreds of fields: asking the file system before each cost as much as opening them. Whoever meets a
    token that no key fits looks at once (`newest_key_ring`): another process may have added a key this very moment.
    Raises `KeyRingMissing` or `KeyRingUnusable`.
    """
    kept = _kept
    if kept is None or monotonic() >= kept.look_again_at:
        return newest_key_ring()
    path = settings.ALONGSIDE_KEY_FILE
    is_same = (kept.path is path or kept.path == path) and kept.command == settings.ALONGSIDE_KEY_COMMAND
    return kept.ring if is_same else newest_key_ring()


def newest_key_ring() -> KeyRing:
    """The key ring as it is now. Raises `KeyRingMissing` or `KeyRingUnusable`."""
    global _kept
    store = configured()
    with _keeping:
        stamp = _look(store)
        known = _kept is not None and stamp is not None and (_kept.store, _kept.stamp) == (store, stamp)
        ring = _kept.ring if _kept and known else _parse(store.read(), store)
        _kept = _Kept(
            settings.ALONGSIDE_KEY_FILE, settings.ALONGSIDE_KEY_COMMAND, store, stamp, ring,
            look_again_at=monotonic() + store.fresh_for,
        )  # fmt: skip
        return ring


def until_all_know() -> float:
    """Seconds after which every process that uses this ring has seen a change of it."""
    return configured().fresh_for + 1


def draft_key(user_id) -> bytes:
    """32 bytes with which a browser keeps this user's unsent drafts (E8); the same for a user until keys change."""
    return _draft_key(key_ring().drafts, user_id)


def draft_keys(user_id) -> str:
    """The same in base64 for the page, with those of earlier keys behind it: what they kept is still put back."""
    return " ".join(base64.b64encode(_draft_key(key, user_id)).decode() for key in key_ring().draft_keys)


def new_key() -> str:
    """32 random bytes as they stand in the ring."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def as_list(value) -> list:
    """The keys of a kind, also where it is one key alone."""
    return value if isinstance(value, list) else [value]


@dataclass(frozen=True)
class _Kept:
    """A ring that was read, of which place as it was then, and until when it is used without a look at it."""

    path: Path
    command: str
    store: Store
    stamp: object
    ring: KeyRing
    look_again_at: float


_kept: _Kept | None = None
_keeping = Lock()
_look: Callable[[Store], object] = lambda store: store.stamp()  # noqa: E731  (tests count the looks)


def _draft_key(key: bytes, user_id) -> bytes:
    return hmac.digest(key, b"draft\0" + str(user_id).encode(), "sha256")


def _parse(text: str, store: Store) -> KeyRing:
    try:
        contents = json.loads(text)
        ring = KeyRing(
            fields=tuple(key.encode() for key in contents["fields"]),
            blinds=_keys(contents["blind"]),
            seals=tuple(_seal_key(value) for value in as_list(contents["seal"])),
            draft_keys=_keys(contents["drafts"]),
            backups=_keys(contents["backup"]),
            blind_next=_key(contents["blind_next"]) if contents.get("blind_next") else None,
        )
        if not (ring.fields and all(_key(key.decode()) for key in ring.fields)):
            raise ValueError("no field key")
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        # The cause is left out on purpose: it may quote the ring.
        raise KeyRingUnusable(f"{store} is not a key ring.") from None
    return ring


def _keys(value) -> tuple[bytes, ...]:
    found = tuple(_key(one) for one in as_list(value))
    if not found:
        raise ValueError("no key")
    return found


def _key(text: str) -> bytes:
    key = base64.urlsafe_b64decode(text)
    if len(key) != 32:
        raise ValueError("a key has the wrong size")
    return key


def _seal_key(value) -> SealKey:
    if isinstance(value, str):
        return SealKey(_key(value), {})
    if value["after"] is None:
        return SealKey(_key(value["key"]))
    after = {UUID(program): (int(number), str(mac)) for program, (number, mac) in value["after"].items()}
    return SealKey(_key(value["key"]), after, int(value["last_entry"]), datetime.fromisoformat(value["at"]))
