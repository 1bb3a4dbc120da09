"""Groups: their days, clocks that change, who may come, and whose name stands where."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrule
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.groups import (
    EARLY,
    RHYTHMS,
    Change,
    Known,
    Naming,
    Series,
    find_naming,
    is_day,
    is_for,
    is_over_or_on,
    list_days,
    list_sessions,
    may_sign_in,
    names_for_leaders,
    names_for_members,
    names_in,
    note_for_one,
    nth_weekday,
)

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
ZONES = [LOS_ANGELES, ZoneInfo("America/Phoenix"), ZoneInfo("America/New_York"), ZoneInfo("UTC")]
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
NAMES = st.text(alphabet="abcdefgáéñ ", min_size=1, max_size=12).filter(lambda name: name.strip())


def series(rhythm="weekly", starts_on=date(2026, 10, 6), at=time(18), until_on=None, zone=LOS_ANGELES):
    return Series(rhythm, starts_on, at, 90, zone, until_on)


# --- days ---------------------------------------------------------------------------------------------------------
@given(st.sampled_from(RHYTHMS), DAYS, DAYS, st.integers(0, 400))
def test_days_are_of_the_weekday_in_order_and_inside(rhythm, starts_on, first, length):
    last = first + timedelta(days=length)
    days = list_days(series(rhythm, starts_on), first, last)
    assert list(days) == sorted(set(days))
    assert all(max(first, starts_on) <= day <= last and day.weekday() == starts_on.weekday() for day in days)


@given(DAYS, st.integers(0, 200))
def test_every_week_has_its_day_and_every_second_week_half_of_them(starts_on, weeks):
    last = starts_on + timedelta(weeks=weeks)
    every = list_days(series("weekly", starts_on), starts_on, last)
    assert len(every) == weeks + 1
    assert list_days(series("biweekly", starts_on), starts_on, last) == every[::2]


@given(DAYS)
def test_a_month_has_exactly_one_day_of_the_same_place_in_it(starts_on):
    days = list_days(series("monthly", starts_on), starts_on, starts_on + timedelta(days=800))
    assert {nth_weekday(day) if nth_weekday(starts_on)[1] != -1 else nth_weekday(starts_on) for day in days} == {
        nth_weekday(starts_on)
    }
    months = [(day.year, day.month) for day in days]
    assert len(set(months)) == len(months)
    assert all((two.year * 12 + two.month) - (one.year * 12 + one.month) == 1 for one, two in pairwise(days))


def test_the_last_friday_is_the_last_one_in_months_with_four_too():
    days = list_days(series("monthly", date(2026, 10, 30)), date(2026, 10, 1), date(2027, 1, 31))
    assert [day.day for day in days] == [30, 27, 25, 29]


def test_a_series_ends_with_its_latest_day():
    days = list_days(series(until_on=date(2026, 10, 20)), date(2026, 10, 1), date(2026, 12, 1))
    assert days == (date(2026, 10, 6), date(2026, 10, 13), date(2026, 10, 20))


# --- clocks -------------------------------------------------------------------------------------------------------
@given(st.sampled_from(RHYTHMS), DAYS, st.times(), st.sampled_from(ZONES))
def test_the_clock_on_the_wall_shows_the_same_time_all_year(rhythm, starts_on, at, zone):
    at = at.replace(hour=at.hour if at.hour > 3 else 4, second=0, microsecond=0)  # clocks change before four
    found = list_sessions(series(rhythm, starts_on, at, zone=zone), (), starts_on, starts_on + timedelta(days=380))
    assert found
    for one in found:
        assert one.starts_at.astimezone(zone).replace(tzinfo=None) == datetime.combine(one.on_day, at)
        assert one.ends_at - one.starts_at.astimezone(UTC) == timedelta(minutes=90)


def test_the_week_in_which_clocks_go_back_is_an_hour_longer():
    one, two = list_sessions(series(), (), date(2026, 10, 27), date(2026, 11, 3))
    assert (two.starts_at.astimezone(UTC) - one.starts_at.astimezone(UTC)) == timedelta(days=7, hours=1)


# --- what was decided about single days ---------------------------------------------------------------------------
def test_a_day_moved_out_is_gone_and_one_moved_in_is_there():
    moved = Change(date(2026, 10, 13), "planned", date(2026, 10, 15), time(17), 60)
    days = [one.day for one in list_sessions(series(), [moved], date(2026, 10, 1), date(2026, 10, 14))]
    assert days == [date(2026, 10, 6)]
    (one,) = list_sessions(series(), [moved], date(2026, 10, 14), date(2026, 10, 19))
    assert (one.on_day, one.day, one.at, one.is_moved) == (date(2026, 10, 13), date(2026, 10, 15), time(17), True)


def test_a_session_called_off_is_shown_as_such():
    off = Change(date(2026, 10, 6), "cancelled", date(2026, 10, 6), time(18), 90)
    first, *_rest = list_sessions(series(), [off], date(2026, 10, 1), date(2026, 10, 14))
    assert first.status == "cancelled" and not may_sign_in(first, first.starts_at)
    assert not is_over_or_on(first, first.ends_at)


def test_what_was_held_stays_when_the_series_is_another_one_and_a_move_of_a_day_that_is_none_does_not():
    held = Change(date(2026, 10, 7), "held", date(2026, 10, 7), time(18), 90)
    moved = Change(date(2026, 10, 8), "planned", date(2026, 10, 9), time(18), 90)
    days = [one.day for one in list_sessions(series(), [held, moved], date(2026, 10, 1), date(2026, 10, 12))]
    assert days == [date(2026, 10, 6), date(2026, 10, 7)]
    assert not is_day(series(), date(2026, 10, 7))


def test_somebody_signs_in_shortly_before_until_the_end():
    (one,) = list_sessions(series(), (), date(2026, 10, 6), date(2026, 10, 6))
    second = timedelta(seconds=1)
    moments = [one.starts_at - EARLY - second, one.starts_at - EARLY, one.ends_at, one.ends_at + second]
    assert [may_sign_in(one, moment) for moment in moments] == [False, True, True, False]
    assert [is_over_or_on(one, moment) for moment in moments] == [False, True, True, True]


# --- for whom -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("for_whom", "kinds", "may"),
    [
        ("own_recovery", {"own_recovery"}, True),
        ("own_recovery", {"loved_one"}, False),
        ("loved_one", {"own_recovery"}, False),
        ("everybody", {"loved_one"}, True),
        ("everybody", set(), False),
    ],
)
def test_loved_ones_and_participants_are_kept_apart(for_whom, kinds, may):
    assert is_for(for_whom, kinds) is may


# --- names --------------------------------------------------------------------------------------------------------
@given(st.lists(NAMES, max_size=8, unique_by=lambda name: " ".join(name.split())), st.booleans())
def test_who_leads_can_tell_everybody_apart(names, has_alias):
    known = [Known(at, name, "Blue" if has_alias and at == 0 else "") for at, name in enumerate(names)]
    called = names_for_leaders(known)
    assert called.keys() == {one.id for one in known} and all(called.values())
    without = [called[one.id] for one in known if not one.alias]
    assert len({" ".join(name.split()) for name in without}) == len(without)


@given(st.lists(st.tuples(NAMES, st.booleans()), min_size=1, max_size=6))
def test_one_who_does_not_agree_hides_the_names_of_all(rows):
    known = [Known(at, "Legal Name", name, agrees) for at, (name, agrees) in enumerate(rows)]
    shown = names_for_members(known)
    assert len(shown) == (len(rows) if all(agrees for _name, agrees in rows) else 0)
    assert "Legal Name" not in shown


@given(NAMES, st.sampled_from(["{}", "We thank {}.", "¿{}? sí", "then {}'s story"]))
def test_a_name_is_found_in_a_sentence_however_it_is_written(name, sentence):
    words = name.split()
    if all(len(word) > 1 for word in words):
        assert names_in(sentence.format(name.strip().upper()), [name]) == (name,)


def test_a_part_of_a_word_is_no_name():
    assert names_in("An anagram and a rosary", ["Ana", "Rosa"]) == ()
    assert names_in("", ["Ana", ""]) == ()


def test_words_for_one_may_name_them_and_nobody_else():
    names = {1: ("Ana Luz", "Blue"), 2: ("Ben",)}
    assert find_naming("We talked", {1: "Ana laughed", 2: ""}, names) == ()
    assert find_naming("Ana spoke", {2: "with Blue"}, names) == (
        Naming(None, ("Ana Luz",)),
        Naming(2, ("Blue",)),
    )


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_copy_holds_the_words_for_all_and_those_for_this_one(common, own):
    words = note_for_one(common, own)
    assert common.strip() in words and own.strip() in words and words == words.strip()


def test_a_series_is_looked_at_for_so_many_years():
    series = Series("weekly", date(2026, 6, 2), time(18), 60, ZoneInfo("UTC"))
    assert is_day(series, date(2046, 5, 22)) and not is_day(series, date(2046, 5, 29))
    with patch("alongside.rules.groups.rrule", wraps=rrule) as asked:
        assert list_days(series, date(9999, 12, 1), date(9999, 12, 31)) == ()
        assert list_days(replace(series, starts_on=date.max), date(9999, 12, 1), date.max) == (date.max,)
    assert all(call.kwargs["until"].year < 2047 or call.kwargs["dtstart"].year == 9999 for call in asked.call_args_list)
