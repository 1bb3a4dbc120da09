"""A legal hold keeps a record whole: opened with words, ended once with words, never taken away."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from alongside.audit.models import Entry
from alongside.legal.actions import HoldRefused, end_hold, open_hold
from alongside.legal.models import LegalHold
from alongside.legal.queries import held_people, is_held, list_holds
from alongside.people.actions import create_person, merge_persons

pytestmark = pytest.mark.django_db


def test_somebody_is_held_until_the_last_hold_ends(rosa, dolores, program):
    assert not is_held(rosa.person) and held_people(program) == set()
    first = open_hold(person=rosa.person, kind="demand", words="A subpoena names her", by=dolores.actor)
    second = open_hold(person=rosa.person, kind="complaint", words="She complained", by=dolores.actor)
    assert is_held(rosa.person) and is_held(rosa.person.pk) and held_people(program) == {rosa.person.pk}
    end_hold(hold=first, words="Quashed", by=dolores.actor)
    assert is_held(rosa.person)
    ended = end_hold(hold=second, words="Settled", by=dolores.actor)
    assert not is_held(rosa.person) and held_people(program) == set()
    assert (ended.end_words, ended.ended_by_id) == ("Settled", dolores.user.pk)
    assert len(list_holds(rosa.person)) == 2
    acts = list(Entry.objects.filter(subject_id=rosa.person.pk, act__startswith="hold.").values_list("act", flat=True))
    assert sorted(acts) == ["hold.ended", "hold.ended", "hold.opened", "hold.opened"]


@pytest.mark.parametrize(("kind", "words", "code"), [("demand", "  ", "no_words"), ("mood", "Because", "kind")])
def test_nobody_is_held_without_a_reason(rosa, dolores, kind, words, code):
    with pytest.raises(HoldRefused) as refused:
        open_hold(person=rosa.person, kind=kind, words=words, by=dolores.actor)
    assert refused.value.code == code and not LegalHold.objects.exists()


def test_an_end_has_words_and_is_written_once(rosa, dolores):
    hold = open_hold(person=rosa.person, kind="demand", words="A subpoena names her", by=dolores.actor)
    with pytest.raises(HoldRefused, match="no_words"):
        end_hold(hold=hold, words="", by=dolores.actor)
    end_hold(hold=hold, words="Quashed", by=dolores.actor)
    with pytest.raises(HoldRefused, match="over"):
        end_hold(hold=hold, words="Again", by=dolores.actor)


def test_the_database_keeps_what_was_written(rosa, dolores):
    hold = open_hold(person=rosa.person, kind="demand", words="A subpoena names her", by=dolores.actor)
    rows = LegalHold.objects.filter(pk=hold.pk)
    now = timezone.now()
    for change in ({"kind": "other"}, {"opened_at": now - timedelta(days=9)}, {"ended_at": now}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    end_hold(hold=hold, words="Quashed", by=dolores.actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(ended_at=None)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM legal_legalhold")


def test_another_program_sees_no_hold(rosa, dolores, other_program):
    open_hold(person=rosa.person, kind="demand", words="A subpoena names her", by=dolores.actor)
    assert held_people(other_program) == set()


def test_a_joined_record_is_held(rosa, carmen, dolores, program):
    again = create_person(program=program, by=carmen.actor, goes_by="Rosi")
    open_hold(person=again, kind="demand", words="A subpoena names her", by=dolores.actor)
    merge = merge_persons(first=again, second=rosa.person, by=carmen.actor, readers_seen=[carmen.person.pk])
    assert held_people(program) == {merge.kept_id}
