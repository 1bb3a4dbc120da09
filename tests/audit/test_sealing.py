"""The chain: what it seals, and that nothing done to it afterwards goes unseen (G2)."""

import os
import random
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.audit import sealing, triggers
from alongside.audit.actions import record_each
from alongside.audit.models import NO_PROGRAM, Entry, Seal
from alongside.audit.sealing import (
    Problem,
    SealingContested,
    heads,
    read_heads,
    seal_pending,
    verify,
    write_heads,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 8, 7, 0, tzinfo=UTC)
TAMPERINGS = int(os.environ.get("TEST_TAMPERINGS", "500"))
PROGRAMS = (UUID(int=10), UUID(int=11), None)


def _act_in(program, count, now=NOW):
    by = SimpleNamespace(user_id=UUID(int=1), person_id=UUID(int=2), program_id=program, role="peer")
    made = record_each(
        [UUID(int=100 + n) for n in range(count)], act="record.opened", by=by, fields=["name"], words="hello", now=now
    )
    found = {entry.key: entry for entry in Entry.objects.filter(key__in=[entry.key for entry in made])}
    return [found[entry.key] for entry in made]


def _sql(statement, params=()):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.rowcount


def _set(table, column, value, key, wanted):
    _sql(f'UPDATE {table} SET "{column}" = %s WHERE {key} = %s', [value, wanted])  # noqa: S608 (our own names)


def _codes(report):
    return [problem.code for problem in report.problems]


def test_sealing_makes_one_chain_for_each_program():
    for program in PROGRAMS:
        _act_in(program, 3)
    assert seal_pending(NOW) == 9
    assert seal_pending(NOW) == 0
    chains = {p: list(Seal.objects.filter(program=p or NO_PROGRAM).order_by("number")) for p in PROGRAMS}
    assert [[seal.number for seal in chain] for chain in chains.values()] == [[1, 2, 3]] * 3
    assert str(chains[None][0]).endswith("#1")
    report = verify(now=NOW)
    assert report.is_sound and report.checked == 9 and report.unsealed_older_than_60s == 0


def test_sealing_goes_on_where_it_ended(monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 4)
    _act_in(PROGRAMS[0], 9)
    assert seal_pending(NOW) == 9
    _act_in(PROGRAMS[0], 2)
    assert seal_pending(NOW) == 2
    assert verify(now=NOW).is_sound
    assert heads()[PROGRAMS[0]][0] == 11


def test_an_entry_that_committed_very_late_is_found_by_a_full_search():
    entries = _act_in(PROGRAMS[0], 3)
    seal_pending(NOW)
    with triggers.suspended(connection):
        _sql("DELETE FROM audit_seal WHERE number = 3")
        _sql("UPDATE audit_seal SET entry_id = %s WHERE number = 1", [entries[2].id])
    assert seal_pending(NOW, look_back=1) == 0
    assert seal_pending(NOW, look_back=None) == 1


def test_unsealed_entries_are_a_warning_after_a_minute():
    _act_in(PROGRAMS[0], 2, now=NOW)
    assert verify(now=NOW + timedelta(seconds=59)).unsealed_older_than_60s == 0
    report = verify(now=NOW + timedelta(seconds=61))
    assert report.unsealed_older_than_60s == 2 and report.is_sound


def test_one_program_can_be_verified_alone():
    for program in PROGRAMS:
        _act_in(program, 2)
    seal_pending(NOW)
    for program in PROGRAMS:
        _act_in(program, 1)
    with triggers.suspended(connection):
        _sql("UPDATE audit_entry SET role = 'x' WHERE program_id IS NULL")
    assert verify(PROGRAMS[0], now=NOW).is_sound
    assert verify(PROGRAMS[0], now=NOW).checked == 3
    assert _codes(verify(NO_PROGRAM, now=NOW)) == ["entry_changed", "entry_changed", "entry_forged"]


def test_a_removed_link_and_a_cut_off_end_are_told_apart(tmp_path):
    _act_in(PROGRAMS[0], 5)
    _act_in(PROGRAMS[1], 1)
    seal_pending(NOW)
    published = write_heads(tmp_path / "heads.json", NOW)
    assert read_heads(tmp_path / "heads.json") == published == heads()
    assert verify(now=NOW, heads=published).is_sound
    with triggers.suspended(connection):
        _sql("DELETE FROM audit_seal WHERE program = %s", [_stored(PROGRAMS[1])])
        _sql("DELETE FROM audit_seal WHERE number IN (2, 5)")
        _sql("DELETE FROM audit_entry WHERE NOT EXISTS (SELECT 1 FROM audit_seal WHERE entry_id = audit_entry.id)")
    assert _codes(verify(now=NOW)) == ["number_missing", "seal_changed"]
    report = verify(now=NOW, heads=published)
    assert _codes(report) == ["number_missing", "seal_changed", "tail_missing", "tail_missing"]
    assert Problem("tail_missing", PROGRAMS[0], 5) in report.problems
    assert Problem("number_missing", PROGRAMS[0], 2) in report.problems
    assert _codes(verify(PROGRAMS[1], now=NOW, heads=published)) == ["tail_missing"]


