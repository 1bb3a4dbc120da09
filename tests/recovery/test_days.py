"""Days as the person counts them: a restart keeps what was built, and nobody else sees what is hidden."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from alongside.recovery import actions
from alongside.recovery.models import Change, Chapter, Milestone
from alongside.recovery.queries import count_days, get_sheet, list_chapters, list_milestones

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


def begin(rosa, first_on, **values):
    values = {"submit_key": uuid4(), "by": rosa.actor, "today": TODAY} | values
    return actions.begin_counting(person=rosa.person, first_on=first_on, **values)


def built(rosa):
    return count_days(list_chapters(get_sheet(rosa.person.pk, "days", is_own=True)), TODAY)


def test_a_restart_keeps_everything(rosa):
    begin(rosa, TODAY - timedelta(days=100))
    assert built(rosa).days == 101
    begin(rosa, TODAY - timedelta(days=2))
    after = built(rosa)
    assert (after.days, after.now) == (101, 3) and 90 in after.reached
    assert Chapter.objects.count() == 2


def test_sent_twice_is_one_beginning(rosa):
    key = uuid4()
    assert begin(rosa, TODAY, submit_key=key).pk == begin(rosa, TODAY, submit_key=key).pk
    assert Chapter.objects.count() == 1


def test_two_restarts_on_one_day(rosa):
    for _again in range(3):
        begin(rosa, TODAY)
    assert built(rosa).days == 1 and Chapter.objects.filter(last_on__isnull=True).count() == 1


@pytest.mark.parametrize("first_on", [TODAY + timedelta(days=1), TODAY - timedelta(days=11)])
def test_days_that_cannot_be_begun_with(rosa, first_on):
    begin(rosa, TODAY - timedelta(days=10))
    with pytest.raises(actions.DayNotPossible):
        begin(rosa, first_on)
    assert Chapter.objects.get().last_on is None


def test_stopping_keeps_what_was_built_and_counting_may_go_on_later(rosa):
    begin(rosa, TODAY - timedelta(days=30))
    assert actions.stop_counting(person=rosa.person, by=rosa.actor, today=TODAY)
    assert not actions.stop_counting(person=rosa.person, by=rosa.actor, today=TODAY)
    assert (built(rosa).days, built(rosa).now) == (31, None)


def test_the_first_day_may_be_set_right(rosa):
    with pytest.raises(actions.NotCounting):
        actions.change_first_day(person=rosa.person, first_on=TODAY, by=rosa.actor, today=TODAY)
    begin(rosa, TODAY - timedelta(days=3))
    actions.change_first_day(person=rosa.person, first_on=TODAY - timedelta(days=5), by=rosa.actor, today=TODAY)
    assert built(rosa).days == 6
    assert [one.what for one in Change.objects.order_by("at", "pk")] == ["chapter_begun", "chapter_changed"]


def test_milestones_with_and_without_a_day_and_taken_off(rosa):
    key = uuid4()
    for _twice in range(2):
        first = actions.add_milestone(person=rosa.person, words="I called", submit_key=key, by=rosa.actor)
    actions.add_milestone(
        person=rosa.person, words="I slept", submit_key=uuid4(), by=rosa.actor, happened_on=date(2020, 1, 1)
    )
    sheet = get_sheet(rosa.person.pk, "days", is_own=True)
    assert [one.words for one in list_milestones(sheet)] == ["I called", "I slept"]
    assert actions.set_milestone_aside(milestone=first, by=rosa.actor)
    assert not actions.set_milestone_aside(milestone=first, by=rosa.actor)
    assert [one.words for one in list_milestones(sheet)] == ["I slept"] and Milestone.objects.count() == 2


def test_only_the_person_counts(rosa, dante, mentorship, carmen):
    first = actions.add_milestone(person=rosa.person, words="I called", submit_key=uuid4(), by=rosa.actor)
    for somebody in (dante, carmen):
        with pytest.raises(actions.NotYours):
            begin(rosa, TODAY, by=somebody.actor)
        with pytest.raises(actions.NotYours):
            actions.set_milestone_aside(milestone=first, by=somebody.actor)


def test_one_count_at_a_time_is_held_by_the_database(rosa):
    chapter = begin(rosa, TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Chapter.objects.create(
            program=chapter.program, sheet=chapter.sheet, first_on=TODAY, made_at=chapter.made_at, submit_key=uuid4()
        )
