"""A week of hours as 42 digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.availability import (
    HOURS_IN_WEEK,
    NEVER,
    hours_from_parts,
    overlap_hours,
    parts_from_hours,
    to_bits,
    to_hex,
)
from alongside.rules.vocabulary import DAY_PARTS, DAYS

PARTS = [f"{day}_{part}" for day in DAYS for part in DAY_PARTS]
weeks = st.integers(0, (1 << HOURS_IN_WEEK) - 1).map(to_hex)


def test_monday_morning_is_four_hours_from_eight():
    assert to_bits(hours_from_parts(["mon_morning"])) == 0b1111 << 8
    assert overlap_hours(hours_from_parts(["mon_morning"]), hours_from_parts(["mon_morning", "sun_night"])) == 4


def test_the_last_hour_of_sunday_is_the_last_bit():
    assert to_bits(hours_from_parts(["sun_night"])).bit_length() == HOURS_IN_WEEK


def test_no_hours_overlap_with_nothing_and_an_empty_string_is_none():
    assert hours_from_parts([]) == NEVER
    assert overlap_hours("", hours_from_parts(PARTS)) == 0


@given(st.sets(st.sampled_from(PARTS)))
def test_parts_come_back_in_week_order(parts: set[str]):
    assert parts_from_hours(hours_from_parts(parts)) == [part for part in PARTS if part in parts]


@given(weeks)
def test_the_stored_form_is_always_42_digits_and_comes_back(week: str):
    assert len(week) == 42
    assert to_hex(to_bits(week)) == week


@given(weeks, weeks)
def test_overlap_is_mutual_and_never_more_than_either(one: str, other: str):
    both = overlap_hours(one, other)
    assert both == overlap_hours(other, one)
    assert 0 <= both <= min(overlap_hours(one, one), overlap_hours(other, other))


@given(weeks)
def test_a_part_is_told_only_when_every_hour_of_it_is_free(week: str):
    kept = hours_from_parts(parts_from_hours(week))
    assert to_bits(kept) & ~to_bits(week) == 0


@pytest.mark.parametrize("bits", [-1, 1 << HOURS_IN_WEEK])
def test_hours_outside_the_week_are_refused(bits: int):
    with pytest.raises(ValueError):
        to_hex(bits)


@pytest.mark.parametrize("part", ["mon_noon", "someday_morning", "morning"])
def test_an_unknown_part_is_refused(part: str):
    with pytest.raises((KeyError, ValueError)):
        hours_from_parts([part])