def test_an_end_that_was_cut_off_and_grew_again_differs_from_its_head():
    _act_in(PROGRAMS[0], 2)
    seal_pending(NOW)
    published = heads()
    with triggers.suspended(connection):
        _sql("DELETE FROM audit_seal WHERE number = 2")
        _sql("DELETE FROM audit_entry WHERE NOT EXISTS (SELECT 1 FROM audit_seal WHERE entry_id = audit_entry.id)")
    _act_in(PROGRAMS[0], 2)
    seal_pending(NOW)
    assert verify(now=NOW).is_sound
    assert _codes(verify(now=NOW, heads=published)) == ["head_differs"]


def test_an_entry_written_without_the_key_is_found_before_and_after_sealing():
    (entry,) = _act_in(PROGRAMS[0], 1)
    Entry.objects.create(program_id=PROGRAMS[0], at=NOW, role="peer", act="record.opened", mark=entry.mark)
    assert _codes(verify(now=NOW)) == ["entry_forged"]
    seal_pending(NOW)
    assert _codes(verify(now=NOW)) == ["entry_forged"]


def test_a_number_used_twice_is_found():
    _act_in(PROGRAMS[0], 3)
    seal_pending(NOW)
    with triggers.suspended(connection), _without_unique_numbers():
        _sql("UPDATE audit_seal SET number = 2 WHERE number = 3")
        assert "number_repeated" in _codes(verify(now=NOW))
        _sql("UPDATE audit_seal SET number = 3 WHERE mac = (SELECT mac FROM audit_seal ORDER BY id DESC LIMIT 1)")


def _without_unique_numbers():
    if connection.vendor == "postgresql":
        return _dropped_constraint()
    return _dropped_index()


class _dropped_constraint:
    def __enter__(self):
        _sql("SET CONSTRAINTS ALL IMMEDIATE")
        _sql("ALTER TABLE audit_seal DROP CONSTRAINT audit_seal_number")

    def __exit__(self, *_):
        _sql("SET CONSTRAINTS ALL IMMEDIATE")
        _sql("ALTER TABLE audit_seal ADD CONSTRAINT audit_seal_number UNIQUE (program, number)")


class _dropped_index:
    """SQLite keeps the constraint in the table: only a new table lets go of it. Rolled back after the test."""

    def __enter__(self):
        _sql("ALTER TABLE audit_seal RENAME TO audit_seal_kept")
        _sql("CREATE TABLE audit_seal AS SELECT * FROM audit_seal_kept")

    def __exit__(self, *_):
        _sql("DROP TABLE audit_seal")
        _sql("ALTER TABLE audit_seal_kept RENAME TO audit_seal")


def test_only_the_first_problems_are_kept(monkeypatch):
    monkeypatch.setattr(sealing, "PROBLEMS_KEPT", 2)
    _act_in(PROGRAMS[0], 4)
    seal_pending(NOW)
    with triggers.suspended(connection):
        _sql("UPDATE audit_entry SET role = 'x'")
    report = verify(now=NOW)
    assert (report.problem_count, len(report.problems), report.is_sound) == (4, 2, False)


def test_jobs_that_collide_try_again_and_then_give_up_kindly(monkeypatch):
    _act_in(PROGRAMS[0], 1)
    real, calls = sealing._seal_batch, []

    def contested(now, after):
        calls.append(after)
        if len(calls) < 3:
            raise IntegrityError
        return real(now, after)

    monkeypatch.setattr(sealing, "_seal_batch", contested)
    assert seal_pending(NOW) == 1

    def always(now, after):
        raise IntegrityError

    monkeypatch.setattr(sealing, "_seal_batch", always)
    with pytest.raises(SealingContested):
        seal_pending(NOW)


def _stored(value):
    """A UUID as the database at hand stores it."""
    return value.hex if connection.vendor == "sqlite" else value


def _an_entry(chance):
    return chance.choice(list(Entry.objects.values_list("id", flat=True)))


def _change_a_column(chance):
    column, value = chance.choice(
        [
            ("key", _stored(uuid4())), ("program_id", _stored(uuid4())), ("at", NOW + timedelta(microseconds=1)),
            ("actor_id", None), ("actor_person_id", _stored(uuid4())), ("role", "director"), ("act", "record.listed"),
            ("subject_id", _stored(uuid4())), ("object_kind", "x"), ("object_id", _stored(uuid4())),
            ("fields", '["name","phone"]'), ("outcome", "refused"), ("reason", "cover"), ("reason_words", ""),
            ("request_id", "r"), ("mark", "0" * 64),
        ]
    )  # fmt: skip
    _set("audit_entry", column, value, "id", _an_entry(chance))


def _swap_two_words(chance):
    first, second = chance.sample(list(Entry.objects.values_list("id", flat=True)), 2)
    _sql(
        "UPDATE audit_entry SET reason_words = (SELECT reason_words FROM audit_entry WHERE id = %s) WHERE id = %s",
        [first, second],
    )


