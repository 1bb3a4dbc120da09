"""Open now, and when next: over midnight, in the weeks in which clocks change, day and night, and when nobody knows."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from alongside.rules.resources.hours import CLOSED, OPEN, UNKNOWN, falls_on, is_open, join, normalize, now

NEW_YORK = ZoneInfo("America/New_York")
WEEKDAYS = {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "opens_at": "09:00", "closes_at": "17:00"}


def at(text: str, zone=NEW_YORK, fold: int = 0) -> datetime:
    """A moment by the clock on the wall."""
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


def ask(moment: datetime, *schedules: dict, zone=NEW_YORK):
    """The state at a moment."""
    hours = [one for one in map(normalize, schedules) if one]
    state = now(hours, moment, zone)
    assert is_open(hours, moment, zone) is is_open(join(hours), moment, zone) is (state.state == OPEN)
    assert now(join(hours), moment, zone) == state
    return state


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("2026-11-23T08:59", CLOSED), ("2026-11-23T09:00", OPEN), ("2026-11-23T16:59", OPEN),
        ("2026-11-23T17:00", CLOSED), ("2026-11-22T12:00", CLOSED),
    ],
)  # fmt: skip
def test_open_from_the_first_minute_to_before_the_last(moment, state):
    assert ask(at(moment), WEEKDAYS).state == state


def test_says_until_when_and_when_next():
    assert ask(at("2026-11-23T10:00"), WEEKDAYS).until == at("2026-11-23T17:00")
    assert ask(at("2026-11-27T18:00"), WEEKDAYS).opens_at == at("2026-11-30T09:00")  # Friday evening: Monday


@pytest.mark.parametrize(
    ("moment", "utc_hour_of_opening"),
    [("2026-03-06", 14), ("2026-03-09", 13), ("2026-10-30", 13), ("2026-11-02", 14)],
    ids=["before spring", "after spring", "before autumn", "after autumn"],
)
def test_nine_is_nine_on_both_sides_of_a_change_of_clocks(moment, utc_hour_of_opening):
    opens = datetime.fromisoformat(f"{moment}T{utc_hour_of_opening:02}:00+00:00")
    assert ask(opens, WEEKDAYS).state == OPEN
    assert ask(opens.replace(hour=utc_hour_of_opening - 1, minute=59), WEEKDAYS).state == CLOSED


NIGHT = {"freq": "WEEKLY", "byday": "SA", "opens_at": "20:00", "closes_at": "02:30"}


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("2026-11-21T19:59", CLOSED), ("2026-11-21T23:59", OPEN), ("2026-11-22T00:00", OPEN),
        ("2026-11-22T02:29", OPEN), ("2026-11-22T02:30", CLOSED), ("2026-11-21T01:00", CLOSED),
    ],
)  # fmt: skip
def test_over_midnight_belongs_to_the_evening_before(moment, state):
    assert ask(at(moment), NIGHT).state == state


def test_closing_in_the_hour_that_is_left_out_comes_an_hour_later():
    """On March 8, 2026 the clock goes from 2:00 to 3:00; half past two is half past three."""
    assert ask(datetime(2026, 3, 8, 7, 29, tzinfo=UTC), NIGHT).state == OPEN
    assert ask(datetime(2026, 3, 8, 7, 31, tzinfo=UTC), NIGHT).state == CLOSED


def test_closing_in_the_hour_that_comes_twice_is_the_second():
    """On November 1, 2026 the clock shows 1:30 twice."""
    late = {**NIGHT, "closes_at": "01:30"}
    assert ask(at("2026-11-01T01:15", fold=1), late).state == OPEN
    assert ask(at("2026-11-01T01:31", fold=1), late).state == CLOSED


@pytest.mark.parametrize("hours", [
    {"opens_at": "00:00", "closes_at": "24:00", "byday": "MO,TU,WE,TH,FR,SA,SU", "freq": "WEEKLY"},
    {"opens_at": "00:00", "closes_at": "00:00", "byday": "MO,TU,WE,TH,FR,SA,SU"},
    {"opens_at": "12:00am", "closes_at": "11:59pm", "byday": "MO,TU,WE,TH,FR,SA,SU"},
    {"description": "24 hours a day, 7 days a week"},
    {"description": "Abierto las 24 horas"},
])  # fmt: skip
def test_day_and_night(hours):
    state = ask(at("2026-03-08T02:30"), hours)
    assert (state.state, state.until) == (OPEN, None)


@pytest.mark.parametrize("schedules", [
    [], [{"description": "By appointment"}], [{"opens_at": "9:00am", "byday": "MO"}], [{"byday": "MO,TU"}],
    [{"opens_at": "09:00", "closes_at": "17:00"}], [{**WEEKDAYS, "opens_at": "09:00", "closes_at": "09:00"}],
    [{**WEEKDAYS, "valid_to": "2020-12-31"}], [{**WEEKDAYS, "interval": 2}],
])  # fmt: skip
def test_when_nobody_knows_it_says_so(schedules):
    assert ask(at("2026-11-23T10:00"), *schedules).state == UNKNOWN


def test_a_season_that_has_not_begun_is_closed_and_says_when():
    winter = {**WEEKDAYS, "valid_from": "2026-11-25", "valid_to": "2027-03-01"}
    assert ask(at("2026-11-23T10:00"), winter).opens_at == at("2026-11-25T09:00")
    assert ask(at("2026-11-25T10:00"), winter).state == OPEN


def test_a_holiday_closes_what_would_be_open():
    holiday = {"closed": "true", "valid_from": "2026-12-25", "valid_to": "2026-12-25"}
    assert ask(at("2026-12-25T10:00"), WEEKDAYS, holiday).state == CLOSED
    assert ask(at("2026-12-24T10:00"), WEEKDAYS, holiday).state == OPEN


def test_a_break_at_noon_and_spans_that_meet():
    morning, afternoon = {**WEEKDAYS, "closes_at": "12:00"}, {**WEEKDAYS, "opens_at": "13:00"}
    assert ask(at("2026-11-23T12:30"), morning, afternoon).opens_at == at("2026-11-23T13:00")
    meeting = {**WEEKDAYS, "opens_at": "12:00", "closes_at": "15:00"}
    assert ask(at("2026-11-23T10:00"), morning, meeting).until == at("2026-11-23T15:00")


@pytest.mark.parametrize(("zone", "state"), [(None, OPEN), (-5, OPEN), (-4, OPEN), (-8, CLOSED), ("-08:00", CLOSED)])
def test_an_offset_means_another_zone_only_if_it_is_none_of_ours(zone, state):
    """-5 in summer is what a feed of New York says that forgot about summer: nine is still nine there."""
    assert ask(at("2026-07-06T09:30"), {**WEEKDAYS, "timezone": zone}).state == state


@pytest.mark.parametrize(
    ("schedule", "days"),
    [
        ({"freq": "MONTHLY", "byday": "1MO"}, {2}),
        ({"freq": "MONTHLY", "byday": "-1FR"}, {27}),
        ({"freq": "MONTHLY", "byday": "2TU,4TU"}, {10, 24}),
        ({"freq": "MONTHLY", "bymonthday": "1,-1"}, {1, 30}),
        ({"freq": "MONTHLY", "dtstart": "2026-09-15", "interval": 2}, {15}),
        ({"freq": "WEEKLY", "byday": "MO", "dtstart": "2026-11-02", "interval": 2}, {2, 16, 30}),
        ({"freq": "WEEKLY", "byday": "MO", "dtstart": "2026-11-02", "count": 3}, {2, 9, 16}),
        ({"freq": "WEEKLY", "byday": "MO", "until": "2026-11-09"}, {2, 9}),
        ({"freq": "WEEKLY", "dtstart": "2026-11-04"}, {4, 11, 18, 25}),
        (
            {"freq": "WEEKLY", "byday": "SU,MO", "dtstart": "2026-11-01", "interval": 2, "wkst": "SU"},
            {1, 2, 15, 16, 29, 30},
        ),
        ({"byyearday": "305,-32"}, {1, 30}),
    ],
)  # fmt: skip
def test_days_of_a_rule_in_november_2026(schedule, days):
    hours = normalize({"opens_at": "09:00", "closes_at": "17:00", **schedule})
    assert {day for day in range(1, 31) if falls_on(hours, date(2026, 11, day))} == days
