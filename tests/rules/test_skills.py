"""The order of units, and what may come next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.skills import CODES, STANDS, Place, move, next_unit, order_units, split_lines

keys = st.sampled_from(CODES)


def test_units_stand_as_they_come_until_somebody_orders_them():
    assert order_units(CODES, {}) == CODES
    places = {"trust": Place(0), "urges": Place(1, is_shown=False)}
    assert order_units(CODES, places)[0] == "trust"
    assert "urges" not in order_units(CODES, places)
    assert len(order_units(CODES, places)) == len(CODES) - 1


@given(st.dictionaries(keys, st.builds(Place, st.integers(0, 20), st.booleans())))
def test_each_unit_is_offered_once_unless_it_is_left_out(places):
    order = order_units(CODES, places)
    assert len({*order}) == len(order)
    assert {*order} == {key for key in CODES if key not in places or places[key].is_shown}
    placed = [places[key].position for key in order if key in places]
    assert placed == sorted(placed)


@given(st.permutations(CODES), keys, st.sampled_from([-1, 0, 1]))
def test_a_move_moves_that_one_alone_by_one_place(order, key, by):
    moved = move(order, key, by)
    assert moved.index(key) == min(max(order.index(key) + by, 0), len(order) - 1)
    assert [one for one in moved if one != key] == [one for one in order if one != key]


def test_an_unknown_unit_is_not_moved():
    with pytest.raises(KeyError):
        move(CODES, "flying", 1)


def test_first_what_is_being_tried_then_what_was_looked_at_then_what_is_new():
    assert next_unit(CODES, {}) == "urges"
    assert next_unit(CODES, {"urges": "mine"}) == "refusing"
    assert next_unit(CODES, {"urges": "mine", "trust": "looking"}) == "trust"
    assert next_unit(CODES, {"trust": "looking", "sleep": "trying"}) == "sleep"
    assert next_unit(CODES, dict.fromkeys(CODES, "mine")) == ""
    assert next_unit((), {"sleep": "trying"}) == ""


@given(st.dictionaries(keys, st.sampled_from(STANDS)))
def test_what_is_part_of_a_life_is_never_pushed(stands):
    found = next_unit(CODES, stands)
    assert stands.get(found) != "mine"
    assert (found == "") == all(stands.get(key) == "mine" for key in CODES)


def test_lines_lose_the_marks_of_lists_and_nothing_else():
    assert split_lines("- one\n\n  • two words \n* three\nfour - five\n") == (
        "one",
        "two words",
        "three",
        "four - five",
    )
