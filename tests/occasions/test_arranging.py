"""Events as staff arrange them, and what goes by itself: reminders, counts, names that are erased."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scope

from alongside.audit.models import Entry
from alongside.occasions import actions
from alongside.occasions.models import Occasion, OccasionPlace
from alongside.people.actions import change_person, set_safe_contact
from alongside.people.models import OutgoingMessage
from alongside.rules.lifecycles import MoveNotAllowed
from alongside.web.meanwhile import ChangedMeanwhile, Seen
from tests.occasions.conftest import BEFORE, FRIDAY, SIX, VALUES

pytestmark = pytest.mark.django_db


def reach(*people):
    """They may be written to."""
    for one in people:
        email = f"{one.user.username}@example.org"
        one.person = change_person(person=one.person, by=one.actor, email=email)
        set_safe_contact(person=one.person, by=one.actor, channel="email", may_email=True)


def sent(template):
    return sorted(OutgoingMessage.objects.filter(template=template).values_list("person__goes_by", flat=True))


def test_the_same_form_twice_is_one_event(program, carmen):
    key = uuid4()
    one, two = (
        actions.make_occasion(program=program, values=dict(VALUES), submit_key=key, by=carmen.actor) for _ in "ab"
    )
    assert one == two and Occasion.objects.count() == 1
    assert Entry.objects.filter(act="occasion.made").count() == 1


def test_it_is_written_shown_and_called_off_and_stays_so(make, carmen):
    event = make()
    with pytest.raises(MoveNotAllowed):
        actions.call_off(occasion=event, reason="x", by=carmen.actor)
    event = actions.publish(occasion=event, by=carmen.actor)
    assert actions.publish(occasion=event, by=carmen.actor).published_at == event.published_at, "twice is once"
    event = actions.call_off(occasion=event, reason="No power", by=carmen.actor)
    assert (event.status, event.reason, event.sequence) == ("called_off", "No power", 1)
    with pytest.raises(MoveNotAllowed):
        actions.publish(occasion=event, by=carmen.actor)
    acts = list(Entry.objects.filter(object_id=event.pk).order_by("id").values_list("act", flat=True))
    assert acts == ["occasion.made", "occasion.published", "occasion.called_off"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"title_en": "", "title_es": ""}, {"audience": "nobody"}, {"capacity": 0}, {"status": "over"},
        {"until_time": time(18)}, {"until_day": date(2026, 6, 4)}, {"came": 3}, {"published_at": None},
        {"called_off_at": SIX},
    ],
)  # fmt: skip
def test_the_database_refuses(night, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Occasion.objects.filter(pk=night.pk).update(**wrong)


def test_another_time_or_place_is_told_to_who_comes_and_other_words_are_not(night, comes, visits, sam, nia, carmen):
    reach(sam, nia)
    comes(sam), visits(), comes(nia)
    actions.change_occasion(occasion=night, values=VALUES | {"words_en": "Tea and cake."}, by=carmen.actor)
    assert sent("time_changed") == []
    moved = VALUES | {"at_time": time(17)}
    for _ in range(2):
        actions.change_occasion(occasion=night, values=moved, by=carmen.actor)
    assert len(sent("time_changed")) == 2, "once each; a visitor cannot be told"
    actions.call_off(occasion=night, reason="No power", by=carmen.actor)
    assert len(sent("time_changed")) == 4
    assert OccasionPlace.objects.filter(status="held").count() == 2, "they read why on their own page"


def test_nobody_undoes_a_change_unseen(night, carmen):
    seen = Seen.of_values(actions.values_of(night), night.pk)
    actions.change_occasion(occasion=night, values=VALUES | {"place": "The park"}, by=carmen.actor)
    with pytest.raises(ChangedMeanwhile):
        actions.change_occasion(occasion=night, values=VALUES | {"place": "The hall"}, by=carmen.actor, seen=seen)


def test_how_many_came_is_a_number_beside_how_many_said_so(night, comes, visits, sam, carmen):
    comes(sam), visits()
    with pytest.raises(actions.NotYet):
        actions.count_came(occasion=night, came=9, by=carmen.actor, now=SIX - timedelta(minutes=1))
    event = actions.count_came(occasion=night, came=9, by=carmen.actor, now=SIX)
    assert (event.came, event.said_yes) == (9, 2)
    actions.leave(place=OccasionPlace.objects.first(), by=carmen.actor)
    event = actions.count_came(occasion=night, came=11, by=carmen.actor, now=SIX)
    assert (event.came, event.said_yes) == (11, 2), "what was said stays as it was"
    OccasionPlace.objects.all().delete()
    assert Occasion.objects.get().said_yes == 2


def test_who_wishes_is_reminded_once_the_day_before(night, comes, sam, nia, visits):
    reach(sam, nia)
    wishes, plain = comes(sam, wants_reminder=True), comes(nia)
    eve = SIX - timedelta(days=1)
    for hour, expected in ((8, 0), (9, 1), (10, 1), (23, 1)):
        actions.look_after_due(eve.replace(hour=hour))
        assert len(sent("time_soon")) == expected
    assert not OccasionPlace.objects.get(pk=wishes.pk).wants_reminder and plain.status == "held"
    message = OutgoingMessage.objects.get(template="time_soon")
    assert message.person == sam.person


def test_nobody_is_reminded_of_what_is_called_off_or_only_waited_for(night, comes, sam, nia, dante, carmen):
    reach(sam, nia, dante)
    comes(sam), comes(nia), comes(dante, wants_reminder=True)
    actions.look_after_due(SIX.replace(hour=12) - timedelta(days=1))
    assert sent("time_soon") == []
    actions.change_place(place=OccasionPlace.objects.get(person=sam.person), alias="x", wants_reminder=True,
                         by=sam.actor)  # fmt: skip
    actions.call_off(occasion=night, reason="No power", by=carmen.actor)
    actions.look_after_due(SIX.replace(hour=12) - timedelta(days=1))
    assert sent("time_soon") == []


def test_a_place_that_an_erasing_freed_is_given_by_the_tick(night, comes, sam, nia, dante):
    first, _second, third = comes(sam), comes(nia), comes(dante)
    first.delete()
    done = actions.look_after_due(BEFORE + timedelta(days=1))
    third.refresh_from_db()
    assert third.status == "held" and done["places"] == 1


def test_names_go_thirty_days_after_and_numbers_stay(night, shown, comes, visits, sam, program, carmen):
    comes(sam), visits()
    later = shown(on_day=FRIDAY + timedelta(days=3), until_day=FRIDAY + timedelta(days=3))
    comes(sam, to=later)
    for days, left in ((30, 3), (31, 1)):
        with scope(program=program):
            actions.erase_over(program=program, now=SIX + timedelta(days=days), by=None)
        assert OccasionPlace.objects.count() == left
    night.refresh_from_db()
    assert (night.said_yes, night.places_taken) == (2, 0)
    assert Entry.objects.filter(act="occasion_place.erased", object_id=night.pk).count() == 1
