"""When somebody should ask how it goes: once told for each day, on Today within its queries, gone when it is over."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.audit.models import Entry
from alongside.mentoring.actions import end_mentorship
from alongside.mentoring.queries import look_at_today
from alongside.people.acting import as_participant
from alongside.people.actions import set_safe_contact
from alongside.people.models import OutgoingMessage
from alongside.referrals import actions, queries
from alongside.referrals.models import Referral

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reachable(rosa):
    set_safe_contact(person=rosa.person, by=rosa.actor, channel="email", may_email=True)
    rosa.user.email = "rosa@example.org"
    rosa.user.save(update_fields=["email"])


def notices():
    return OutgoingMessage.objects.filter(once_key__startswith="referral:").count()


def day_of(program, now):
    return now.astimezone(ZoneInfo(program.time_zone)).date()


def test_who_goes_themself_is_asked_after_a_week_once(begin):
    way, now = begin(way="themself"), timezone.now()
    assert way.look_on == day_of(way.program, now) + timedelta(days=7)
    assert actions.remind_due(now + timedelta(days=6)) == 0
    for _ in range(3):
        actions.remind_due(now + timedelta(days=7))
    assert notices() == 1 and Entry.objects.filter(act="referral.reminded").count() == 1
    actions.remind_due(now + timedelta(days=20))
    assert notices() == 1, "the day stayed the same, so nobody is asked twice"


def test_not_yet_asks_again_in_a_week(begin, rosa):
    way, now = begin(way="themself"), timezone.now()
    actions.remind_due(now + timedelta(days=7))
    actions.say(referral=way, said="not_yet", by=as_participant(rosa.actor), now=now + timedelta(days=8))
    actions.remind_due(now + timedelta(days=14))
    assert notices() == 1
    actions.remind_due(now + timedelta(days=15))
    assert notices() == 2


def test_a_place_that_does_not_answer_is_seen_after_the_days_of_the_setting(settings, permission, begin, tell):
    settings.REFERRAL_ANSWER_DAYS = 3
    told = tell(begin())
    assert told.now().look_on == day_of(told.referral.program, timezone.now()) + timedelta(days=3)


def test_nothing_is_asked_about_what_is_over(begin, rosa):
    way = begin(way="themself")
    actions.say(referral=way, said="done", by=as_participant(rosa.actor))
    assert actions.remind_due(timezone.now() + timedelta(days=30)) == 0 and notices() == 0


def test_two_workers_ask_once(begin):
    begin(way="themself")
    now = timezone.now() + timedelta(days=7)
    assert actions.remind_due(now) + actions.remind_due(now) == 1


def test_whoever_began_it_is_told_too(begin, carmen, rosa):
    carmen.user.email = "carmen@example.org"
    carmen.user.save(update_fields=["email"])
    set_safe_contact(person=carmen.person, by=carmen.actor, channel="email", may_email=True)
    begin(by=carmen.actor, way="themself")
    actions.remind_due(timezone.now() + timedelta(days=7))
    assert notices() == 2


def test_who_began_it_and_walks_with_her_no_longer_is_told_nothing(begin, mentorship, dante, carmen):
    dante.user.email = "dante@example.org"
    dante.user.save(update_fields=["email"])
    set_safe_contact(person=dante.person, by=dante.actor, channel="email", may_email=True)
    begin(by=dante.actor, way="themself", place="One")
    actions.remind_due(timezone.now() + timedelta(days=7))
    told = OutgoingMessage.objects.filter(person=dante.person, once_key__startswith="referral:")
    assert told.count() == 1
    begin(by=dante.actor, way="themself", place="Two", now=timezone.now() + timedelta(days=1))
    end_mentorship(mentorship=mentorship, reason="moved", by=carmen.actor)
    actions.remind_due(timezone.now() + timedelta(days=8))
    assert told.count() == 1 and notices() == 3, "Rosa is asked both times"


def test_today_says_so_in_the_queries_it_had(begin, mentorship, dante):
    now = timezone.now() + timedelta(days=7)
    look_at_today(dante.actor, dante.program, now)
    with CaptureQueriesContext(
        connection,
    ) as before:
        needs, _n = look_at_today(dante.actor, dante.program, now)
    codes = [reason.code for need, _row in needs for reason in need.reasons]
    assert "referral_due" not in codes
    for number in range(3):
        begin(place=f"Place {number}", way="themself")
    with CaptureQueriesContext(connection) as after:
        needs, _n = look_at_today(dante.actor, dante.program, now)
    codes = [reason.code for need, _row in needs for reason in need.reasons]
    assert codes.count("referral_due") == 1 and len(after) == len(before)
    Referral.objects.update(look_on=None)
    needs, _n = look_at_today(dante.actor, dante.program, now)
    assert "referral_due" not in [reason.code for need, _row in needs for reason in need.reasons]


def test_the_time_to_first_contact_hides_few_and_counts_who_waits(program, carmen):
    from tests.groups.conftest import make_served

    now = timezone.now()
    people = [make_served(program, f"p{number}", carmen.actor) for number in range(24)]
    for number, one in enumerate(people):
        asked_at = now - timedelta(days=30)
        way = actions.begin(
            person=one.person, way="themself", place=f"Place {number}", submit_key=one.person.pk, by=carmen.actor,
            now=asked_at,
        )  # fmt: skip
        if number == 4:
            figure = queries.measure(program, now)
            assert figure.value is None and figure.not_due is None and figure.hidden
        if number < 12:
            met = day_of(program, asked_at) + timedelta(days=number)
            actions.say(referral=way, said="in_touch", on_day=met, by=carmen.actor)
    figure = queries.measure(program, now)
    assert (figure.value, figure.n, figure.not_due, figure.hidden) == (5.5, 12, 12, False)
