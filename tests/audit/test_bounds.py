"""The numbers and words of the log, each at its edge: what a slip of one would change is seen here (G2, K1)."""

import json
import re
from contextvars import Context
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.core.exceptions import FieldError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from alongside.audit import actions, fields, history, ids, queries, sealing, triggers
from alongside.audit.actions import EntryRefused, NotInTransaction, record, record_all, record_each
from alongside.audit.keys import KeyRing, SealKey
from alongside.audit.models import Entry, Seal
from alongside.audit.vendor_sql import VendorSQL
from alongside.people.models import Person

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 8, 7, 0, tzinfo=UTC)
PROGRAM, OTHER = UUID(int=10), UUID(int=11)
on_postgres = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")


def act(count=1, program=PROGRAM, now=NOW) -> list[Entry]:
    by = SimpleNamespace(user_id=UUID(int=1), person_id=UUID(int=2), program_id=program, role="peer")
    made = record_each([UUID(int=100 + n) for n in range(count)], act="record.opened", by=by, now=now)
    return list(Entry.objects.filter(key__in=[one.key for one in made]).order_by("id"))


def ring(*seals: SealKey) -> KeyRing:
    return KeyRing(fields=(), blinds=(), seals=seals, draft_keys=(), backups=())


# --- the chain ------------------------------------------------------------------------------------------------------
OLD = SealKey(b"o" * 32, after={})
NEW = SealKey(b"n" * 32, after={PROGRAM: (3, "x")}, last_entry=7, at=NOW)
WAITS = SealKey(b"w" * 32)


def test_a_key_holds_after_the_last_link_of_the_one_before_it():
    keys = ring(WAITS, NEW, OLD)
    assert [sealing.holds(keys, PROGRAM, number) for number in (1, 3, 4)] == [2, 2, 1]
    assert sealing.holds(keys, OTHER, 1) == 1, "a chain that began since is of the new key from its first link"
    assert sealing.holds(keys, PROGRAM, 0) == 2, "a number that was tampered with is judged by the oldest key"


def test_the_mark_of_the_key_before_counts_for_what_was_written_while_it_held():
    keys = ring(WAITS, NEW, OLD)
    assert sealing._others(keys, 1, 7, NOW + sealing.LATE) == [WAITS, OLD]
    assert sealing._others(keys, 1, 7, None) == [WAITS, OLD]
    assert sealing._others(keys, 1, 8, NOW) == [WAITS]
    assert sealing._others(keys, 1, 7, NOW + sealing.LATE + timedelta(microseconds=1)) == [WAITS]
    assert sealing._others(keys, 2, 1, NOW) == [WAITS, NEW]


def test_a_number_below_one_is_a_finding_and_no_crash():
    act(2)
    sealing.seal_pending(NOW)
    with triggers.suspended(connection):
        Seal.objects.filter(number=1).update(number=0)
    report = sealing.verify(now=NOW)
    assert {"seal_changed", "number_repeated"} <= {one.code for one in report.problems}


def test_a_forged_entry_that_waits_is_named_with_its_program():
    (entry,) = act()
    with triggers.suspended(connection):
        Entry.objects.filter(pk=entry.pk).update(role="director")
    assert sealing.verify(now=NOW).problems == [sealing.Problem("entry_forged", PROGRAM, None, entry.pk)]


def test_after_exactly_a_minute_nothing_is_late_yet():
    act()
    minute = timedelta(seconds=60)
    assert sealing.verify(now=NOW + minute).unsealed_older_than_60s == 0
    assert sealing.verify(now=NOW + minute + timedelta(microseconds=1)).unsealed_older_than_60s == 1


def test_published_heads_are_on_the_disk_before_they_take_the_place_of_the_last(tmp_path, monkeypatch):
    act()
    sealing.seal_pending(NOW)
    path, done = tmp_path / "heads.json", []
    fsync, take_place = sealing.os.fsync, sealing.os.replace
    monkeypatch.setattr(sealing.os, "fsync", lambda file: (done.append("synced"), fsync(file)))
    monkeypatch.setattr(sealing.os, "replace", lambda *names: (done.append("replaced"), take_place(*names)))
    written = sealing.write_heads(path, NOW)
    assert done == ["synced", "replaced"]
    assert [one.name for one in tmp_path.iterdir()] == ["heads.json"]
    assert path.read_text().startswith('{\n "heads"') and json.loads(path.read_text())["made_at"] == NOW.isoformat()
    assert sealing.read_heads(path) == written == sealing.heads()
    path.write_text("nothing")
    with pytest.raises(ValueError, match=r"no heads in it$"):
        sealing.read_heads(path)


