"""Minutes to 15-minute units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.units import ROUNDINGS, units_from_minutes, units_of_day


@pytest.mark.parametrize(("minutes", "floor", "midpoint"), [
    (0, 0, 0), (7, 0, 0), (8, 0, 1), (14, 0, 1), (15, 1, 1), (22, 1, 1), (23, 1, 2), (37, 2, 2), (38, 2, 3), (60, 4, 4),
])  # fmt: skip
def test_units_of_one_stretch(minutes: int, floor: int, midpoint: int):
    assert units_from_minutes(minutes, rounding="floor") == floor
    assert units_from_minutes(minutes, rounding="midpoint") == midpoint


def test_a_day_is_added_before_it_is_rounded():
    assert units_of_day([7, 7, 7], rounding="floor") == 1
    assert units_of_day([7, 7, 7, 2], rounding="midpoint") == 2


@given(st.lists(st.integers(0, 200)), st.sampled_from(ROUNDINGS))
def test_units_never_claim_more_than_half_a_unit_too_much(stretches: list[int], rounding: str):
    total, units = sum(stretches), units_of_day(stretches, rounding=rounding)
    assert -15 < units * 15 - total <= (7 if rounding == "midpoint" else 0)


def test_what_makes_no_sense_is_refused():
    with pytest.raises(ValueError):
        units_from_minutes(-1, rounding="floor")
    with pytest.raises(ValueError):
        units_of_day([30, -1], rounding="floor")
    with pytest.raises(ValueError):
        units_from_minutes(15, rounding="up")
