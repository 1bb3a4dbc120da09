"""The chain of the log goes over to a new key: who has one of the two forges nothing of the other's part (G2)."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db import connection

from alongside.audit import canonical, resealing, triggers
from alongside.audit.actions import record_each
from alongside.audit.keys import KeyWaits, add_key, key_ring, newest_key_ring
from alongside.audit.models import Entry, Seal
from alongside.audit.sealing import KeyRingBehind, heads, seal_pending, verify

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 8, 7, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
PROGRAM = UUID(int=10)


def act(count: int, now=NOW) -> list[Entry]:
    by = SimpleNamespace(user_id=UUID(int=1), person_id=UUID(int=2), program_id=PROGRAM, role="peer")
    made = record_each([UUID(int=100 + n) for n in range(count)], act="record.opened", by=by, words="hello", now=now)
    return list(Entry.objects.filter(key__in=[one.key for one in made]).order_by("id"))


def go_over(now=NOW) -> bool:
    return resealing.go_over(now, sleep=lambda seconds: None)


def codes() -> set[str]:
    return {problem.code for problem in verify(now=LATER).problems}


@pytest.fixture
def two_parts():
    """Three links by the old key and three by the new one; both keys, oldest first."""
    act(3)
    seal_pending(NOW)
    old = key_ring().seal
    add_key("seal")
    assert go_over()
    act(3)
    seal_pending(NOW)
    assert codes() == set()
    return old, key_ring().seal


def forge(seal: Seal, key: bytes, *, role: str = "peer") -> None:
    """Write an entry again with another role, and all that hangs on it, as far as the chain goes, by one key."""
    with triggers.suspended(connection):
        Entry.objects.filter(pk=seal.entry_id).update(role=role)
        previous = (
            Seal.objects.filter(program=seal.program, number=seal.number - 1).values_list("mac", flat=True).first()
        )
        for link in Seal.objects.filter(program=seal.program, number__gte=seal.number).order_by("number"):
            previous = write_again(link, key, previous or "", mark_too=link.pk == seal.pk)


def write_again(link: Seal, key: bytes, previous: str, *, mark_too: bool) -> str:
    from alongside.audit.sealing import _read_entries

    mark, *values = _read_entries([link.entry_id], "default")[link.entry_id]
    body = canonical.entry_bytes(values)
    if mark_too:
        mark = canonical.mark(key, body)
        Entry.objects.filter(pk=link.entry_id).update(mark=mark)
    mac = canonical.link(key, previous, [link.program, link.number, link.sealed_at, link.entry_id, mark], body)
    Seal.objects.filter(pk=link.pk).update(mac=mac)
    return mac


def test_both_parts_are_verified_and_the_log_says_when(two_parts):
    assert Entry.objects.filter(act="key.seal_changed").count() == 1
    assert Seal.objects.filter(program=PROGRAM).count() == 6
    boundary = newest_key_ring().seals[0]
    assert boundary.after[PROGRAM] == (3, Seal.objects.get(program=PROGRAM, number=3).mac)
    assert go_over() is False, "nothing waits any more"


@pytest.mark.parametrize("number", [1, 3])
def test_whoever_has_the_new_key_alone_changes_nothing_of_the_old_part(two_parts, number):
    forge(Seal.objects.get(program=PROGRAM, number=number), two_parts[1])
    assert codes()


@pytest.mark.parametrize("number", [1, 3, 4, 6])
def test_whoever_has_the_old_key_alone_changes_nothing(two_parts, number):
    """Also in its own part: the first link by the new key, and the ring, know the last one by the old."""
    forge(Seal.objects.get(program=PROGRAM, number=number), two_parts[0])
    assert codes()


def test_the_look_is_not_blind(two_parts):
    """With the right key a part can be written again by who has it; the last part only, which published heads tell."""
    forge(Seal.objects.get(program=PROGRAM, number=5), two_parts[1])
    assert codes() == set()


def test_a_chain_cut_off_before_the_new_key_is_found_without_published_heads(two_parts):
    with triggers.suspended(connection):
        Seal.objects.filter(program=PROGRAM, number__gte=3).delete()
        Entry.objects.filter(seal=None, program_id=PROGRAM).delete()
    assert "tail_missing" in codes()


def test_what_was_written_before_and_committed_late_is_sound_and_what_is_made_up_is_not():
    old = act(2)
    add_key("seal")
    # One that a transaction still held back: it has its number and its mark, and no seal.
    assert resealing.go_over(NOW, sleep=lambda seconds: None)
    seal_pending(NOW, look_back=None)
    late = old[0]
    assert codes() == set()
    with triggers.suspended(connection):
        made_up = {field.attname: getattr(late, field.attname) for field in Entry._meta.concrete_fields}
        Entry.objects.create(**{**made_up, "id": late.pk + 1000, "key": UUID(int=7)})
        row = Entry.objects.get(key=UUID(int=7))
    forge_mark(row, newest_key_ring().seals[1].key)
    assert codes() == {"entry_forged"}
    seal_pending(NOW)
    assert codes() == {"entry_forged"}


def forge_mark(row: Entry, key: bytes) -> None:
    from alongside.audit.sealing import _read_entries

    _mark, *values = _read_entries([row.pk], "default")[row.pk]
    with triggers.suspended(connection):
        Entry.objects.filter(pk=row.pk).update(mark=canonical.mark(key, canonical.entry_bytes(values)))


def test_an_entry_marked_before_the_new_key_and_sealed_after_it_is_sound(monkeypatch):
    act(1)
    seal_pending(NOW)
    late = act(1)  # committed after the last look before the new key
    add_key("seal")
    monkeypatch.setattr(resealing, "seal_pending", lambda now, look_back: 0)
    assert go_over()
    assert codes() == set()
    seal_pending(NOW)
    assert Seal.objects.get(entry=late[0]).number == 2 > newest_key_ring().seals[0].after[PROGRAM][0]
    assert codes() == set()


def test_while_a_key_waits_the_log_is_sound_and_no_other_is_added():
    act(1)
    add_key("seal")
    act(1)
    seal_pending(NOW)
    assert codes() == set()
    with pytest.raises(KeyWaits):
        add_key("seal")


def test_a_crash_after_the_ring_was_written_leaves_a_sound_log(monkeypatch):
    act(2)
    add_key("seal")

    def crash(**_):
        raise SystemExit

    monkeypatch.setattr(resealing, "record", crash)
    with pytest.raises(SystemExit):
        go_over()
    act(2)
    seal_pending(NOW)
    assert codes() == set() and go_over() is False


def test_a_crash_before_leaves_the_key_waiting(monkeypatch):
    act(2)
    add_key("seal")

    def crash():
        raise SystemExit

    monkeypatch.setattr(resealing, "_last_entry", crash)
    with pytest.raises(SystemExit):
        go_over()
    assert newest_key_ring().seals[0].after is None
    monkeypatch.undo()
    assert go_over() and codes() == set()


def test_keys_change_again_and_again():
    for _ in range(3):
        act(2)
        seal_pending(NOW)
        add_key("seal")
        assert go_over()
    act(1)
    seal_pending(NOW)
    assert len(newest_key_ring().seals) == 4 and codes() == set()


def test_after_an_old_backup_came_back_the_chain_goes_on_by_the_newest_key(two_parts):
    with triggers.suspended(connection):  # as it was after two links
        Seal.objects.filter(program=PROGRAM, number__gt=2).delete()
        Entry.objects.filter(seal=None).delete()
    assert "tail_missing" in codes()
    assert resealing.settle_restored() and codes() == set()
    act(1)
    seal_pending(NOW)
    assert codes() == set()
    forge(Seal.objects.get(program=PROGRAM, number=3), two_parts[0])
    assert codes(), "what came after it is not the old key's"


def test_one_program_is_verified_alone_and_published_heads_still_fit(two_parts, key_file):
    assert verify(PROGRAM, now=LATER, heads=heads()).is_sound
    ring = json.loads(key_file.read_text())
    assert len(ring["seal"]) == 2 and set(ring["seal"][0]) == {"key", "after", "last_entry", "at"}


def test_a_machine_whose_ring_was_not_copied_makes_no_links(key_file):
    act(1)
    add_key("seal")
    waiting = key_file.read_text()
    assert go_over()
    after = key_file.read_text()
    key_file.write_text(waiting)  # as on a second server
    act(2)
    with pytest.raises(KeyRingBehind, match=r"links by an earlier key would not hold$"):
        seal_pending(NOW)
    key_file.write_text(after)
    assert seal_pending(NOW) >= 2 and codes() == set()
