"""Deferred acceptance: stable, best for the side that asks, and as published; blocking pairs by their definition."""

import random
from time import process_time

import pytest
from benchmarks.matching_stable import make_lists
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.matching.ranked import Printed, draw_printed, printed

from alongside.rules.matching.ranked_lists import RankedLists, RankedPair
from alongside.rules.matching.stable import (
    NotAMatching,
    count_blocking_pairs,
    list_blocking_pairs,
    match_by_participants,
    match_by_peers,
)


def from_one(lists):
    return [[k - 1 for k in each] for each in lists]


# D. Gale and L. S. Shapley (1962), example 1: three stable matchings, each man's and each woman's wishes in a circle.
GALE_SHAPLEY_1 = Printed([[0, 1, 2], [1, 2, 0], [2, 0, 1]], [[1, 2, 0], [2, 0, 1], [0, 1, 2]], [1, 1, 1])
# The same, example 2: only one is stable.
GALE_SHAPLEY_2 = Printed(
    [[0, 1, 2, 3], [0, 3, 2, 1], [1, 0, 2, 3], [3, 1, 2, 0]],
    [[3, 2, 0, 1], [1, 3, 0, 2], [3, 0, 1, 2], [2, 1, 0, 3]],
    [1, 1, 1, 1],
)
# R. W. Irving, P. Leather and D. Gusfield, "An efficient algorithm for the optimal stable marriage", J. ACM 34 (1987):
# eight and eight, 23 stable matchings.
IRVING_LEATHER_GUSFIELD = Printed(
    from_one([
        [3, 1, 5, 7, 4, 2, 8, 6], [6, 1, 3, 4, 8, 7, 5, 2], [7, 4, 3, 6, 5, 1, 2, 8], [5, 3, 8, 2, 6, 1, 4, 7],
        [4, 1, 2, 8, 7, 3, 6, 5], [6, 2, 5, 7, 8, 4, 3, 1], [7, 8, 1, 6, 2, 3, 4, 5], [2, 6, 7, 1, 8, 3, 4, 5],
    ]),
    from_one([
        [4, 3, 8, 1, 2, 5, 7, 6], [3, 7, 5, 8, 6, 4, 1, 2], [7, 5, 8, 3, 6, 2, 1, 4], [6, 4, 2, 7, 3, 1, 5, 8],
        [8, 7, 1, 5, 6, 4, 3, 2], [5, 4, 7, 6, 2, 8, 3, 1], [1, 4, 5, 6, 2, 8, 3, 7], [2, 5, 4, 3, 7, 8, 1, 6],
    ]),
    [1] * 8,
)  # fmt: skip


def all_stable_marriages(instance):
    """Every stable matching of a complete one-to-one instance, with an early end: 8! is too many to look at whole."""
    count, found = len(instance.participants), []

    def go_on(chosen):
        i = len(chosen)
        if i == count:
            found.append(list(chosen))
            return
        for j in set(range(count)) - set(chosen):
            trial = [*chosen, j]
            clash = any(
                (instance.own[a][trial[b]] < instance.own[a][trial[a]]
                 and instance.other[trial[b]][a] < instance.other[trial[b]][b])
                for a in range(i + 1) for b in range(i + 1) if a != b and i in (a, b)
            )  # fmt: skip
            if not clash:
                go_on(trial)

    go_on([])
    return found


@settings(max_examples=300, deadline=None)
@given(printed(tie=0))
def test_stable_and_best_for_the_side_that_asks(instance):
    stable = instance.all_stable()
    by_participants, by_peers = match_by_participants(instance.lists), match_by_peers(instance.lists)
    assert by_participants in stable
    assert by_peers in stable
    for i, wanted in enumerate(instance.own):
        best = min((wanted[found[i]] for found in stable if found[i] is not None), default=None)
        worst = max((wanted[found[i]] for found in stable if found[i] is not None), default=None)
        assert best == (None if by_participants[i] is None else wanted[by_participants[i]])
        assert worst == (None if by_peers[i] is None else wanted[by_peers[i]])


@settings(max_examples=200, deadline=None)
@given(printed(tie=0))
def test_rural_hospitals(instance):
    """Every stable matching serves the same people and fills each peer alike; who is not full has the same people."""
    stable = instance.all_stable()
    assert len({tuple(j is None for j in found) for found in stable}) == 1
    for j, places in enumerate(instance.places):
        there = {tuple(i for i, peer in enumerate(found) if peer == j) for found in stable}
        assert len({len(people) for people in there}) == 1
        if len(next(iter(there))) < places:
            assert len(there) == 1


@settings(max_examples=300, deadline=None)
@given(printed(tie=0.5), st.randoms(use_true_random=True))
def test_blocking_pairs_of_any_matching_by_definition(instance, chance):
    found, left = [], list(instance.places)
    for wanted in instance.own:
        j = chance.choice([None, *(j for j in wanted if left[j])])
        left[j or 0] -= j is not None
        found.append(j)
    assert list_blocking_pairs(instance.lists, found) == instance.blocking(found)
    assert count_blocking_pairs(instance.lists, found) == len(instance.blocking(found))


