"""Times together by the clock on the wall, also in the weeks when clocks change; a calendar that reveals nothing."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from tests.story import day_there

from alongside.mentoring import actions
from alongside.mentoring.calendar import build_calendar
from alongside.mentoring.models import Appointment, CalendarFeed
from alongside.mentoring.time_forms import MoveTimeForm
from alongside.rules.lifecycles import MoveNotAllowed
from alongside.rules.wall_clock import ends_at, exists, starts_at

pytestmark = pytest.mark.django_db
LOS_ANGELES = "America/Los_Angeles"
ZONE = ZoneInfo(LOS_ANGELES)


def plan(walk, by, *, day=None, at=time(16, 0), mode="phone", place="", minutes=30) -> Appointment:
    return actions.plan_appointment(
        mentorship=walk, on_day=day or day_there() + timedelta(days=3), at_time=at, time_zone=LOS_ANGELES,
        mode=mode, place=place, minutes=minutes, submit_key=uuid4(), by=by,
    )  # fmt: skip


def typed(**values) -> dict:
    day = day_there() + timedelta(days=3)
    return {"on_day": day.isoformat(), "at_time": "16:00", "mode": "phone", "minutes": "30",
            "submit_key": str(uuid4())} | values  # fmt: skip


def test_either_side_plans_and_a_double_tap_is_one(signed_in, english, dante, walking):
    client, wanted = signed_in(english), typed(place="The library")
    for _twice in range(2):
        assert client.post(reverse("me_time_new"), wanted).status_code == 302
    planned = Appointment.objects.get()
    assert (planned.at_time, planned.time_zone, planned.place) == (time(16), LOS_ANGELES, "The library")
    client = signed_in(dante)
    assert client.post(reverse("time_new"), typed(who=str(walking.pk))).status_code == 302
    text = client.get(reverse("times")).content.decode()
    assert text.count("Rosa · Phone") == 2 and "The library" in text


def test_a_peer_plans_only_with_their_own_people(signed_in, sol, dante, walking):
    assert signed_in(sol).post(reverse("time_new"), typed(who=str(walking.pk))).status_code == 302
    assert signed_in(dante).post(reverse("time_new"), typed(who=str(uuid4()))).status_code == 200
    assert not Appointment.objects.exists()


def test_moving_and_calling_off(signed_in, english, dante, walking):
    planned = plan(walking, dante.actor)
    client, url = signed_in(english), reverse("me_time", args=[planned.pk])
    day = (day_there() + timedelta(days=5)).isoformat()
    assert client.post(url, {"action": "move", "on_day": day, "at_time": "09:30"}).status_code == 302
    planned.refresh_from_db()
    assert (planned.on_day.isoformat(), planned.at_time, planned.sequence) == (day, time(9, 30), 1)
    for _twice in range(2):
        assert client.post(url, {"action": "cancel"}).status_code == 302
    planned.refresh_from_db()
    assert (planned.status, planned.sequence) == ("cancelled", 2)
    with pytest.raises(MoveNotAllowed):
        actions.move_appointment(appointment=planned, on_day=planned.on_day, at_time=time(8), by=dante.actor)


def test_a_time_that_happened_leads_to_its_note(signed_in, english, dante, walking):
    planned = plan(walking, dante.actor, day=day_there() - timedelta(days=1))
    url = reverse("time_went", args=[planned.pk])
    assert signed_in(english).post(url, {"action": "happened"}).status_code == 404
    client = signed_in(dante)
    assert "How did it go?" in client.get(reverse("times")).content.decode()
    answer = client.post(url, {"action": "happened"})
    assert answer["Location"] == reverse("contact_new", args=[english.person.pk]) + "?by=phone"
    assert client.post(url, {"action": "missed"}).status_code == 302
    planned.refresh_from_db()
    assert planned.status == "happened"


def test_what_has_not_begun_cannot_have_happened(signed_in, dante, walking):
    url = reverse("time_went", args=[plan(walking, dante.actor).pk])
    assert signed_in(dante).post(url, {"action": "happened"}).status_code == 404


def test_a_stranger_finds_no_time(signed_in, sol, carmen, dante, walking):
    planned = plan(walking, dante.actor)
    for persona in (sol, carmen):
        for name in ("time", "me_time"):
            assert signed_in(persona).get(reverse(name, args=[planned.pk])).status_code == 404


@pytest.mark.parametrize(
    ("day", "at", "field"),
    [("2026-03-08", "02:30", "at_time"), ("2026-03-02", "08:00", "on_day"), ("2028-03-02", "08:00", "on_day")],
)
def test_a_time_that_cannot_be_is_asked_for_again(clock, day, at, field):
    form = MoveTimeForm({"on_day": day, "at_time": at}, zone=LOS_ANGELES)
    assert not form.is_valid() and field in form.errors


def test_the_wall_clock_holds_when_clocks_change():
    assert starts_at(date(2026, 3, 7), time(16), ZONE).astimezone(UTC).hour == 0
    assert starts_at(date(2026, 3, 9), time(16), ZONE).astimezone(UTC).hour == 23
    assert not exists(date(2026, 3, 8), time(2, 30), ZONE) and exists(date(2026, 11, 1), time(1, 30), ZONE)
    assert ends_at(date(2026, 3, 8), time(1, 30), ZONE, 60).hour == 3
    assert ends_at(date(2026, 11, 1), time(0, 30), ZONE, 120).hour == 1


def feed_of(client, name="me_feed_new") -> str:
    """Make an address; the path of it."""
    text = client.post(reverse(name)).content.decode()
    return "/c/" + text.split("/c/")[1].split(".ics")[0] + ".ics"


@pytest.mark.parametrize("week", [date(2026, 3, 4), date(2026, 10, 28)])
def test_the_calendar_keeps_times_right_over_the_change_of_clocks(program, dante, walking, week):
    with time_machine.travel(datetime.combine(week, time(12), tzinfo=UTC), tick=False):
        for days in range(8):
            plan(walking, dante.actor, day=week + timedelta(days=days))
        made = build_calendar(Appointment.objects.order_by("on_day"), language="en", now=timezone.now())
    calendar = Calendar.from_ical(made)
    assert len(calendar.timezones) == 1 and str(calendar.timezones[0]["TZID"]) == LOS_ANGELES
    for event, days in zip(calendar.events, range(8), strict=True):
        assert event["DTSTART"].params["TZID"] == LOS_ANGELES
        start = event.decoded("DTSTART")
        assert start.replace(tzinfo=None) == datetime.combine(week + timedelta(days=days), time(16))
        # The offset that a calendar works out from our VTIMEZONE is the one of the wall clock.
        zone = calendar.timezones[0].to_tz(lookup_tzid=False)
        naive = start.replace(tzinfo=None)
        assert naive.replace(tzinfo=zone).utcoffset() == naive.replace(tzinfo=ZONE).utcoffset()


def test_the_calendar_says_nothing_but_times(signed_in, client, english, dante, walking):
    planned = plan(walking, dante.actor, place="Riverbend, second floor")
    path = feed_of(signed_in(english))
    client.logout()
    answer = client.get(path)
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"] == 'inline; filename="times.ics"'
    text = answer.content.decode()
    for secret in ("Rosa", "Dante", "Riverbend", "phone", "Phone", "LOCATION", "DESCRIPTION", "ATTENDEE", "ORGANIZER"):
        assert secret not in text
    event = Calendar.from_ical(text).events[0]
    assert str(event["SUMMARY"]) == "Hora apartada" and str(event["UID"]) == planned.pk.hex
    assert event["SEQUENCE"] == 0 and event["STATUS"] == "CONFIRMED" and "LAST-MODIFIED" in event


def test_moved_and_called_off_reach_the_calendar_under_the_same_id(signed_in, client, dante, walking):
    planned = plan(walking, dante.actor)
    path = feed_of(signed_in(dante), "feed_new")
    actions.move_appointment(appointment=planned, on_day=planned.on_day, at_time=time(9), by=dante.actor)
    event = Calendar.from_ical(client.get(path).content).events[0]
    assert event["SEQUENCE"] == 1 and event.decoded("DTSTART").hour == 9
    actions.settle_appointment(appointment=planned, to="cancelled", by=dante.actor)
    event = Calendar.from_ical(client.get(path).content).events[0]
    assert (str(event["UID"]), event["STATUS"], event["SEQUENCE"]) == (planned.pk.hex, "CANCELLED", 2)


def test_ending_a_mentorship_calls_off_its_times_in_the_calendar(signed_in, client, dante, walking, english):
    plan(walking, dante.actor)
    path = feed_of(signed_in(dante), "feed_new")
    actions.stop_here(episode=english.episode, by=english.actor)
    event = Calendar.from_ical(client.get(path).content).events[0]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)


def test_the_secret_is_shown_once_and_kept_nowhere(signed_in, english, walking):
    client = signed_in(english)
    path = feed_of(client)
    secret = path.removeprefix("/c/").removesuffix(".ics")
    assert len(secret) >= 40 and secret not in client.get(reverse("me_times")).content.decode()
    assert CalendarFeed.objects.get().secret_hash == actions.hash_secret(secret) != secret


def test_a_new_address_ends_the_old_one_and_off_is_off(signed_in, client, english, walking):
    first = feed_of(signed_in(english))
    second = feed_of(client)
    assert client.get(first).status_code == 404 and client.get(second).status_code == 200
    client.post(reverse("me_feed_end"))
    assert client.get(second).status_code == 404 and not CalendarFeed.objects.exists()


def test_a_wrong_secret_an_ended_one_and_a_disabled_account_answer_alike(signed_in, client, english, walking):
    path = feed_of(signed_in(english))
    client.logout()
    wrong = client.get("/c/" + "x" * 43 + ".ics")
    english.user.is_active = False
    english.user.save(update_fields=["is_active"])
    disabled = client.get(path)
    assert wrong.status_code == disabled.status_code == 404
    assert len(wrong.content) == len(disabled.content)
    assert wrong.headers == disabled.headers


def test_a_feed_cannot_be_made_by_a_link(signed_in, english):
    assert signed_in(english).get(reverse("me_feed_new")).status_code == 405
    assert signed_in(english).get(reverse("me_call")).status_code == 405


def test_the_list_costs_the_same_however_many(signed_in, dante, walking, django_assert_max_num_queries):
    for days in range(20):
        plan(walking, dante.actor, day=day_there() + timedelta(days=days + 1))
    client = signed_in(dante)
    client.get(reverse("times"))
    with django_assert_max_num_queries(13):
        client.get(reverse("times"))


def test_tonight_is_called_off_too_when_two_part_in_the_evening(mentorship, dante, carmen):
    # It is March 11 in UTC already, and 6 p.m. of March 10 where they live.
    now = datetime(2026, 3, 11, 1, 0, tzinfo=UTC)
    tonight = plan(mentorship, dante.actor, day=date(2026, 3, 10), at=time(20, 0))
    actions.end_mentorship(mentorship=mentorship, reason="moved", by=carmen.actor, now=now)
    tonight.refresh_from_db()
    assert tonight.status == "cancelled"
