"""Whose turn for questions has come: told once and neutrally, shown to the peer for two weeks, then left in peace."""

from datetime import datetime, time, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.story import ZONE, day_there
from tests.waits import waits

from alongside.assessments import actions
from alongside.assessments.asking import remind_due
from alongside.assessments.models import Asking
from alongside.audit.models import Entry
from alongside.council.actions import adopt_policy
from alongside.mentoring.actions import Note, end_mentorship, pause_mentorship, record_contact
from alongside.mentoring.queries import list_who_needs_me
from alongside.people.actions import change_person, create_person, merge_persons, move_episode, set_safe_contact
from alongside.people.models import Episode, OutgoingMessage
from alongside.people.outbox import send_due
from alongside.privacy.merged_rows import list_reader_ids
from alongside.rules.instruments import FIRST_AFTER, SHOWN_FOR

pytestmark = pytest.mark.django_db
TODAY = day_there()
"""Support began on the day on which the tests run; time goes on from there."""


def at(days, hour=12):
    return datetime.combine(TODAY + timedelta(days=days), time(hour), ZONE)


def fill(rosa, days, *levels):
    """The ten sentences, as far as there are levels, on that day."""
    actions.answer(
        person=rosa.person, instrument="barc-10", answers=dict(enumerate(levels)), by=rosa.actor, now=at(days)
    )


def reasons(dante, days):
    found = list_who_needs_me(dante.actor, dante.program, at(days))
    return [reason.code for need, _row in found for reason in need.reasons]


@pytest.fixture
def walking(mentorship, rosa):
    """Rosa and Dante walk together since today; she may be e-mailed at any hour."""
    change_person(person=rosa.person, by=rosa.actor, email="rosa@example.org")
    set_safe_contact(person=rosa.person, by=rosa.actor, channel="email", may_email=True, from_hour=0, until_hour=24)
    Episode.objects.filter(person=rosa.person).update(matched_at=at(0), active_since=at(0))
    return mentorship


def asked():
    return OutgoingMessage.objects.filter(template="please_answer")


def test_the_first_week_is_left_alone_and_then_one_notice_goes(walking, rosa, mailoutbox):
    assert remind_due(at(0)) == remind_due(at(6)) == 0
    assert waits("asking.remind_due", walking.program, at(7)) == 1
    assert [remind_due(at(7)), remind_due(at(7)), remind_due(at(8)), remind_due(at(30))] == [1, 0, 0, 0]
    row = asked().get()
    assert row.person_id == rosa.person.pk and row.link.endswith(reverse("me_questions"))
    assert Entry.objects.get(act="assessment.asked").subject_id == rosa.person.pk
    asked().update(not_before=at(7))
    send_due(at(7))
    (mail,) = mailoutbox
    assert (
        mail.to == ["rosa@example.org"] and "question" not in (mail.subject + mail.body.replace(row.link, "")).lower()
    )


@pytest.mark.parametrize("rules", [{"channel": "none"}, {"may_email": False}, {"channel": "app"}])
def test_who_does_not_wish_to_be_written_to_is_not(walking, rosa, rules):
    set_safe_contact(person=rosa.person, by=rosa.actor, **rules)
    assert remind_due(at(7)) == 0 and not asked().exists()


def test_the_peer_reads_it_last_on_today_for_two_weeks(walking, dante):
    remind_due(at(0))
    assert "questions_due" not in reasons(dante, 6)
    remind_due(at(7))
    assert reasons(dante, 7)[-1] == "questions_due"
    assert "questions_due" in reasons(dante, 6 + SHOWN_FOR.days)
    assert "questions_due" not in reasons(dante, 7 + SHOWN_FOR.days), "whoever left them is left in peace"


def test_what_is_filled_in_is_due_no_more_until_its_clock(walking, rosa, dante):
    adopt_policy(program=rosa.program, kind="measures", values={"every_days": {"barc-10": 45}}, by=rosa.actor)
    remind_due(at(7))
    fill(rosa, 7, *[5] * 10)
    row = Asking.objects.get()
    assert (row.due_on, row.next_on) == (None, TODAY + timedelta(days=52))
    assert "questions_due" not in reasons(dante, 8)
    assert remind_due(at(51)) == 0 and remind_due(at(52)) == 1
    assert "questions_due" in reasons(dante, 52)


