"""Appointments by the clock on the wall: the hour people see stays, whatever the offset does."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.wall_clock import ends_at, exists, starts_at

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
zones = st.sampled_from([LOS_ANGELES, ZoneInfo("America/Phoenix"), ZoneInfo("Europe/London"), ZoneInfo("Asia/Kolkata")])
days = st.dates(date(2024, 1, 1), date(2032, 12, 31))
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def test_the_hour_that_is_left_out_does_not_exist_and_the_one_that_comes_twice_does():
    assert not exists(date(2026, 3, 8), time(2, 0), LOS_ANGELES)
    assert exists(date(2026, 3, 8), time(3, 0), LOS_ANGELES)
    assert exists(date(2026, 11, 1), time(1, 30), LOS_ANGELES)


def test_of_a_time_that_comes_twice_it_is_the_first():
    assert starts_at(date(2026, 11, 1), time(1, 30), LOS_ANGELES).astimezone(UTC).hour == 8


def test_a_left_out_time_moves_forward():
    assert starts_at(date(2026, 3, 8), time(2, 30), LOS_ANGELES).time() == time(3, 30)


@given(days, times, zones)
def test_a_time_that_exists_is_shown_as_it_was_typed(day, at, zone):
    shown = starts_at(day, at, zone).replace(tzinfo=None)
    assert (shown == datetime.combine(day, at)) == exists(day, at, zone)


@given(days, times, zones, st.integers(1, 240))
def test_an_end_is_as_many_real_minutes_after_the_start(day, at, zone, minutes):
    length = ends_at(day, at, zone, minutes).astimezone(UTC) - starts_at(day, at, zone).astimezone(UTC)
    assert length == timedelta(minutes=minutes)
