"""Nothing that was built is ever lost: neither by a restart, nor by a pause, nor by days counted twice."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.milestones import Chapter, count, is_possible, next_mark, reached

TODAY = date(2026, 6, 15)
days = st.dates(date(2020, 1, 1), TODAY)


@st.composite
def chapters(draw, most: int = 6):
    """Chapters that are over, and perhaps one that goes on."""
    found = [Chapter(*sorted(pair)) for pair in draw(st.lists(st.tuples(days, days), max_size=most))]
    return [*found, Chapter(draw(days))] if draw(st.booleans()) else found


def test_nobody_who_does_not_count_is_counted():
    built = count([], TODAY)
    assert (built.days, built.now, built.reached, built.next_mark) == (0, None, (), None)


def test_the_first_day_is_a_day():
    assert count([Chapter(TODAY)], TODAY).days == 1


@given(chapters())
def test_days_are_counted_once_as_by_hand(found):
    by_hand = set()
    for one in found:
        day = one.first
        while day <= (one.last or TODAY):
            by_hand.add(day)
            day += timedelta(days=1)
    assert count(found, TODAY).days == len(by_hand)


@given(chapters(), days)
def test_a_restart_takes_nothing_away(found, again):
    before = count(found, TODAY)
    after = count(
        [one if one.last else Chapter(one.first, max(again - timedelta(days=1), one.first)) for one in found
         if one.last or one.first <= again] + [Chapter(again)],
        TODAY,
    )  # fmt: skip
    gone = [one for one in found if one.last is None and one.first > again]
    if not gone:
        assert after.days >= before.days and set(before.reached) <= set(after.reached)
        assert after.now == (TODAY - again).days + 1


@given(chapters(), st.integers(1, 400))
def test_what_was_built_never_becomes_less_as_days_go_by(found, later):
    before, after = count(found, TODAY), count(found, TODAY + timedelta(days=later))
    assert after.days >= before.days and set(before.reached) <= set(after.reached)


def test_a_day_to_come_counts_not_yet():
    assert count([Chapter(TODAY + timedelta(days=3))], TODAY).days == 0


@pytest.mark.parametrize(
    ("many", "marks", "following"),
    [(0, (), 1), (1, (1,), 7), (29, (1, 7, 14), 30), (365, (1, 7, 14, 30, 60, 90, 180, 270, 365), 730),
     (1100, (1, 7, 14, 30, 60, 90, 180, 270, 365, 730, 1095), 1460)],
)  # fmt: skip
def test_marks(many, marks, following):
    assert reached(many) == marks and next_mark(many) == following


@pytest.mark.parametrize(
    ("first", "last", "possible"),
    [
        (TODAY, None, True), (TODAY + timedelta(days=1), None, False), (TODAY, TODAY, True),
        (TODAY, TODAY - timedelta(days=1), False), (TODAY, TODAY + timedelta(days=1), False),
    ],
)  # fmt: skip
def test_which_chapters_can_be(first, last, possible):
    assert is_possible(first, last, TODAY) is possible
