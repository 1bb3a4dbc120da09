"""The flow finds the best of all possibilities in all three objectives, and refuses what it could not hold exactly."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.matching import by_flow

from alongside.rules.matching.errors import ListTooLarge
from alongside.rules.matching.solver import Edge, Places, assign, place_costs


def objective(chosen, priorities, peers, fits):
    """(priority served, fit, minus load cost), or None where a place is given twice."""
    loads = [chosen.count(j) for j in range(len(peers))]
    if any(load > places.free for load, places in zip(loads, peers, strict=True)):
        return None
    served = [(i, j) for i, j in enumerate(chosen) if j is not None]
    load_cost = sum(sum(place_costs(places, load)) for load, places in zip(loads, peers, strict=True))
    return sum(priorities[i] for i, _ in served), sum(fits[pair] for pair in served), -load_cost


def best_by_trying_all(priorities, peers, fits):
    options = [[None, *(j for j in range(len(peers)) if (i, j) in fits)] for i in range(len(priorities))]
    tried = (objective(list(chosen), priorities, peers, fits) for chosen in product(*options))
    return max(found for found in tried if found is not None)


@st.composite
def instances(draw):
    people, peer_count = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    priorities = draw(st.lists(st.integers(1, 426), min_size=people, max_size=people))
    capacities = draw(st.lists(st.integers(0, 4), min_size=peer_count, max_size=peer_count))
    peers = [Places(draw(st.integers(0, capacity)), capacity) for capacity in capacities]
    # Few different fits make ties common, so that the third objective decides; some lie at the ends of the range.
    fit = st.sampled_from([0, 1, 50_000, 99_999, 100_000])
    fits = draw(st.dictionaries(st.tuples(st.integers(0, people - 1), st.integers(0, peer_count - 1)), fit))
    return priorities, peers, fits


@settings(max_examples=500, deadline=None)
@given(instances())
def test_as_good_as_trying_every_possibility(instance):
    priorities, peers, fits = instance
    chosen = assign(priorities, peers, [Edge(i, j, milli) for (i, j), milli in sorted(fits.items())])
    assert all(j is None or (i, j) in fits for i, j in enumerate(chosen))
    assert objective(chosen, priorities, peers, fits) == best_by_trying_all(priorities, peers, fits)


@settings(max_examples=200, deadline=None)
@given(instances())
def test_priority_never_costs_a_place(instance):
    """Whom one can serve together is a matroid: the most urgent choice serves as many as the most any choice can."""
    priorities, peers, fits = instance
    edges = [Edge(i, j, milli) for (i, j), milli in sorted(fits.items())]
    served = sum(j is not None for j in assign(priorities, peers, edges))
    alike = sum(j is not None for j in assign([1] * len(priorities), peers, edges))
    assert served == alike


def test_serving_one_more_beats_any_fit():
    # Person 0 fits peer 0 perfectly and peer 1 not at all; person 1 can only have peer 0.
    edges = [Edge(0, 0, 100_000), Edge(0, 1, 0), Edge(1, 0, 0)]
    assert assign([1, 1], [Places(1, 1), Places(1, 1)], edges) == [1, 0]


def test_the_longest_wait_gets_the_only_place():
    assert assign([5, 6, 5], [Places(1, 1)], [Edge(i, 0, 100_000 - i) for i in range(3)]) == [None, 0, None]


def test_the_smallest_gain_in_fit_beats_even_loads():
    edges = [Edge(0, 0, 50_001), Edge(1, 0, 50_001), Edge(0, 1, 50_000), Edge(1, 1, 50_000)]
    assert assign([1, 1], [Places(2, 60), Places(2, 60)], edges) == [0, 0]


def test_equal_fit_gives_even_loads_for_each_capacity():
    everyone = [Edge(i, j, 50_000) for i in range(9) for j in range(2)]
    chosen = assign([1] * 9, [Places(6, 6), Places(3, 3)], everyone[: 6 * 2])
    assert (chosen.count(0), chosen.count(1)) == (4, 2)


def test_places_already_taken_count_as_load():
    everyone = [Edge(i, j, 50_000) for i in range(2) for j in range(2)]
    assert assign([1, 1], [Places(2, 6), Places(2, 2)], everyone) == [1, 1]


def test_costs_of_places_never_fall():
    for capacity in range(1, 61):
        costs = place_costs(Places(capacity, capacity), capacity)
        assert costs == sorted(costs)
        assert 0 < costs[-1] < 2000


def test_a_list_too_large_for_an_exact_answer_is_refused():
    assert assign([10**15, 1], [Places(1, 1)], [Edge(0, 0, 1)]) == [0, None]
    with pytest.raises(ListTooLarge):
        assign([10**18, 1], [Places(1, 1)], [Edge(0, 0, 1)])
    with pytest.raises(ListTooLarge):
        assign([10**30, 1], [Places(1, 1)], [Edge(0, 0, 1)])


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_another_solver_by_another_formulation_finds_nothing_better(data):
    people, peer_count = data.draw(st.integers(10, 40)), data.draw(st.integers(2, 10))
    chance = data.draw(st.randoms(use_true_random=False))
    priorities = [chance.choice([1, 1, 5, 31, 426]) for _ in range(people)]
    peers = [Places(chance.randrange(0, 6), chance.randrange(6, 9)) for _ in range(peer_count)]
    likely = chance.choice([0.1, 0.5, 1.0])
    fits = {
        (i, j): chance.choice([0, 50_000, chance.randrange(100_001)])
        for i in range(people) for j in range(peer_count) if chance.random() < likely
    }  # fmt: skip
    edges = [Edge(i, j, milli) for (i, j), milli in fits.items()]
    found = (objective(solve(priorities, peers, edges), priorities, peers, fits) for solve in (assign, by_flow.assign))
    assert len(set(found)) == 1


def assignment_by_cost(costs):
    """Least cost of a full assignment, by the door of this module: the fit is the greatest cost less the cost."""
    most = max(map(max, costs))
    edges = [Edge(i, j, most - cost) for i, row in enumerate(costs) for j, cost in enumerate(row)]
    chosen = assign([1] * len(costs), [Places(1, 1)] * len(costs[0]), edges)
    assert len(set(chosen)) == len(costs)
    return sum(costs[i][j] for i, j in enumerate(chosen))


def test_published_instances_with_a_known_least_cost():
    # The matrices c[i][j] = i * j of Machol and Wien (A hard assignment problem, Operations Research 24, 1976): hard
    # for
    # the Hungarian method, and their least cost is known, rising rows against falling columns.
    assert assignment_by_cost([[1, 2, 3], [2, 4, 6], [3, 6, 9]]) == 10
    n = 60
    machol_wien = [[i * j for j in range(1, n + 1)] for i in range(1, n + 1)]
    assert assignment_by_cost(machol_wien) == sum(i * (n + 1 - i) for i in range(1, n + 1))


def test_ten_thousand_by_a_thousand_still_fits():
    """The scales hold for the sizes a statewide program has, at the greatest priority."""
    priorities = [426] * 10_000
    chosen = assign(priorities, [Places(10, 10)] * 1000, [Edge(i, i % 1000, 100_000) for i in range(10_000)])
    assert chosen == [i % 1000 for i in range(10_000)]