def test_a_seal_that_cannot_be_read_is_named_by_its_row():
    act(2)
    sealing.seal_pending(NOW)
    seal = Seal.objects.get(number=2)
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL keeps no number that is no number")
    with triggers.suspended(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_seal SET number = 'two' WHERE id = %s", [seal.pk])
    report = sealing.verify(now=NOW)
    assert sealing.Problem("seal_changed", None, None, seal.pk) in report.problems
    assert report.checked == 2


@on_postgres
def test_whoever_makes_links_holds_the_lock():
    act()
    with CaptureQueriesContext(connection) as asked:
        sealing.seal_pending(NOW)
    assert f"SELECT pg_advisory_xact_lock({sealing.CHAINS})" in asked[1]["sql"] + asked[2]["sql"]


def test_programs_are_checked_with_any_letters_in_their_ids():
    """On PostgreSQL ids come with dashes, and are hashed without; on both an id may be none."""
    act(2, program=UUID("abcdef01-2345-6789-abcd-ef0123456789"))
    record(act="offer.lapsed", by=None, program_id=PROGRAM)
    assert sealing.seal_pending(NOW) == 3
    assert sealing.verify(now=NOW).is_sound


# --- what is written ------------------------------------------------------------------------------------------------
def test_outside_a_request_an_entry_names_none(lien, rosa):
    assert (Context().run(actions.request_id.get), actions.request_id.name) == ("", "request_id")
    request = actions.request_id.set("")
    try:
        assert record(act="record.opened", by=lien, subject=rosa).reason_words == ""
    finally:
        actions.request_id.reset(request)
    assert Entry.objects.get().request_id == ""


@pytest.mark.parametrize(
    ("code", "may"),
    [("a" * 60, True), ("a" * 61, False), ("", True), ("a.b_2", True), ("a..b", False), ("a.", False), ("A", False),
     ("2a", False), ("a\n", False), ("a b", False), ("a.2", True)],
)  # fmt: skip
def test_a_code_is_a_short_name_in_lower_case(code, may):
    actions._is_code.cache_clear()
    assert actions._is_code(code) is may


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"act": "no.such"}, "'no.such' is not in ACTS"),
        ({"outcome": "maybe"}, "the outcome is neither done nor refused"),
        ({"reason": "In words"}, "record.opened: the reason is not a name in lower case; contents do not belong"),
        ({"object_kind": "In words"}, "record.opened: the kind is not a name in lower case"),
        ({"fields": ["In words"]}, "record.opened: a field is not a name in lower case"),
    ],
)
def test_what_is_refused_says_what_was_wrong(lien, rosa, wrong, said):
    with pytest.raises(EntryRefused, match=re.escape(said)):
        record(**{"act": "record.opened", "by": lien, "subject": rosa} | wrong)


@pytest.mark.django_db(transaction=True)
def test_a_change_outside_its_transaction_says_which(lien, rosa):
    with pytest.raises(NotInTransaction, match=re.escape("episode.moved was recorded outside the transaction")):
        record(act="episode.moved", by=lien, subject=rosa)
    with pytest.raises(NotInTransaction, match="entries were recorded outside the transaction of their changes"):
        record_all([{"act": "episode.moved", "by": lien, "subject": rosa}])
    with transaction.atomic():
        assert record_all([{"act": "episode.moved", "by": lien, "subject": rosa}]) == 1


def test_an_id_has_its_moment_its_version_and_chance_in_the_right_bits(monkeypatch):
    assert ids._RANDOM_BITS == 74
    monkeypatch.setattr(ids.time, "time_ns", lambda: (1 << 48 | 0x123456789ABC) * 1_000_000)
    monkeypatch.setattr(ids.secrets, "randbits", lambda bits: (1 << bits) - 1)
    assert str(ids.time_ordered_id()) == "12345678-9abc-7fff-bfff-ffffffffffff"
    monkeypatch.setattr(ids.secrets, "randbits", lambda bits: 0)
    assert str(ids.time_ordered_id()) == "12345678-9abc-7000-8000-000000000000"
    monkeypatch.setattr(ids.secrets, "randbits", lambda bits: 0xABC << 62 | 5)
    assert str(ids.time_ordered_id()) == "12345678-9abc-7abc-8000-000000000005"


# --- encrypted columns ----------------------------------------------------------------------------------------------
def test_what_is_encrypted_is_not_searched_and_says_what_to_use():
    said = "legal_name is encrypted and cannot be searched by {}: use a BlindIndexField$"
    with pytest.raises(FieldError, match=said.format("contains")):
        Person._base_manager.filter(legal_name__contains="x")
    with pytest.raises(FieldError, match=said.format("lower")):
        Person._meta.get_field("legal_name").get_transform("lower")
    assert "legal_name" in fields.sealed_fields(Person) and "id" not in fields.sealed_fields(Person)


