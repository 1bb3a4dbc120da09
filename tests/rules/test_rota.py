"""Who is on duty in a week that repeats."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.rota import WEEK, Turn, find_gaps, next_start, overlap

turns = st.builds(Turn, st.integers(0, 6), st.integers(0, 23), st.integers(0, 23))
ZONE = ZoneInfo("America/Los_Angeles")
MONDAY = datetime(2026, 1, 5, tzinfo=ZONE)


def test_sunday_night_reaches_into_monday():
    night = Turn(weekday=6, from_hour=22, until_hour=6)
    there = [hour for hour in range(-24, 24) if night.covers(MONDAY + timedelta(hours=hour))]
    assert there == [-2, -1, 0, 1, 2, 3, 4, 5]


def test_nobody_is_next_on_an_empty_rota():
    assert next_start([], MONDAY) is None


@given(turns)
def test_a_turn_covers_exactly_its_hours_of_the_week(turn):
    covered = {hour for hour in range(WEEK) if turn.covers(MONDAY + timedelta(hours=hour))}
    assert covered == turn.hours()
    assert len(covered) == ((turn.until_hour - turn.from_hour) % 24 or 24)


@given(turns, turns)
def test_two_overlap_when_both_are_on_at_one_hour_and_it_does_not_matter_which_is_named_first(one, other):
    both = [hour for hour in range(WEEK) if all(t.covers(MONDAY + timedelta(hours=hour)) for t in (one, other))]
    assert overlap(one, other) == overlap(other, one) == bool(both)


@given(st.lists(turns, min_size=1, max_size=5), st.integers(0, 2 * WEEK))
def test_the_next_start_is_later_within_a_week_and_somebody_is_there_then(some, hours):
    now = MONDAY + timedelta(hours=hours, minutes=30)
    found = next_start(some, now)
    assert now < found <= now + timedelta(days=7)
    assert any(turn.covers(found) for turn in some)


@given(st.lists(turns, max_size=5))
def test_gaps_and_turns_together_are_the_week_and_no_two_gaps_touch(some):
    gaps = find_gaps(some)
    named = [(begin + hour) % WEEK for begin, length in gaps for hour in range(length)]
    assert len(named) == len(set(named))
    assert set(named) == set(range(WEEK)) - {hour for turn in some for hour in turn.hours()}
    assert len(gaps) == 1 or not {(begin + length) % WEEK for begin, length in gaps} & {begin for begin, _long in gaps}
