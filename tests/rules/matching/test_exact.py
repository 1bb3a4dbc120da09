"""The exact solver: as good as trying everything, for any guess of prices, with prices that prove it."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.rules.matching.compiled import plain
from alongside.rules.matching.errors import ListTooLarge
from alongside.rules.matching.exact import solve_pairs
from alongside.rules.matching.markets import make_market, make_pairs, worth_now


@st.composite
def instances(draw, most_people=4, most_peers=3):
    people, peers = draw(st.integers(1, most_people)), draw(st.integers(1, most_peers))
    priority = draw(st.lists(st.sampled_from([1, 2, 30, 426, 10**12]), min_size=people, max_size=people))
    capacity = draw(st.lists(st.integers(0, 4), min_size=peers, max_size=peers))
    free = [draw(st.integers(0, most)) for most in capacity]
    # Few different fits make ties common, so that the latest objective decides; some lie at the ends of the range.
    fit = st.sampled_from([0, 1, 50_000, 99_999, 100_000])
    fits = draw(st.dictionaries(st.tuples(st.integers(0, people - 1), st.integers(0, peers - 1)), fit))
    floor = draw(st.sampled_from([0, 0, 1, 50_000, 99_999]))
    return priority, free, capacity, fits, floor


def build(instance):
    priority, free, capacity, fits, floor = instance
    market = make_market(np.array(priority), np.array(free), np.array(capacity), floor)
    pairs = sorted(fits)
    return market, make_pairs(len(priority), [i for i, _ in pairs], [j for _, j in pairs], [fits[p] for p in pairs])


def worth(chosen, market, instance):
    """(priority, matches at the floor, fit, minus load cost), or None where a place is given twice."""
    priority, free, _, fits, floor = instance
    served = [(i, j) for i, j in enumerate(chosen) if j is not None]
    loads = [sum(j == peer for _, j in served) for peer in range(len(free))]
    if any(load > most for load, most in zip(loads, free, strict=True)):
        return None
    cost = sum(
        int(market.place_cost[market.place_start[j] : market.place_start[j] + load].sum())
        for j, load in enumerate(loads)
    )
    at_floor = sum(fits[pair] >= floor for pair in served) if floor else 0
    return sum(priority[i] for i, _ in served), at_floor, sum(fits[pair] for pair in served), -cost


def best_by_trying_all(market, instance):
    priority, free, _, fits, _ = instance
    options = [[None, *(j for j in range(len(free)) if (i, j) in fits)] for i in range(len(priority))]
    tried = (worth(chosen, market, instance) for chosen in product(*options))
    return max(found for found in tried if found is not None)


def check_proof(market, pairs, answer):
    """Prices that no pair and no place contradicts: then no other answer can be worth more."""
    have_high, have_low = worth_now(market, pairs, answer)
    for i in range(len(market.priority)):
        have = (have_high[i], have_low[i])
        assert have >= (0, 0)
        for e in range(pairs.start[i], pairs.start[i + 1]):
            j, milli = pairs.peer[e], int(pairs.milli[e])
            if market.place_start[j] < market.place_start[j + 1]:
                over = int(market.floor > 0 and milli >= market.floor)
                pair = (market.priority[i] + over - answer.high[j], milli * market.scale - answer.low[j])
                assert pair <= have
    for j, load in enumerate(answer.load):
        costs, price = (
            market.place_cost[market.place_start[j] : market.place_start[j + 1]],
            (answer.high[j], answer.low[j]),
        )
        assert load == sum(pairs.peer[e] == j for e in answer.match if e >= 0)
        assert load == len(costs) or price <= (0, costs[load])
        assert load == 0 or price >= (0, costs[load - 1])


@settings(max_examples=150, deadline=None)
@given(instance=instances(), chance=st.randoms(use_true_random=False), guessed=st.booleans())
def test_as_good_as_trying_every_possibility_for_any_guess_of_prices(instance, chance, guessed):
    market, pairs = build(instance)
    prices = None
    if guessed:
        peers = range(len(instance[1]))
        high = [chance.choice([0, 0, chance.randrange(10**6)]) for _ in peers]
        prices = np.array(high), np.array([chance.randrange(10**8) for _ in peers])
    answer = solve_pairs(market, pairs, plain, prices)
    chosen = [None if e < 0 else int(pairs.peer[e]) for e in answer.match]
    assert worth(chosen, market, instance) == best_by_trying_all(market, instance)
    check_proof(market, pairs, answer)


def test_a_floor_is_kept_unless_somebody_would_go_without():
    # One may have 90 points if the other has 5; with a floor of 30 both get 40.
    fits = {(0, 0): 90_000, (0, 1): 40_000, (1, 0): 40_000, (1, 1): 5_000}
    with_floor, without = (([1, 1], [1, 1], [1, 1], fits, floor) for floor in (30_000, 0))
    assert [solve(with_floor), solve(without)] == [[1, 0], [0, 1]]
    only = {(0, 0): 90_000, (1, 1): 5_000}
    assert solve(([1, 1], [1, 1], [1, 1], only, 30_000)) == [0, 1]


def solve(instance):
    market, pairs = build(instance)
    return [int(pairs.peer[e]) for e in solve_pairs(market, pairs, plain).match]


def test_priorities_whose_sums_do_not_fit_are_refused():
    with pytest.raises(ListTooLarge):
        make_market(np.array([2**61]), np.array([1]), np.array([1]), 0)