@settings(max_examples=200, deadline=None)
@given(printed(tie=0.5))
def test_with_ties_still_weakly_stable(instance):
    for found in (match_by_participants(instance.lists), match_by_peers(instance.lists)):
        assert instance.is_matching(found)
        assert instance.blocking(found) == []


@pytest.mark.parametrize(
    ("instance", "stable", "by_participants", "by_peers"),
    [
        (GALE_SHAPLEY_1, 3, [0, 1, 2], [2, 0, 1]),
        (GALE_SHAPLEY_2, 1, [2, 3, 0, 1], [2, 3, 0, 1]),
        (IRVING_LEATHER_GUSFIELD, 23, [2, 0, 6, 4, 3, 5, 7, 1], None),
    ],
)
def test_published_marriages(instance, stable, by_participants, by_peers):
    found = all_stable_marriages(instance)
    assert len(found) == stable
    assert match_by_participants(instance.lists) == by_participants
    assert match_by_peers(instance.lists) in found
    if by_peers:
        assert match_by_peers(instance.lists) == by_peers
    best = [min(one[i] for one in ([instance.own[i][f[i]] for i in range(len(f))] for f in found))
            for i in range(len(instance.own))]  # fmt: skip
    assert best == [instance.own[i][j] for i, j in enumerate(match_by_participants(instance.lists))]


ANDERSON, CHEN, FORD, DAVIS, EASTMAN = range(5)
MERCY, CITY, GENERAL = range(3)


def test_the_example_of_the_national_resident_matching_program():
    """NRMP, "Run a Match" (nrmp.org, 2014): five applicants, three programs of two positions each."""
    nrmp = Printed(
        [[CITY], [CITY, MERCY], [CITY, GENERAL, MERCY], [MERCY, CITY, GENERAL], [CITY, MERCY, GENERAL]],
        [[CHEN, FORD], [EASTMAN, ANDERSON, CHEN, DAVIS, FORD], [EASTMAN, ANDERSON, FORD, DAVIS]],
        [2, 2, 2],
    )
    assert match_by_participants(nrmp.lists) == [CITY, MERCY, GENERAL, GENERAL, CITY]
    assert nrmp.all_stable() == [[CITY, MERCY, GENERAL, GENERAL, CITY]]


def test_the_example_of_the_matching_library():
    """`matching` 1.4, discussion of hospital-resident: Arthur, Sunny, Joseph, Latha, Darrius."""
    example = Printed(
        [[CITY], [CITY, MERCY], [CITY, MERCY, GENERAL], [MERCY, CITY, GENERAL], [CITY, GENERAL, MERCY]],
        [[2, 3, 1, 4], [2, 0, 1, 3, 4], [2, 4, 3]],
        [2, 2, 2],
    )
    assert match_by_participants(example.lists) == [CITY, MERCY, CITY, MERCY, GENERAL]
    assert match_by_peers(example.lists) == [CITY, MERCY, CITY, MERCY, GENERAL]


def test_pairs_count_only_where_both_list_each_other():
    lists = RankedLists.from_lists([[0, 1], [0]], [[1], [0]], [1, 1])
    assert (lists.participant.tolist(), lists.peer.tolist()) == ([0, 1], [1, 0])
    assert match_by_participants(lists) == [1, 0]


def test_nobody_and_no_places():
    assert match_by_participants(RankedLists.from_lists([], [], [])) == []
    empty = RankedLists.from_lists([[0]], [[0]], [0])
    assert match_by_participants(empty) == match_by_peers(empty) == [None]
    assert list_blocking_pairs(empty, [None]) == []


@pytest.mark.parametrize(
    "pairs", [[RankedPair(0, 0, 1, 1), RankedPair(0, 0, 2, 1)], [RankedPair(1, 0, 1, 1)], [RankedPair(0, 0, -1, 1)]]
)
def test_broken_lists_are_refused(pairs):
    with pytest.raises(ValueError):
        RankedLists.from_pairs(1, [1], pairs)


@pytest.mark.parametrize("lists", [([[0, 0]], [[0]], [1]), ([[0]], [[0]], [1, 1]), ([[0]], [[0]], [-1])])
def test_broken_printed_lists_are_refused(lists):
    with pytest.raises(ValueError):
        RankedLists.from_lists(*lists)


@pytest.mark.parametrize("matching", [[0, 0], [None, 1], [0]])
def test_what_is_no_matching_is_refused(matching):
    lists = RankedLists.from_lists([[0], [0]], [[0, 1], []], [1, 1])
    with pytest.raises(NotAMatching):
        list_blocking_pairs(lists, matching)


def test_ties_are_known():
    chance = random.Random(3)
    found = {draw_printed(chance, tie=0).lists.has_ties for _ in range(50)}
    assert found == {False}
    assert RankedLists.from_lists([[(0, 1)]], [[0], [0]], [1, 1]).has_ties
    assert RankedLists.from_lists([[0], [0]], [[(0, 1)]], [1]).has_ties


def test_ten_thousand_by_a_thousand_in_moments():
    lists = make_lists(10_000, 1_000, 50, ranks=None, seed=1)
    start = process_time()
    found = match_by_participants(lists)
    assert count_blocking_pairs(lists, found) == 0
    assert process_time() - start < 5
