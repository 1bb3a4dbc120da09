from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.audit import actions, triggers
from alongside.audit.actions import EntryRefused, NotInTransaction, record, record_all, record_each
from alongside.audit.models import Entry

pytestmark = pytest.mark.django_db


def test_record_keeps_who_what_when_and_why(lien, rosa):
    at = datetime(2026, 3, 8, 7, 0, tzinfo=UTC)
    request = actions.request_id.set("r-1")
    try:
        record(
            act="episode.moved", by=lien, subject=rosa, object_kind="episode", object_id=UUID(int=9),
            fields=["state", "phase"], reason="own_wish", words="She asked for it.", now=at,
        )  # fmt: skip
    finally:
        actions.request_id.reset(request)
    entry = Entry.objects.get()
    assert (entry.program_id, entry.actor_id, entry.actor_person_id) == (UUID(int=3), UUID(int=1), UUID(int=2))
    assert (entry.role, entry.act, entry.subject_id, entry.at) == ("supervisor", "episode.moved", rosa, at)
    assert (entry.object_kind, entry.object_id, entry.fields) == ("episode", UUID(int=9), ["state", "phase"])
    assert (entry.outcome, entry.reason, entry.reason_words, entry.request_id) == (
        "done", "own_wish", "She asked for it.", "r-1",
    )  # fmt: skip
    assert "episode.moved done" in str(entry)


def test_the_name_of_a_request_is_cut_to_its_column(lien, rosa):
    """A longer one would be refused by PostgreSQL, and the act with it."""
    request = actions.request_id.set("r" * 80)
    try:
        assert record(act="record.opened", by=lien, subject=rosa).request_id == "r" * 64
    finally:
        actions.request_id.reset(request)


def test_words_are_ciphertext_in_the_table_and_plain_on_the_returned_entry(lien, rosa):
    entry = record(act="record.opened", by=lien, subject=rosa, words="Covering for Dante")
    assert entry.reason_words == "Covering for Dante"
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason_words FROM audit_entry")
        assert "Dante" not in cursor.fetchone()[0]


def test_the_system_acts_in_a_program_it_names():
    entry = record(act="offer.lapsed", by=None, program_id=UUID(int=3))
    assert (entry.role, entry.actor_id, entry.program_id) == ("system", None, UUID(int=3))


def test_objects_and_texts_stand_for_their_ids(lien):
    person = SimpleNamespace(pk=str(UUID(int=4)))
    entry = record(act="person.changed", by=lien, subject=person, object_id=person, fields=["name"])
    assert entry.subject_id == entry.object_id == UUID(int=4)


def test_a_role_may_be_unknown():
    visitor = SimpleNamespace(user_id=None, person_id=None, program_id=None, role=None)
    assert record(act="inquiry.received", by=visitor).role == ""


def test_a_list_writes_one_entry_for_each_record(lien):
    entries = record_each([UUID(int=4), UUID(int=5)], act="record.listed", by=lien, view=True)
    assert [e.subject_id for e in entries] == [UUID(int=4), UUID(int=5)]
    assert Entry.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"act": "record.peeked"},
        {"fields": ["Rosa's mother called"]},
        {"fields": [""]},
        {"fields": ["x" * 61]},
        {"reason": "She asked"},
        {"object_kind": "An Episode"},
        {"outcome": "maybe"},
    ],
)
def test_what_may_be_content_is_refused_and_not_quoted(lien, rosa, wrong):
    with pytest.raises(EntryRefused) as refusal:
        record(**{"act": "record.opened", "by": lien, "subject": rosa, **wrong})
    assert "mother" not in str(refusal.value)
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_must_be_recorded_in_its_own_transaction(lien, rosa):
    with pytest.raises(NotInTransaction):
        record(act="episode.moved", by=lien, subject=rosa)
    record(act="record.opened", by=lien, subject=rosa, view=True)
    record(act="episode.moved", by=lien, subject=rosa, outcome="refused", reason="not_allowed")
    with transaction.atomic():
        record(act="episode.moved", by=lien, subject=rosa)
    assert Entry.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_many_at_once_too(lien, rosa):
    many = [{"act": "episode.moved", "by": lien, "subject": one} for one in (rosa, UUID(int=77))]
    with pytest.raises(NotInTransaction):
        record_all(many)
    assert not Entry.objects.exists()
    with transaction.atomic():
        assert record_all(many) == 2
    assert set(Entry.objects.values_list("subject_id", flat=True)) == {rosa, UUID(int=77)}


@pytest.mark.django_db(transaction=True)
def test_an_entry_vanishes_with_the_change_that_failed(lien, rosa):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(act="episode.moved", by=lien, subject=rosa)
        raise ZeroDivisionError
    assert not Entry.objects.exists()


def _raw(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_database_refuses_to_change_or_remove_an_entry(lien, rosa):
    entry = record(act="record.opened", by=lien, subject=rosa)
    _refuses_every_change()
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
        Entry.objects.get(key=entry.key).delete()
    assert Entry.objects.get().role == "supervisor"


def _refuses_every_change() -> None:
    attempts = ["UPDATE audit_entry SET role = 'peer'", "DELETE FROM audit_entry"]
    if connection.vendor == "sqlite":
        attempts.append("INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry")
    else:
        attempts.append("TRUNCATE audit_entry CASCADE")
    for sql in attempts:
        with pytest.raises(IntegrityError, match="insert-only"):
            _raw(sql)


def test_triggers_can_be_suspended_for_tests_and_come_back(lien, rosa):
    record(act="record.opened", by=lien, subject=rosa)
    assert triggers.missing(connection) == []
    with triggers.suspended(connection):
        assert triggers.missing(connection) == ["audit_entry", "audit_seal"]
        _raw("UPDATE audit_entry SET role = 'peer'")
    assert triggers.missing(connection) == []
    with pytest.raises(IntegrityError):
        _raw("UPDATE audit_entry SET role = 'director'")


def test_triggers_can_be_removed_and_installed_again():
    triggers.remove(connection)
    assert triggers.missing(connection) == ["audit_entry", "audit_seal"]
    triggers.install(connection)
    triggers.install(connection)
    assert triggers.missing(connection) == []


def test_installed_again_they_refuse_as_before(lien, rosa):
    triggers.remove(connection)
    triggers.install(connection)
    record(act="record.opened", by=lien, subject=rosa)
    _refuses_every_change()
