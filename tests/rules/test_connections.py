"""Where each tie is drawn, what is counted, the next step, and how it was at a moment."""

from datetime import UTC, datetime, timedelta
from itertools import combinations
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.connections import (
    KINDS,
    MOST,
    RADIUS,
    RINGS,
    SIZE,
    STEPS,
    SUPPORTS,
    Tie,
    Turn,
    count,
    find_lines,
    place,
    suggest,
    ties_at,
)

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


def make(number: int, kind: str = "person", ring: str = "close", support: str = "yes") -> Tie:
    return Tie(str(number), kind, ring, support)


drawn = st.lists(
    st.builds(Tie, st.just(""), st.sampled_from(KINDS), st.sampled_from(RINGS), st.sampled_from(SUPPORTS)), max_size=60
).map(lambda ties: [Tie(str(number), tie.kind, tie.ring, tie.support) for number, tie in enumerate(ties)])


@given(drawn)
def test_each_stands_once_on_its_own_ring_inside_the_picture(ties):
    spots = {spot.key: spot for spot in place(ties)}
    assert len(spots) == len(ties) and sorted(spot.number for spot in spots.values()) == [*range(1, len(ties) + 1)]
    for tie in ties:
        spot = spots[tie.key]
        radius = hypot(spot.x - SIZE / 2, spot.y - SIZE / 2)
        assert min(abs(radius - line) for line in find_lines(ties)[tie.ring]) < 0.2
        assert 10 < spot.x < SIZE - 10 and 10 < spot.y < SIZE - 10
    assert len({(spot.x, spot.y) for spot in spots.values()}) == len(ties), "no two on one spot"


def spread(close: int, around: int, far: int) -> list[Tie]:
    rings = ["close"] * close + ["around"] * around + ["far"] * far
    return [make(number, ring=ring) for number, ring in enumerate(rings)]


def nearest(ties) -> float:
    spots = place(ties)
    return min(hypot(one.x - other.x, one.y - other.y) for one, other in combinations(spots, 2))


@pytest.mark.parametrize(
    "counts", [(20, 0, 0), (20, 20, 20), (60, 0, 0), (0, 60, 0), (0, 0, 60), (37, 0, 23), (6, 16, 38), (1, 59, 0),
               (14, 25, 21), (15, 25, 20)],
)  # fmt: skip
def test_no_two_marks_overlap_however_many_there_are(counts):
    assert nearest(spread(*counts)) >= 24


@given(st.integers(0, MOST), st.integers(0, MOST))
def test_no_two_marks_overlap_on_any_rings(one, other):
    close, until = sorted((one, other))
    ties = spread(close, until - close, MOST - until)
    assert nearest(ties) >= 24
    lines = find_lines(ties)
    assert max(lines["close"]) < min(lines["around"]) and max(lines["around"]) < min(lines["far"])


def test_a_few_lie_on_the_three_rings():
    assert find_lines(spread(3, 5, 4)) == {ring: (RADIUS[ring],) for ring in RINGS}


@given(drawn)
def test_a_suggestion_is_always_one_of_ours_and_never_depends_on_the_order(ties):
    assert suggest(ties) in STEPS
    assert suggest(ties) == suggest(ties[::-1])
    assert (suggest(ties) == "begin") == (not ties)


def test_what_is_missing_most_comes_first():
    one = [make(1)]
    assert suggest([make(1, support="no")]) == "somebody"
    assert suggest([make(1, ring="far")]) == "nearer"
    assert suggest(one) == "second"
    two = [*one, make(2)]
    assert suggest(two) == "group"
    assert suggest([*two, make(3, "group", "around")]) == "place"
    whole = [*two, make(3, "group", "around"), make(4, "place", "far")]
    assert suggest(whole) == "keep"
    assert suggest([*whole, make(5, support="no")]) == "beside"
    assert suggest([*whole, make(5, ring="far", support="no")]) == "keep"


def test_support_now_and_then_is_support_and_not_knowing_is_none():
    counted = count([make(1), make(2, support="sometimes"), make(3, "group", support="unsure"), make(4, "place")])
    assert (counted.all_of_them, counted.people, counted.groups, counted.places) == (4, 2, 0, 1)
    assert counted.supporting == 3


def test_the_history_alone_says_how_it_was():
    day = timedelta(days=1)
    turns = [
        Turn("a", NOW - 9 * day, "person", "far", "unsure"),
        Turn("b", NOW - 8 * day, "group", "around", "yes"),
        Turn("a", NOW - 4 * day, "person", "close", "yes"),
        Turn("b", NOW - 2 * day, "group", "", ""),
    ]
    assert ties_at(turns, NOW - 10 * day) == ()
    assert ties_at(turns, NOW - 8 * day) == (Tie("a", "person", "far", "unsure"), Tie("b", "group", "around", "yes"))
    assert ties_at(turns, NOW - 3 * day)[0] == Tie("a", "person", "close", "yes")
    assert ties_at(turns, NOW) == (Tie("a", "person", "close", "yes"),)
