"""Seven days by the clock on the wall: also in the nights when clocks change, and for what another clock keeps."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.meetings.times import day_of
from alongside.rules.rhythm import Thing, list_days, list_times, next_days, time_of

HERE, NEW_YORK = ZoneInfo("America/Los_Angeles"), ZoneInfo("America/New_York")
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)
"""Sundays on which clocks go forward and back."""


def thing(*days, starts=1080, minutes=60, zone=HERE, key="walk") -> Thing:
    return Thing(key, days, starts, None if starts is None else starts + minutes, zone)


def test_six_stays_six_over_both_changes_of_clocks():
    for change, offsets in ((SPRING, (-8, -7)), (AUTUMN, (-7, -8))):
        times = list_times([thing(6, 0)], change - timedelta(days=1), 2, HERE)
        assert [one.begins.hour for one in times] == [18, 18]
        assert tuple(int(one.begins.utcoffset().total_seconds() // 3600) for one in times) == offsets


def test_an_hour_that_the_night_leaves_out_moves_on_and_lasts_its_minutes():
    (one,) = list_times([thing(0, starts=150)], SPRING, 1, HERE)
    assert one.begins.strftime("%H:%M") == "03:30"
    assert one.until.astimezone(UTC) - one.begins.astimezone(UTC) == timedelta(hours=1)


def test_an_hour_that_comes_twice_is_the_first():
    (one,) = list_times([thing(0, starts=90)], AUTUMN, 1, HERE)
    assert one.begins.utcoffset() == timedelta(hours=-7)


def test_what_another_clock_keeps_stands_on_the_day_of_ours():
    early_tuesday_there = thing(2, starts=30, zone=NEW_YORK)
    (one,) = list_times([early_tuesday_there], date(2026, 6, 1), 7, HERE)
    assert (one.day(), one.on_day) == (date(2026, 6, 1), date(2026, 6, 2)), "Monday evening here"
    assert one.begins.strftime("%a %H:%M") == "Mon 21:30"


def test_days_stand_in_order_and_what_has_no_time_at_the_end():
    monday = date(2026, 6, 1)
    things = [thing(1, starts=None, key="c"), thing(1, starts=600, key="b"), thing(1, starts=540, key="a")]
    assert [one.key for one in list_times(things, monday, 7, HERE)] == ["a", "b", "c"]
    assert list_days(monday) == tuple(monday + timedelta(days=number) for number in range(7))


def test_a_day_that_is_none_of_its_has_no_time():
    assert time_of(thing(2), date(2026, 6, 1), HERE) is None
    assert time_of(thing(), date(2026, 6, 1), HERE) is None


def test_what_is_on_now_is_among_the_next_ones():
    now = datetime(2026, 6, 2, 18, 30, tzinfo=HERE)
    assert [one.on_day.day for one in next_days(thing(2), now, HERE, 2)] == [2, 9]
    assert [one.on_day.day for one in next_days(thing(2), now + timedelta(hours=1), HERE, 2)] == [9, 16]
    assert [one.on_day.day for one in next_days(thing(2, starts=None), now, HERE, 1)] == [2]


@given(
    first=st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    days=st.sets(st.integers(0, 6), min_size=1),
    starts=st.integers(0, 1439),
    minutes=st.integers(5, 600),
    zone=st.sampled_from([HERE, NEW_YORK, ZoneInfo("Pacific/Auckland"), ZoneInfo("UTC")]),
)
def test_every_week_has_each_day_once_and_only_days_of_it(first, days, starts, minutes, zone):
    own = thing(*days, starts=starts, minutes=minutes, zone=HERE)
    found = list_times([own], first, 7, HERE)
    assert sorted(day_of(one.on_day) for one in found) == sorted(days)
    for one in list_times([thing(*days, starts=starts, minutes=minutes, zone=zone)], first, 7, HERE):
        assert first <= one.day() < first + timedelta(days=7)
        assert day_of(one.on_day) in days
        assert one.until.astimezone(UTC) - one.begins.astimezone(UTC) == timedelta(minutes=minutes)
