"""Two records become one: all check-ins stay, the more reserved wishes hold; it can be undone; a new key takes over."""

from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from alongside.audit import rotation
from alongside.audit.keys import add_field_key, create_key_ring
from alongside.checkins import actions
from alongside.checkins.models import CheckIn, Rhythm
from alongside.people.actions import create_person, merge_persons, undo_merge

pytestmark = pytest.mark.django_db


def tell(person, by, **wishes):
    values = {"is_hidden": False, "is_reminded": True, "answers_by_text": True} | wishes
    actions.check_in(person=person, answers={"mood": 3}, wants_call=False, submit_key=uuid4(), by=by)
    actions.set_wishes(person=person, by=by, **values)


def test_both_stay_and_what_either_hid_stays_hidden(program, rosa, carmen):
    again = create_person(program=program, by=carmen.actor, goes_by="Rosi")
    tell(rosa.person, rosa.actor)
    tell(again, rosa.actor, is_hidden=True, answers_by_text=False, is_reminded=False)
    merge = merge_persons(first=rosa.person, second=again, by=carmen.actor)
    rhythm = Rhythm.objects.get()
    assert rhythm.person_id == merge.kept_id and CheckIn.objects.filter(person=merge.kept_id).count() == 2
    assert (rhythm.is_hidden, rhythm.answers_by_text, rhythm.next_ask_on) == (True, False, None)
    assert rhythm.latest_at and timezone.now() >= rhythm.latest_at
    undo_merge(merge=merge, by=carmen.actor)
    assert Rhythm.objects.get(person=rosa.person).answers_by_text and Rhythm.objects.get(person=again).is_hidden
    assert CheckIn.objects.filter(person=again).count() == 1


def test_the_wishes_of_one_go_with_the_record(program, rosa, carmen):
    again = create_person(program=program, by=carmen.actor, goes_by="Rosi")
    tell(again, rosa.actor)
    merge = merge_persons(first=rosa.person, second=again, by=carmen.actor)
    assert Rhythm.objects.get().person_id == merge.kept_id and Rhythm.objects.get().answers_by_text
    undo_merge(merge=merge, by=carmen.actor)
    assert Rhythm.objects.get().person_id == again.pk


def test_a_new_key_takes_over_the_answers(tmp_path, settings, rosa, unscoped):
    settings.ALONGSIDE_KEY_FILE = tmp_path / "ring.json"
    create_key_ring(settings.ALONGSIDE_KEY_FILE)
    tell(rosa.person, rosa.actor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM checkins_checkin")
        (before,) = cursor.fetchone()
        add_field_key()
        assert rotation._rotate(CheckIn, ["answers"], [CheckIn.objects.get().pk]) == 1
        cursor.execute("SELECT answers FROM checkins_checkin")
        assert cursor.fetchone()[0] != before
    assert CheckIn.objects.get().answers == {"mood": 3}
