import json
import os
import threading
from uuid import UUID

import pytest
from cryptography.fernet import Fernet

from alongside.audit import keys
from alongside.audit.fields import decrypt, encrypt
from alongside.audit.key_store import configured
from alongside.audit.keys import (
    KeyRingExists,
    KeyRingMissing,
    KeyRingUnusable,
    add_field_key,
    create_key_ring,
    draft_key,
    key_ring,
    newest_key_ring,
)
from alongside.audit.tokens import seal


def test_a_new_key_ring_is_private_and_complete(key_file):
    assert key_file.stat().st_mode & 0o777 == 0o600
    ring = key_ring()
    assert len(ring.fields) == 1
    assert len({ring.blind, ring.seal, ring.drafts, ring.backup}) == 4
    assert "=" not in repr(ring)


def test_a_key_ring_is_never_replaced(key_file):
    before = key_file.read_bytes()
    with pytest.raises(KeyRingExists):
        create_key_ring()
    assert key_file.read_bytes() == before


@pytest.fixture
def later(monkeypatch):
    """Call it, and the time until the next look at the file is over."""

    def wait() -> None:
        now = keys.monotonic()
        monkeypatch.setattr(keys, "monotonic", lambda: now + configured().fresh_for)

    return wait


def test_without_a_key_ring_everything_stops(key_file, later):
    key_ring()
    key_file.unlink()
    later()
    for act in (key_ring, add_field_key, lambda: draft_key(1)):
        with pytest.raises(KeyRingMissing, match="no key ring"):
            act()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda ring: "no json",
        lambda ring: [],
        lambda ring: {**ring, "fields": []},
        lambda ring: {**ring, "fields": ["short"]},
        lambda ring: {**ring, "fields": 7},
        lambda ring: {**ring, "seal": "c2hvcnQ="},
        lambda ring: {name: key for name, key in ring.items() if name != "blind"},
    ],
)
def test_a_spoiled_key_ring_is_refused_without_quoting_it(key_file, spoil):
    spoiled = spoil(json.loads(key_file.read_text()))
    key_file.write_text(spoiled if isinstance(spoiled, str) else json.dumps(spoiled))
    with pytest.raises(KeyRingUnusable) as refusal:
        key_ring()
    assert refusal.value.__cause__ is None and "short" not in str(refusal.value)


def test_a_key_ring_others_may_read_is_refused(key_file):
    key_file.chmod(0o640)
    with pytest.raises(KeyRingUnusable, match="chmod"):
        key_ring()


def test_a_rotation_is_noticed_by_a_running_process(key_file):
    before = key_ring()
    assert key_ring() is before
    add_field_key()
    after = key_ring()
    assert after.fields[1:] == before.fields and len(after.fields) == 2
    assert (after.blind, after.seal, after.drafts, after.backup) == (
        before.blind, before.seal, before.drafts, before.backup,
    )  # fmt: skip


def test_a_rotation_by_another_process_is_noticed_within_a_second(key_file, later):
    before, ring = key_ring(), json.loads(key_file.read_text())
    key_file.write_text(json.dumps({**ring, "fields": [Fernet.generate_key().decode(), *ring["fields"]]}))
    assert key_ring() is before
    later()
    assert key_ring().fields[1:] == before.fields


def test_what_another_process_wrote_with_a_new_key_is_read_at_once(key_file):
    key_ring()
    ring, new = json.loads(key_file.read_text()), Fernet.generate_key()
    key_file.write_text(json.dumps({**ring, "fields": [new.decode(), *ring["fields"]]}))
    assert decrypt(Fernet(new).encrypt(b"said now").decode(), "x") == "said now"
    assert decrypt(seal("said now", "x", newest_key_ring()), "x") == "said now"


def test_the_file_is_not_asked_for_each_field(key_file, monkeypatch):
    sealed, looked = encrypt("a name", "x"), []
    monkeypatch.setattr(keys, "_look", looked.append)
    assert [decrypt(sealed, "x") for _ in range(100)] == ["a name"] * 100
    assert looked == []


def test_rotations_at_once_lose_no_key(key_file):
    threads = [threading.Thread(target=add_field_key) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(key_ring().fields)) == 9


def test_a_write_that_fails_leaves_the_old_ring(key_file, monkeypatch):
    before = key_file.read_bytes()

    def full(descriptor):
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="disk full"):
        add_field_key()
    assert key_file.read_bytes() == before
    assert sorted(p.name for p in key_file.parent.iterdir()) == ["keyring.json", "keyring.json.lock"]


def test_each_user_has_a_draft_key_of_their_own(key_file):
    rosa, dante = draft_key(UUID(int=4)), draft_key(UUID(int=5))
    assert len(rosa) == 32 and rosa != dante
    add_field_key()
    assert draft_key(UUID(int=4)) == rosa


def test_another_path_is_another_ring(settings, tmp_path):
    before = key_ring()
    settings.ALONGSIDE_KEY_FILE = create_key_ring(tmp_path / "b" / "other.json")
    assert key_ring().seal != before.seal
    assert keys.key_ring().seal == key_ring().seal
