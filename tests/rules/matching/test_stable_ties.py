"""Ties on both sides: weakly stable, and never below two thirds of the largest, tried on thousands of small lists.

`python -m tests.rules.matching.test_stable_ties 100000` tries more, and lists of another shape.
"""

import random
import sys
from collections import Counter

from benchmarks.matching_stable import make_lists
from hypothesis import given, settings
from tests.rules.matching.ranked import Printed, draw_printed, printed

from alongside.rules.matching.ranked_lists import RankedLists
from alongside.rules.matching.stable import count_blocking_pairs, match_by_participants
from alongside.rules.matching.stable_ties import match_with_ties


def served(matching):
    return sum(j is not None for j in matching)


def check(instance):
    """(size found, largest size of a weakly stable matching)."""
    found = match_with_ties(instance.lists)
    assert instance.is_matching(found)
    assert instance.blocking(found) == []
    largest = max(served(one) for one in instance.all_stable())
    assert 3 * served(found) >= 2 * largest, instance
    return served(found), largest


def test_two_thirds_of_the_largest_in_small_lists_of_many_shapes():
    chance = random.Random(2026)
    found = Counter()
    for number in range(1200):
        shape = {"tie": chance.choice((0.3, 0.6, 0.9)), "left_out": chance.choice((0.2, 0.5))}
        size, largest = check(draw_printed(chance, 5, 4, most_places=1 + number % 2, **shape))
        found[largest - size] += 1
    assert found[0] > 1000  # and mostly the largest itself


@settings(max_examples=300, deadline=None)
@given(printed(tie=0.7))
def test_weakly_stable_and_large(instance):
    check(instance)


@settings(max_examples=200, deadline=None)
@given(printed(tie=0))
def test_strict_lists_give_the_participants_best(instance):
    assert match_with_ties(instance.lists) == match_by_participants(instance.lists)


def test_a_tie_of_the_participant_is_used_where_deferred_acceptance_loses_one():
    """Both like both peers; deferred acceptance takes the first for the first, and the second has only the first."""
    instance = Printed([[(0, 1)], [0]], [[(0, 1)], [0]], [1, 1])
    assert served(match_by_participants(instance.lists)) == 1
    assert match_with_ties(instance.lists) == [1, 0]


def test_a_tie_of_the_peer_goes_to_who_has_nobody_else():
    """Peer 0 likes both alike; participant 0 could also have peer 1."""
    instance = Printed([[0, 1], [0]], [[(0, 1)], [0]], [1, 1])
    assert match_by_participants(instance.lists) == [0, None]
    assert match_with_ties(instance.lists) == [1, 0]


def test_a_place_is_given_over_by_who_can_have_another():
    """Participant 0 sits at peer 0 and is as glad of peer 1: whoever asks peer 0 gets the place, even if liked less."""
    instance = Printed([[(0, 1)], [0], [1]], [[0, 1], [2, 0]], [1, 2])
    assert match_with_ties(instance.lists) == [1, 0, 1]


def test_hundred_percent_ties_serve_as_many_as_there_are_places():
    lists = RankedLists.from_lists([[tuple(range(4))]] * 9, [[tuple(range(9))]] * 4, [3, 2, 1, 0])
    found = match_with_ties(lists)
    assert [found.count(j) for j in range(4)] == [3, 2, 1, 0]


def test_large_lists_with_many_ties_are_weakly_stable_and_serve_more():
    lists = make_lists(4_000, 500, 8, ranks=3, seed=5)
    found = match_with_ties(lists)
    assert count_blocking_pairs(lists, found) == 0
    assert served(found) >= served(match_by_participants(lists))


def main():
    chance, found = random.Random(7), Counter()
    for number in range(int(sys.argv[1])):
        shape = {"tie": chance.random(), "left_out": chance.choice((0.2, 0.5, 0.7)), "most_places": 1 + number % 3}
        size, largest = check(draw_printed(chance, 6, 5 if number % 10 == 0 else 4, **shape))
        found[largest - size] += 1
    print("how many fewer than the largest, and how often:", dict(found))


if __name__ == "__main__":
    main()