def test_who_left_one_is_told_when_the_turn_of_another_comes(walking, rosa):
    """The ruler was never filled in: nobody asks for it again, and the clock of the others goes on."""
    remind_due(at(7))
    fill(rosa, 9, *[5] * 10)
    assert remind_due(at(20)) == 0
    assert remind_due(at(9 + 45)) == 1 and asked().count() == 2


def test_a_half_filled_form_keeps_its_turn(walking, rosa, dante):
    remind_due(at(7))
    fill(rosa, 7, 5, 4)
    assert "questions_due" in reasons(dante, 8)


def test_who_rests_or_is_not_served_is_left_alone(walking, rosa, dante, carmen):
    note = Note(
        submit_key=uuid4(), happened_at=timezone.now(), mode="phone", reached=True, minutes=5, read_together=True
    )  # fmt: skip
    record_contact(mentorships=[walking], note=note, by=dante.actor)
    walking.refresh_from_db()
    pause_mentorship(mentorship=walking, by=rosa.actor)
    assert remind_due(at(7)) == 0 and not asked().exists()
    assert "questions_due" not in reasons(dante, 7)
    walking.refresh_from_db()
    end_mentorship(mentorship=walking, reason="completed", by=carmen.actor)
    move_episode(episode=Episode.objects.get(person=rosa.person), to="closed", by=carmen.actor, reason="own_wish")
    assert remind_due(at(30)) == 0 and not asked().exists()


def test_new_clocks_of_the_council_count_at_once(walking, rosa):
    remind_due(at(7))
    fill(rosa, 7, *[5] * 10)
    adopt_policy(program=rosa.program, kind="measures", values={"every_days": {"barc-10": 10}}, by=rosa.actor)
    assert remind_due(at(17)) == 1
    assert Asking.objects.get().due_on == TODAY + timedelta(days=17)


def test_the_record_and_her_own_page_say_it_quietly(walking, rosa, dante, signed_in):
    today = day_there()
    Asking.objects.create(person=rosa.person, program=rosa.program, due_on=today, next_on=today + timedelta(days=9))
    for persona, page, words in (
        (dante, reverse("record", args=[rosa.person.pk]), "It is a good time for the questions to look back on"),
        (dante, reverse("today"), "A good time for the questions to look back on, if they like"),
    ):
        assert words in unescape(signed_in(persona).get(page).content.decode())
    rosa.user.language = "en"
    rosa.user.save(update_fields=["language"])
    home = unescape(signed_in(rosa).get(reverse("me_home")).content.decode())
    assert "3 are ready to fill in" in home
    Asking.objects.update(due_on=today - SHOWN_FOR)
    assert "It is a good time" not in unescape(
        signed_in(dante).get(reverse("record", args=[rosa.person.pk])).content.decode()
    )


def test_two_records_that_become_one_have_one_turn(walking, rosa, program, carmen):
    other = create_person(program=program, by=carmen.actor, goes_by="Rosa")
    Asking.objects.create(person=other, program=program, due_on=TODAY, next_on=TODAY, reminded_on=TODAY + FIRST_AFTER)
    remind_due(at(0))
    merge_persons(
        first=rosa.person, second=other, by=carmen.actor, readers_seen=list_reader_ids(rosa.person.pk, other.pk)
    )
    row = Asking.objects.get()
    assert (row.person_id, row.policy_version) == (rosa.person.pk, 0)
    assert remind_due(at(7)) == 0, "of this turn they were reminded already"


def test_a_tick_asks_the_same_few_questions_for_each(walking, rosa, program, carmen, django_assert_max_num_queries):
    remind_due(at(0))
    with django_assert_max_num_queries(4 + 2 * 2):  # programs; for each its policy and one list
        remind_due(at(1))
