"""The week: what she means to go to, groups and times with the peer to read; and as a file that says nothing."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from tests.story import ZONE

from alongside.groups import actions as groups
from alongside.mentoring.actions import move_appointment, plan_appointment, settle_appointment
from alongside.outings import actions, queries
from alongside.outings.models import Saved

from .conftest import NOW, THURSDAY, TUESDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def week(rosa, program):
    """`week()`: (day, name or kind) of each entry, in order."""

    def look(first=TUESDAY, days=7):
        return queries.look_at_week(rosa.actor, program, first, days)

    return look


def said(week) -> list[tuple]:
    return [(one.time.day().day, one.time.begins.strftime("%H:%M"), one.look and one.look.best["name"])
            for one in week.entries]  # fmt: skip


def test_only_what_she_plans_stands_in_it(week, saved, rosa):
    assert said(week()) == [(2, "12:00", "Noon"), (4, "12:00", "Noon")]
    actions.plan_days(saved=saved, days=[], by=rosa.actor)
    assert week().entries == [] and len(week().looks) == 1


def test_all_that_is_hers_stands_in_the_order_of_time(week, saved, breakfast, mentorship, program, carmen, dante, rosa):
    plan_appointment(
        mentorship=mentorship, on_day=THURSDAY, at_time=time(10), time_zone=program.time_zone, mode="phone",
        submit_key=uuid4(), by=dante.actor,
    )  # fmt: skip
    values = {
        "name_en": "Evening walk", "name_es": "", "about_en": "", "about_es": "", "for_whom": "own_recovery",
        "language": "en", "is_online": False, "place": "", "capacity": 2, "rhythm": "weekly", "starts_on": THURSDAY,
        "until_on": None, "at_time": time(18), "minutes": 60,
    }  # fmt: skip
    group = groups.open_group(program=program, values=values, submit_key=uuid4(), by=carmen.actor)
    assert all(one.occasion is None for one in week().entries), "who has no place there has it not in their week"
    groups.ask_for_place(group=group, person=rosa.person, by=rosa.actor)
    thursday = [one for one in week().entries if one.time.day() == THURSDAY]
    assert [one.time.begins.hour for one in thursday] == [8, 10, 12, 18]
    assert thursday[1].appointment and thursday[3].occasion


def test_what_is_called_off_with_the_peer_is_not_in_it(week, mentorship, program, dante):
    one = plan_appointment(
        mentorship=mentorship, on_day=THURSDAY, at_time=time(10), time_zone=program.time_zone, mode="phone",
        submit_key=uuid4(), by=dante.actor,
    )  # fmt: skip
    settle_appointment(appointment=one, to="cancelled", by=dante.actor)
    assert week().entries == []


def test_before_it_was_kept_nobody_meant_to_go_unless_they_said_so(week, breakfast):
    before = TUESDAY - timedelta(days=3)
    assert [one.time.on_day for one in week(before).entries] == [TUESDAY + timedelta(days=days) for days in range(4)]
    actions.say_how(saved=breakfast, on_day=before, how="went")
    assert [one.how for one in week(before).entries][:2] == ["went", ""]


def test_it_goes_by_what_the_list_says_now(week, saved, listed):
    listed(now=NOW - timedelta(days=1), time="18:00", end_time="19:00")
    assert said(week()) == [(2, "18:00", "Noon"), (4, "18:00", "Noon")]


def test_a_day_that_the_list_has_no_longer_is_said_and_not_lost(week, saved, listed):
    listed(now=NOW - timedelta(days=1), day=[2])
    assert [(one.time.day().day, one.is_lost, one.is_off) for one in week().entries] == [
        (2, False, False), (4, True, True)
    ]  # fmt: skip


def test_what_is_gone_or_closed_is_off_and_still_there(week, saved, listed):
    listed(now=NOW - timedelta(days=2), types=["TC"])
    assert [one.is_off for one in week().entries] == [True, True]
    listed(None, now=NOW - timedelta(days=1))
    assert [(one.is_off, one.look.best["name"]) for one in week().entries] == [(True, "Noon")] * 2


@pytest.mark.parametrize("first, night", [(date(2026, 3, 6), 8), (date(2026, 10, 30), 1)])
def test_it_stays_at_its_hour_when_clocks_change(week, breakfast, first, night):
    Saved.objects.update(saved_at=datetime(2026, 1, 1, tzinfo=ZONE))
    hours = {one.time.day().day: one.time.begins for one in week(first).entries}
    assert {moment.hour for moment in hours.values()} == {8} and len(hours) == 7
    assert hours[night].utcoffset() != week(first).entries[0].time.begins.utcoffset()


@pytest.mark.parametrize("night", [date(2026, 3, 8), date(2026, 11, 1)])
def test_it_lasts_its_minutes_also_in_the_night_in_which_clocks_change(week, rosa, program, night):
    actions.save_own(
        person=rosa.person, kind="other", name="Night call", place="", days=[0], starts=90, minutes=60, by=rosa.actor,
        submit_key=uuid4(),
    )  # fmt: skip
    Saved.objects.update(saved_at=datetime(2026, 1, 1, tzinfo=ZONE))
    (one,) = queries.for_calendar(week(night, 1).entries, program)
    assert (one.on_day, one.at_time.hour, one.minutes) == (night, 1, 60)


def test_what_was_said_and_asked_stands_beside_it(week, saved, ask):
    actions.say_how(saved=saved, on_day=TUESDAY, how="not")
    assert [(one.how, one.ask) for one in week().entries] == [("not", ""), ("", "asked")]


def test_another_person_sees_nothing_of_it(saved, program, carmen, dante):
    for who in (carmen, dante):
        assert queries.look_at_week(who.actor, program, TUESDAY).entries == []


def test_where_the_peer_comes_along_it_is_one_entry_until_one_of_them_moves(week, ask, dante, program, rosa):
    actions.come_along(ask=ask, by=dante.actor)
    (entry,) = [one for one in week().entries if one.time.day() == THURSDAY]
    assert entry.look and entry.appointment and entry.ask == "yes"
    assert [one.id for one in queries.for_calendar([entry], program)] == [entry.appointment.pk], "the id of the feed"
    move_appointment(appointment=entry.appointment, on_day=THURSDAY, at_time=time(11), by=rosa.actor)
    assert [bool(one.look) for one in week().entries if one.time.day() == THURSDAY] == [False, True]


# --- the file -----------------------------------------------------------------------------------------------------
def test_the_file_has_the_times_and_nothing_else(saved, breakfast, english, signed_in):
    answer = signed_in(english).get("/me/week/time.ics")
    body = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar") and "no-store" in answer["Cache-Control"]
    assert body.count("BEGIN:VEVENT") == 28 + 8 and "DTSTART;TZID=America/Los_Angeles:20260602T120000" in body
    for word in ("Noon", "Hall", "Main", "Breakfast", "Kitchen", "Intergroup", "Dante"):
        assert word not in body


def test_what_its_list_dropped_is_called_off_in_the_file(saved, listed, english, signed_in):
    listed(None, now=NOW - timedelta(days=1))
    body = signed_in(english).get("/me/week/time.ics").content.decode()
    assert body.count("STATUS:CANCELLED") == 8 and "STATUS:CONFIRMED" not in body


def test_the_same_day_has_the_same_name_in_each_file(saved, rosa, program):
    def ids(now):
        week = queries.look_at_week(rosa.actor, program, now.date(), 7)
        return {(one.on_day, one.id) for one in queries.for_calendar(week.entries, program)}

    first, later = ids(NOW), ids(datetime(2026, 6, 4, 9, tzinfo=ZONE))
    assert len(first & later) == 1