def test_what_was_changed_in_the_database_is_named():
    said = "people.Person.goes_by cannot be decrypted: wrong key, or changed in the database"
    with pytest.raises(fields.CannotDecrypt, match=re.escape(said) + "$"):
        fields.decrypt("no token", "people.Person.goes_by")
    assert fields.decrypt("", "people.Person.goes_by") == ""
    assert fields.place_of(fields.EncryptedTextField()) == ""


def test_a_blind_index_is_a_short_column_that_nobody_edits():
    field = fields.BlindIndexField(kind="name", of="goes_by")
    assert (field.max_length, field.db_index, field.blank, field.editable) == (64, True, True, False)
    assert fields.every_index("a", "b") == ["a", "b"]
    both = fields.Index("a")
    both.every = ("a", "old a")
    assert fields.every_index(both, "b") == ["a", "old a", "b"]
    assert fields._normalized(None, "name") == "" and fields._normalized(0, "name") == ""


@on_postgres
@pytest.mark.parametrize(("alone", "how"), [(True, "pg_advisory_xact_lock"), (False, "pg_advisory_xact_lock_shared")])
def test_while_indexes_are_written_no_other_key_takes_over(alone, how):
    with CaptureQueriesContext(connection) as asked:
        fields.hold_index_keys("default", alone=alone)
    assert [one["sql"] for one in asked] == [f"SELECT {how}({fields.INDEX_KEYS})"]


# --- what the database refuses --------------------------------------------------------------------------------------
def test_what_keeps_columns_is_written_for_both_databases():
    made = history.keep_columns("a_table", ["one", "two"])
    assert isinstance(made, VendorSQL)
    assert made.forwards == {
        "sqlite": [
            "DROP TRIGGER IF EXISTS keep_a_table",
            'CREATE TRIGGER keep_a_table BEFORE UPDATE OF "one", "two" ON a_table '
            "BEGIN SELECT RAISE(ABORT, 'insert-only: change refused on a_table'); END",
        ],
        "postgresql": [
            "DROP TRIGGER IF EXISTS keep_a_table ON a_table",
            'CREATE TRIGGER keep_a_table BEFORE UPDATE OF "one", "two" ON a_table '
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        ],
    }
    assert made.backwards == {
        "sqlite": ["DROP TRIGGER IF EXISTS keep_a_table"],
        "postgresql": ["DROP TRIGGER IF EXISTS keep_a_table ON a_table"],
    }


# --- what is read ---------------------------------------------------------------------------------------------------
def test_a_page_that_is_full_to_the_last_row_has_no_next():
    subject = UUID(int=100)
    by = SimpleNamespace(user_id=UUID(int=1), person_id=UUID(int=2), program_id=PROGRAM, role="peer")
    for number in range(3):
        for one in ("record.opened", "record.searched"):
            record(act=one, by=by, subject=subject, view=True, now=NOW + timedelta(days=number))
    for listed in (queries.list_opened, queries.list_named):
        pages = [listed(subject, page=number, per_page=2) for number in (-1, 1, 2, 3)]
        assert [(page.number, len(page.rows), page.has_next) for page in pages] == [
            (1, 2, True), (1, 2, True), (2, 1, False), (3, 0, False),
        ]  # fmt: skip
        assert listed(subject, per_page=3).has_next is False
        assert len(listed(subject).rows) == 3
    assert queries.PER_PAGE == 50 and queries.Row.__name__ == "Row"
    assert {"record.exported", "record.printed"} == set(queries.EXPORTING) < set(queries.OPENING)


def test_of_one_object_the_newest_comes_first():
    object_id = UUID(int=5)
    made = [record(act="record.opened", by=None, program_id=PROGRAM, object_id=object_id, view=True) for _ in range(3)]
    since, until = made[0].at - timedelta(minutes=1), made[0].at + timedelta(minutes=1)
    found = queries.list_of_object("record.opened", object_id, program_id=PROGRAM, since=since, until=until)
    assert [one.key for one in found] == sorted((one.key for one in made), reverse=True)
    assert not queries.list_of_object("record.opened", object_id, program_id=OTHER, since=since, until=until)


def test_who_has_opened_something_since():
    subject, mine = UUID(int=100), UUID(int=1)
    what = {"actor_id": mine, "object_kind": "page", "object_id": UUID(int=9), "since": NOW}
    by = SimpleNamespace(user_id=mine, person_id=UUID(int=2), program_id=PROGRAM, role="peer")
    assert queries.has_opened_since(subject, **what) is False
    record(act="record.exported", by=by, subject=subject, view=True, object_kind="page", object_id=UUID(int=9), now=NOW)
    assert queries.has_opened_since(subject, **what) is False
    record(act="record.opened", by=by, subject=subject, view=True, object_kind="page", object_id=UUID(int=9), now=NOW)
    assert queries.has_opened_since(subject, **what) is True
    assert queries.has_opened_since(subject, **what | {"since": NOW + timedelta(seconds=1)}) is False
