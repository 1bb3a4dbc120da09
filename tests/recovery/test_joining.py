"""Two records of one person become one: both plans stay readable, one is current, and it can be undone."""

from uuid import uuid4

import pytest
from django.utils import timezone

from alongside.people.actions import create_person, merge_persons, undo_merge
from alongside.people.models import Person
from alongside.recovery import actions
from alongside.recovery.models import Change, Goal, Sheet
from alongside.recovery.queries import get_sheet, list_readable

pytestmark = pytest.mark.django_db


def make_sheet(person, kind, **parts):
    now = timezone.now()
    return Sheet.objects.create(
        program=person.program, person=person, kind=kind, parts=parts, made_at=now, changed_at=now
    )


def test_one_of_each_kind_stays_current_and_nothing_is_lost(program, rosa, carmen, text_of):
    actions.write_parts(person=rosa.person, kind="plan", wanted={"hope": "A garden"}, by=rosa.actor)
    actions.add_goal(person=rosa.person, area="home", words="A room", submit_key=uuid4(), by=rosa.actor)
    again = create_person(program=program, by=carmen.actor, goes_by="Rosi")
    make_sheet(again, "plan", hope="A house")
    make_sheet(again, "safe", signs="No sleep")
    merge = merge_persons(first=rosa.person, second=again, by=carmen.actor)
    kept = Person.objects.get(pk=merge.kept_id)
    assert {one.parts.get("hope") for one in Sheet.objects.filter(person=kept, kind="plan")} == {"A garden", "A house"}
    assert Sheet.objects.filter(person=kept, kind="plan", is_current=True).count() == 1
    assert get_sheet(kept.pk, "safe", is_own=True).parts == {"signs": "No sleep"}
    assert Goal.objects.get().sheet.person_id == kept.pk and len(list_readable(kept.pk, is_own=True)) == 3
    assert Change.objects.count() == 2

    undo_merge(merge=merge, by=carmen.actor)
    assert get_sheet(rosa.person.pk, "plan", is_own=True).parts == {"hope": "A garden"}
    assert get_sheet(again.pk, "plan", is_own=True).parts == {"hope": "A house"}
    assert get_sheet(rosa.person.pk, "safe", is_own=True) is None
