"""Whole lists from arrays: the proof over all pairs, the same answer in any number of threads, hostile lists."""

import numpy as np
import pytest
from benchmarks.matching.lists import make_list, make_policy

from alongside.rules.matching import proving
from alongside.rules.matching.markets import Answer, make_market
from alongside.rules.matching.scanning import Scan
from alongside.rules.matching.solving import solve, solved
from alongside.rules.matching.table import make_rows, make_table

POLICY = make_policy()
pytestmark = [pytest.mark.xdist_group("compiled"), pytest.mark.usefixtures("warmed")]


def by_scans(people, peers, **more):
    """Solved over few pairs and proven by scans, however short the list is."""
    return solve(people, peers, POLICY, most_pairs=0, **more)


@pytest.mark.parametrize("places_each", [0.6, 0.95, 1.1, 2.0])
@pytest.mark.parametrize("floor", [0, 60_000])
@pytest.mark.parametrize("kept", [2, 8])
def test_few_pairs_and_a_proof_are_as_good_as_all_pairs(places_each, floor, kept, monkeypatch):
    # So few that the first answer is not the best yet, and later looks have to find what it lacks.
    monkeypatch.setattr(proving, "KEPT", kept)
    monkeypatch.setattr(proving, "ADDED", kept)
    looks = 0
    for seed in range(3):
        people, peers = make_list(300, 60, seed=seed, places_each=places_each)
        few, every = by_scans(people, peers, floor=floor), solve(people, peers, POLICY, floor=floor)
        assert few.value == every.value == few.bound == every.bound
        assert np.array_equal(few.possible, every.possible)
        assert len(few.pairs.peer) < len(every.pairs.peer)
        looks += few.work["rounds"] - 1
        assert (np.bincount(few.peer[few.peer >= 0], minlength=60) <= peers.places_free).all()
    assert looks or kept > 2


def test_the_number_of_threads_changes_nothing():
    people, peers = make_list(700, 130, places_each=0.9)
    answers = [by_scans(people, peers, workers=workers) for workers in (1, 2, 5)]
    for other in answers[1:]:
        assert np.array_equal(answers[0].peer, other.peer)


def test_a_bound_that_does_not_hold_is_seen():
    """The bound is computed from prices alone: with other prices it is another one, and never below the best answer."""
    people, peers = make_list(200, 40, places_each=0.9)
    found = solve(people, peers, POLICY)
    market = make_market(people.priority, peers.places_free, peers.capacity, 0)
    match = np.full(200, -1)
    worse = Answer(match, np.zeros(40, dtype=np.int64), found.high, found.low, {})
    assert solved(market, found.pairs, worse, found.possible, True, {}).value < found.value


def everybody_alike(count, column):
    return np.repeat(column[:1], count, axis=0)


def alike(people, rows, lists_):
    count = len(rows.modes)
    made = {name: everybody_alike(count, getattr(people, name)) for name in people._fields if name not in lists_}
    return rows._replace(**made)


LISTS = ("earlier_start", "earlier", "never_start", "never", "has_earlier")


def test_hundred_percent_ties_are_solved_and_even():
    people, peers = make_list(400, 50, seed=2)
    same_people = alike(people, people, LISTS)._replace(
        never_start=np.zeros(401, dtype=np.int64), never=np.zeros(0, dtype=np.int64),
        earlier_start=np.zeros(401, dtype=np.int64), earlier=np.zeros(0, dtype=np.int64),
        has_earlier=np.zeros(400, dtype=bool),
    )  # fmt: skip
    same_peers = alike(peers, peers, ())._replace(
        places_free=np.full(50, 10), capacity=np.full(50, 10), limit_genders=peers.limit_genders * np.uint64(0),
    )  # fmt: skip
    found = by_scans(same_people, same_peers)
    assert found.value == found.bound
    if found.possible.all():
        assert set(np.bincount(found.peer, minlength=50)) == {8}


@pytest.mark.parametrize("free", [0, 1])
def test_no_place_and_one_place(free):
    people, peers = make_list(300, 40, seed=4)
    places = np.zeros(40, dtype=np.int64)
    places[7] = free
    found = by_scans(people, peers._replace(places_free=places))
    assert found.value == found.bound
    assert (found.peer >= 0).sum() == min(free, int(found.possible.any()))


def test_a_scan_keeps_the_best_of_each():
    people, peers = make_list(150, 500, seed=5)
    scan = Scan(people, make_rows(people), make_table(peers), POLICY, 0, 2)
    every = scan.best(np.arange(150), 500).milli
    few = scan.best(np.arange(150), 8).milli
    assert np.abs(np.sort(few, axis=1)[:, ::-1] - np.sort(every, axis=1)[:, ::-1][:, :8]).max() <= 2
