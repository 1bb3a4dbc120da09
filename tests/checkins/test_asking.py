"""Reminders: neutral, in the allowed way, once, and ended by a word."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_scopes import scopes_disabled
from tests.story import day_there

from alongside.audit.models import Entry
from alongside.checkins import actions
from alongside.checkins.models import Rhythm
from alongside.people.actions import move_episode, set_safe_contact
from alongside.people.models import OutgoingMessage, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def reminded(rosa):
    """Rosa wishes to be reminded, by text."""
    Person.objects.filter(pk=rosa.person.pk).update(phone="+12135550142")
    rosa.person.refresh_from_db()
    set_safe_contact(person=rosa.person, by=rosa.actor, channel="text", may_text=True, from_hour=0, until_hour=24)
    actions.set_wishes(person=rosa.person, is_hidden=False, is_reminded=True, answers_by_text=False, by=rosa.actor)
    return rosa


def remind(days):
    with scopes_disabled():
        return actions.remind_due(timezone.now() + timedelta(days=days))


def test_a_reminder_comes_a_turn_later_once_and_says_nothing(reminded):
    assert remind(6) == 0 and remind(7) == 1 and remind(7) == 0
    row = OutgoingMessage.objects.get(template="please_answer")
    assert row.channel == "text" and row.link.endswith("/me/check-in/")
    assert Entry.objects.filter(act="check_in.asked").count() == 1
    assert remind(14) == 1


def test_whoever_was_here_is_asked_a_turn_after_that(reminded, checks_in):
    Rhythm.objects.update(next_ask_on=day_there())
    checks_in(4)
    assert remind(0) == 0 and Rhythm.objects.get().next_ask_on == day_there() + timedelta(days=7)


def test_after_weeks_without_a_worker_one_reminder_is_enough(reminded):
    assert remind(40) == 1 and remind(40) == 0


def test_who_rests_stopped_or_may_not_be_written_to_is_not_asked(reminded, carmen):
    set_safe_contact(person=reminded.person, by=carmen.actor, channel="none")
    assert remind(7) == 0
    set_safe_contact(person=reminded.person, by=carmen.actor, channel="text")
    move_episode(episode=reminded.episode, to="closed", by=carmen.actor, reason="own_wish")
    assert remind(14) == 0 and not OutgoingMessage.objects.filter(template="please_answer").exists()
