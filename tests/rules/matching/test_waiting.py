"""Medians and comparisons of waits with people still waiting: published figures, and what the mathematics demands."""

import random
from math import sqrt
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.matching.waiting import Median, Wait, chance_of, find_significant, log_rank, median_wait

# E. J. Freireich and others, Blood 21 (1963): weeks of remission with 6-MP (some censored) and with placebo; figures
# as in textbooks, such as D. G. Kleinbaum, "Survival Analysis" (1996), chapter 2 (log-rank chi-squared 16.79).
SIX_MP = [Wait(weeks, True) for weeks in (6, 6, 6, 7, 10, 13, 16, 22, 23)] + [
    Wait(weeks, False) for weeks in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
]
PLACEBO = [Wait(weeks, True) for weeks in (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)]


def test_published_medians_and_their_intervals():
    assert median_wait(SIX_MP) == Median(23, 13, None)
    assert median_wait(PLACEBO) == Median(8, 4, 11)


def test_the_published_comparison():
    longer = log_rank(SIX_MP, PLACEBO)
    assert longer**2 == pytest.approx(16.79, abs=0.005)
    assert longer > 0
    assert log_rank(PLACEBO, SIX_MP) == pytest.approx(-longer)
    assert chance_of(longer) < 0.0001


waits = st.lists(st.builds(Wait, st.integers(0, 40), st.booleans()), max_size=40)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=60))
def test_without_anybody_waiting_it_is_the_usual_median(days):
    found = median_wait([Wait(day, True) for day in days])
    assert found.days == sorted(days)[(len(days) - 1) // 2]
    assert found.low <= found.days <= found.high


@given(waits)
def test_the_interval_holds_the_median(found):
    middle, low, high = median_wait(found)
    assert middle is None or (low is not None and low <= middle and (high is None or middle <= high))
    assert middle is not None or high is None


@given(waits, st.integers(0, 40))
def test_somebody_more_who_still_waits_never_shortens_the_median(found, day):
    before, after = median_wait(found).days, median_wait([*found, Wait(day, False)]).days
    assert after is None or after >= before


@given(waits, waits)
def test_two_groups_are_compared_alike_from_either_side(one, other):
    there, back = log_rank(one, other), log_rank(other, one)
    assert (there is None) == (back is None)
    if there is not None:
        assert there == pytest.approx(-back)


def test_nobody_and_too_few_say_nothing():
    assert median_wait([]) == Median(None, None, None)
    assert log_rank([], SIX_MP) is None
    assert log_rank([Wait(3, True)] * 4, [Wait(3, True)] * 4) is None


def test_the_interval_of_the_median_covers_it_in_nineteen_of_twenty():
    """Exponential waits, a third of them cut off by today: the true median is 20 days."""
    chance, runs, covered = random.Random(5), 400, 0
    for _ in range(runs):
        found = []
        for _ in range(40):
            wait, seen = chance.expovariate(0.6931 / 20), chance.uniform(10, 90)
            found.append(Wait(int(min(wait, seen)), wait <= seen))
        _, low, high = median_wait(found)
        covered += (low is None or low <= 20) and (high is None or high >= 19)
    assert 0.95 - 3 * sqrt(0.95 * 0.05 / runs) <= covered / runs


def test_holm_by_hand():
    chances = {"a": 0.011, "b": 0.02, "c": 0.06, "d": 0.013}
    assert find_significant(chances) == {"a", "d", "b"}
    assert find_significant(chances | {"e": 0.9}) == set()
    assert find_significant({}) == set()


def test_the_middle_of_many():
    chance = random.Random(1)
    days = [chance.randrange(100) for _ in range(999)]
    assert median_wait([Wait(day, True) for day in days]).days == median(days)
