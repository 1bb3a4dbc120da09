"""Events: whom they are for, observances without a year, hours that can be, reminders."""

import doctest
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules import occasions
from alongside.rules.occasions import (
    AUDIENCES,
    OBSERVED_MONTHS,
    Hours,
    is_reminder_due,
    list_audiences,
    next_month_of,
    observance_of,
    read_month,
    why_not_hours,
)

ZONE = ZoneInfo("America/Los_Angeles")
DAYS = st.dates(date(2020, 1, 1), date(2100, 12, 31))


def hours(day=date(2026, 6, 5), at=time(18), until_day=None, until=time(20)):
    return Hours(day, at, until_day or day, until, ZONE)


def test_examples():
    assert doctest.testmod(occasions).failed == 0


@pytest.mark.parametrize(
    ("roles", "kinds", "seen"),
    [
        ((), (), {"public"}),
        (("participant",), (), {"public"}),
        (("participant",), ("own_recovery",), {"public", "program"}),
        (("participant",), ("loved_one",), {"public", "program", "loved_ones"}),
        (("peer",), (), {"public", "program", "peers"}),
        (("peer", "participant"), ("loved_one",), set(AUDIENCES)),
        (("coordinator",), (), set(AUDIENCES)),
        (("director",), (), set(AUDIENCES)),
        (("administrator",), (), {"public"}),
        (("council",), (), {"public"}),
    ],
)
def test_whose_events_somebody_sees(roles, kinds, seen):
    assert list_audiences(roles, kinds) == seen


@given(st.sampled_from(sorted(OBSERVED_MONTHS)), DAYS)
def test_an_observance_is_ahead_or_now_and_within_a_year(code, today):
    first, last = next_month_of(code, today)
    assert first.month == last.month == OBSERVED_MONTHS[code] and first.day == 1
    assert (last + timedelta(days=1)).day == 1, "the last day of its month"
    assert last >= today and (first - today).days <= 366
    earlier = first.replace(year=first.year - 1)
    assert earlier.replace(day=28) < today, "none was left out"


def test_months_that_are_observed():
    assert [observance_of(month) for month in (1, 2, 9)] == ["mentoring_month", "", "recovery_month"]


@given(st.text(max_size=9))
def test_any_text_is_a_month_or_none(text):
    found = read_month(text)
    assert found is None or f"{found[0]:04}-{found[1]:02}" == text


@pytest.mark.parametrize(
    ("given_", "answer"),
    [
        (hours(), ("", "")),
        (hours(until=time(18)), ("until_time", "ends_first")),
        (hours(until_day=date(2026, 6, 4)), ("until_day", "ends_first")),
        (hours(until_day=date(2026, 6, 6), until=time(1)), ("", "")),
        (hours(until_day=date(2026, 8, 6)), ("until_day", "too_long")),
        (hours(day=date(2026, 3, 8), at=time(2, 30)), ("at_time", "left_out")),
        (hours(day=date(2026, 3, 7), until_day=date(2026, 3, 8), until=time(2, 30)), ("until_time", "left_out")),
    ],
)
def test_hours_that_cannot_be(given_, answer):
    assert why_not_hours(given_) == answer


def test_minutes_are_real_ones_when_the_clocks_change():
    spring = hours(day=date(2026, 3, 7), at=time(22), until_day=date(2026, 3, 8), until=time(6))
    autumn = hours(day=date(2026, 10, 31), at=time(22), until_day=date(2026, 11, 1), until=time(6))
    assert (spring.minutes, autumn.minutes) == (7 * 60, 9 * 60)
    assert spring.starts_at.utcoffset() != spring.ends_at.utcoffset()


@pytest.mark.parametrize(
    ("there", "due"),
    [
        ((4, 8, 59), False),
        ((4, 9, 0), True),
        ((4, 23, 59), True),
        ((5, 9, 0), False),
        ((3, 23, 0), False),
    ],
)
def test_a_reminder_is_due_the_day_before_from_nine(there, due):
    assert is_reminder_due(hours(), datetime(2026, 6, *there, tzinfo=ZONE).astimezone(UTC)) is due
