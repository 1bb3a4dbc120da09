"""When meetings are: weeks in which clocks change, over midnight, all day, and three ways to ask."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.rules.meetings.times import (
    DAY,
    WHENS,
    group_zones,
    is_stale,
    known_zone,
    list_windows,
    moments_of,
    next_moments,
    read_clock,
    read_day,
)

LA, NEW_YORK, PHOENIX = ZoneInfo("America/Los_Angeles"), ZoneInfo("America/New_York"), ZoneInfo("America/Phoenix")
FIRST, LAST = datetime(2026, 1, 1), datetime(2027, 1, 1)  # noqa: DTZ001 - hypothesis puts the zone to it
SLOWLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SUNDAY, MONDAY, FRIDAY, SATURDAY = 0, 1, 5, 6


def at(words: str, zone=LA) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=zone)


def is_found(when: str, now: datetime, day: int, starts: int, ends: int) -> bool:
    return any(
        window.day == day and window.first <= starts <= window.last and window.ends_after < ends <= window.ends_by
        for window in list_windows(when, now)
    )


# --- what feeds write -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("00:00", 0), ("06:30", 390), ("6:30 am", 390), ("6:30AM", 390), ("12:00 am", 0), ("12:15 p.m.", 735),
        ("7 pm", 1140), ("18:00:00", 1080), ("0730", 450), ("24:00", 1440), ("midnight", 0), ("Noon", 720),
        ("mediodía", 720), ("24:01", None), ("13:00 pm", None), ("0:30 am", None), ("7", None), ("7:75", None),
        ("", None), (None, None), (730, None), ("soon", None), ("1" * 500, None),
    ],
)  # fmt: skip
def test_times_of_day(written, minutes):
    assert read_clock(written) == minutes


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (0, 0), ("0", 0), (6, 6), ("7", 0), (3.0, 3), ("Sunday", 0), ("TUESDAYS", 2), ("Tues.", 2), ("wed", 3),
        ("Thurs", 4), ("sábado", 6), ("martes", 2), ("lunes", 1), (8, None), (-1, None), (True, None), (None, None),
        ("", None), ("s", None), ("2.5", None), ([], None),
    ],
)  # fmt: skip
def test_days(written, day):
    assert read_day(written) == day


@pytest.mark.parametrize("name", ["America/Chicago", "UTC", "Etc/GMT+8"])
def test_zones_there_are(name):
    assert known_zone(name)


@pytest.mark.parametrize(
    "name", ["", "America", "America/Atlantis", "../../etc/passwd", "/etc/passwd", "a" * 300, "CST6"]
)
def test_zones_there_are_not(name):
    assert known_zone(name) is None


# --- the week in which clocks go forward (8 March 2026 in Los Angeles), and back (1 November 2026) ------------------
def test_a_sunday_meeting_stays_at_its_hour_when_clocks_change():
    for now, offset in ((at("2026-03-06 12:00"), "-07:00"), (at("2026-10-30 12:00"), "-08:00")):
        begins, ends = next_moments(SUNDAY, 19 * 60, 20 * 60, LA, now)
        assert begins.isoformat()[11:] == f"19:00:00{offset}"
        assert ends - begins == timedelta(hours=1)


def test_a_meeting_in_the_hour_that_is_left_out_begins_when_it_is_over():
    begins, ends = next_moments(SUNDAY, 150, 210, LA, at("2026-03-07 20:00"))
    assert begins.isoformat() == "2026-03-08T03:30:00-07:00"
    assert ends.isoformat() == "2026-03-08T04:30:00-07:00"


def test_a_meeting_in_the_hour_that_comes_twice_is_held_once():
    begins, ends = next_moments(SUNDAY, 90, 150, LA, at("2026-10-31 20:00"))
    assert begins.isoformat() == "2026-11-01T01:30:00-07:00"
    assert ends.astimezone(UTC) - begins.astimezone(UTC) == timedelta(hours=1)
    after = next_moments(SUNDAY, 90, 150, LA, ends)[0]
    assert after.isoformat() == "2026-11-08T01:30:00-08:00"


def test_a_day_of_23_or_25_hours_is_still_a_whole_day():
    for day, hours in ((date(2026, 3, 8), 23), (date(2026, 11, 1), 25), (date(2026, 6, 7), 24)):
        begins, ends = moments_of(day, 0, DAY, LA)
        assert ends.astimezone(UTC) - begins.astimezone(UTC) == timedelta(hours=hours)
        assert (ends.hour, ends.minute) == (0, 0)


def test_zones_that_change_on_other_days_are_asked_apart():
    winter, summer = at("2026-03-07 12:00").astimezone(UTC), at("2026-03-09 12:00").astimezone(UTC)
    zones = ["America/Phoenix", "America/Los_Angeles", "America/Denver"]
    assert sorted(map(sorted, group_zones(zones, "now", winter).values())) == [
        ["America/Denver", "America/Phoenix"],
        ["America/Los_Angeles"],
    ]
    assert sorted(map(sorted, group_zones(zones, "now", summer).values())) == [
        ["America/Denver"],
        ["America/Los_Angeles", "America/Phoenix"],
    ]
    assert group_zones(["Nowhere/At_All"], "now", summer) == {}


# --- now, tonight, today, this week ---------------------------------------------------------------------------------
def test_now_is_what_is_on_and_what_begins_within_the_hour():
    now = at("2026-03-03 12:00")  # Tuesday
    assert is_found("now", now, 2, 11 * 60 + 30, 12 * 60 + 30)
    assert is_found("now", now, 2, 13 * 60, 14 * 60)
    assert not is_found("now", now, 2, 11 * 60, 12 * 60)
    assert not is_found("now", now, 2, 13 * 60 + 1, 14 * 60)
    assert not is_found("now", now, 3, 12 * 60, 13 * 60)


def test_a_meeting_that_began_yesterday_is_on_after_midnight():
    late = at("2026-03-07 00:20")  # Saturday
    assert is_found("now", late, FRIDAY, 23 * 60 + 30, DAY + 30)
    assert not is_found("now", late, FRIDAY, 23 * 60, DAY + 15)
    begins, ends = next_moments(FRIDAY, 23 * 60 + 30, DAY + 30, LA, late)
    assert (begins.isoformat(), ends.isoformat()) == ("2026-03-06T23:30:00-08:00", "2026-03-07T00:30:00-08:00")


def test_before_midnight_now_reaches_into_tomorrow():
    assert is_found("now", at("2026-03-06 23:40"), SATURDAY, 30, 90)
    assert not is_found("now", at("2026-03-06 23:40"), SATURDAY, 41, 90)


def test_a_meeting_of_24_hours_is_always_on():
    for hour in (0, 9, 17, 23):
        now = at(f"2026-03-03 {hour:02}:30")
        assert is_found("now", now, 2, 0, DAY) and is_found("tonight", now, 2, 0, DAY)


def test_tonight():
    noon, night = at("2026-03-03 12:00"), at("2026-03-04 02:00")
    assert is_found("tonight", noon, 2, 19 * 60, 20 * 60)
    assert is_found("tonight", noon, 3, 60, 120)
    assert not is_found("tonight", noon, 2, 13 * 60, 14 * 60)
    assert not is_found("tonight", noon, 3, 19 * 60, 20 * 60)
    assert not is_found("tonight", at("2026-03-03 21:00"), 2, 19 * 60, 20 * 60)
    assert is_found("tonight", night, 3, 180, 240)
    assert not is_found("tonight", night, 3, 19 * 60, 20 * 60)


@SLOWLY
@given(
    now=st.datetimes(FIRST, LAST, timezones=st.sampled_from([LA, NEW_YORK, PHOENIX])),
    day=st.integers(0, 6), starts=st.integers(0, DAY - 1), length=st.integers(1, DAY),
)  # fmt: skip
def test_what_windows_find_is_what_the_moments_say(now, day, starts, length):
    """In weeks without a change of clocks: is it on, or within the hour? Both ways of asking agree."""
    zone = now.tzinfo
    near = [(now + timedelta(days=days)).utcoffset() for days in (-2, 0, 2)]
    begins, ends = next_moments(day, starts, starts + length, zone, now)
    assert ends.astimezone(UTC) > now.astimezone(UTC)
    assert ends.astimezone(UTC) - now.astimezone(UTC) <= timedelta(days=8, hours=1)
    assert begins.astimezone(UTC) - now.astimezone(UTC) < timedelta(days=7, hours=2)
    if len(set(near)) == 1:
        minute = now.replace(second=0, microsecond=0)
        if ends - minute.astimezone(zone) > timedelta(minutes=1):
            assert is_found("now", now, day, starts, starts + length) == (begins <= minute + timedelta(minutes=60))
    assert is_found("week", now, day, starts, starts + length)


@SLOWLY
@given(st.sampled_from(WHENS), st.datetimes(FIRST, LAST))
def test_windows_never_find_a_meeting_twice(when, now):
    windows = list_windows(when, now)
    for starts in range(0, DAY, 97):
        for day in range(7):
            for length in (60, DAY):
                ends = starts + length
                found = [
                    w
                    for w in windows
                    if w.day == day and w.first <= starts <= w.last and w.ends_after < ends <= w.ends_by
                ]
                assert len(found) <= 1, (when, now, day, starts, found)


def test_no_such_when():
    with pytest.raises(KeyError):
        list_windows("soon", at("2026-03-03 12:00"))


def test_stale():
    now = datetime(2026, 11, 1, tzinfo=UTC)
    assert is_stale(datetime(2018, 4, 1, tzinfo=UTC), now)
    assert not is_stale(datetime(2026, 1, 1, tzinfo=UTC), now)
    assert not is_stale(None, now)