def _remove_an_entry_with_its_link(chance):
    entry = _an_entry(chance)
    _sql("DELETE FROM audit_seal WHERE entry_id = %s", [entry])
    _sql("DELETE FROM audit_entry WHERE id = %s", [entry])


def _remove_the_end(chance):
    program = _stored(chance.choice([p or NO_PROGRAM for p in PROGRAMS]))
    _sql("DELETE FROM audit_seal WHERE program = %s AND number >= %s", [program, chance.randint(1, 6)])
    _sql("DELETE FROM audit_entry WHERE NOT EXISTS (SELECT 1 FROM audit_seal WHERE entry_id = audit_entry.id)")


def _remove_and_close_the_gap(chance):
    program = _stored(chance.choice([p or NO_PROGRAM for p in PROGRAMS]))
    number = chance.randint(1, 5)
    _sql("DELETE FROM audit_seal WHERE program = %s AND number = %s", [program, number])
    for n in range(number, 6):
        _sql("UPDATE audit_seal SET number = %s WHERE program = %s AND number = %s", [n, program, n + 1])
    _sql("DELETE FROM audit_entry WHERE NOT EXISTS (SELECT 1 FROM audit_seal WHERE entry_id = audit_entry.id)")


def _reorder_two(chance):
    program = _stored(chance.choice([p or NO_PROGRAM for p in PROGRAMS]))
    first, second = chance.sample(range(1, 7), 2)
    for before, after in [(first, 999), (second, first), (999, second)]:
        _sql("UPDATE audit_seal SET number = %s WHERE program = %s AND number = %s", [after, program, before])


def _insert_one(chance):
    Entry.objects.create(program_id=chance.choice(PROGRAMS), at=NOW, role="peer", act="record.opened", mark="0" * 64)
    if chance.random() < 0.5:
        seal_pending(NOW)


def _insert_a_link(chance):
    entry = Entry.objects.create(program_id=PROGRAMS[0], at=NOW, role="peer", act="record.opened", mark="0" * 64)
    Seal.objects.create(program=PROGRAMS[0], number=7, entry=entry, mac="0" * 64, sealed_at=NOW)


def _change_a_link(chance):
    column, value = chance.choice(
        [("mac", "0" * 64), ("sealed_at", NOW - timedelta(days=1)), ("program", _stored(uuid4())), ("number", 70)]
    )
    _set("audit_seal", column, value, "entry_id", _an_entry(chance))


def _leave_something_unreadable(chance):
    if connection.vendor == "postgresql":
        _sql("UPDATE audit_entry SET fields = '{\"a\": 1}' WHERE id = %s", [_an_entry(chance)])
        return
    table, column, value, key = chance.choice(
        [
            ("audit_entry", "subject_id", "not a uuid", "id"), ("audit_entry", "at", "whenever", "id"),
            ("audit_entry", "role", b"\xff", "id"), ("audit_seal", "program", "nobody", "entry_id"),
            ("audit_seal", "sealed_at", "later", "entry_id"), ("audit_entry", "key", "none", "id"),
        ]
    )  # fmt: skip
    _set(table, column, value, key, _an_entry(chance))


WAYS = [
    _change_a_column, _change_a_column, _swap_two_words, _remove_an_entry_with_its_link, _remove_the_end,
    _remove_and_close_the_gap, _reorder_two, _insert_one, _insert_a_link, _change_a_link, _leave_something_unreadable,
]  # fmt: skip


class _Undo(Exception):
    pass


def test_every_tampering_is_found():
    for program in PROGRAMS:
        _act_in(program, 6)
    seal_pending(NOW)
    published, chance, unseen = heads(), random.Random(2026), []
    with triggers.suspended(connection):
        for n in range(TAMPERINGS):
            way = chance.choice(WAYS)
            try:
                with transaction.atomic():
                    way(chance)
                    if verify(now=NOW, heads=published).is_sound:
                        unseen.append((n, way.__name__))
                    raise _Undo
            except _Undo:
                continue
    assert unseen == []
    assert verify(now=NOW, heads=published).is_sound


def test_an_unreadable_entry_stops_neither_sealing_nor_verifying():
    if connection.vendor == "postgresql":
        return  # Its columns are typed: nothing unreadable can be stored.
    first, _ = _act_in(PROGRAMS[0], 2)
    with triggers.suspended(connection):
        _sql("UPDATE audit_entry SET subject_id = 'x' WHERE id = %s", [first.id])
    assert seal_pending(NOW) == 1
    assert verify(now=NOW).problems == [Problem("entry_forged", None, None, first.id)]


def test_a_sealed_entry_that_is_gone_is_named():
    first, _ = _act_in(PROGRAMS[0], 2)
    seal_pending(NOW)
    with triggers.suspended(connection), pytest.raises(_Undo), transaction.atomic():
        _sql("DELETE FROM audit_entry WHERE id = %s", [first.id])
        assert verify(now=NOW).problems == [Problem("entry_missing", PROGRAMS[0], 1, first.id)]
        raise _Undo
