"""From what people said to lists of both sides: who is on them, in which order, and what counts as alike."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from tests.rules.matching.people import dante, like, lists, must, rosa

from alongside.rules.matching import DEFAULT_POLICY, check_pair, score_pair
from alongside.rules.matching.rankings import Said, rank_both_sides
from alongside.rules.matching.stable import list_blocking_pairs
from alongside.rules.matching.stable_ties import match_with_ties


def rows(found):
    """(participant, peer) to (rank, peer rank)."""
    columns = (found.participant, found.peer, found.rank, found.peer_rank)
    return {(i, j): (own, other) for i, j, own, other in zip(*(column.tolist() for column in columns), strict=True)}


@settings(max_examples=30, deadline=None)
@given(lists())
def test_on_the_list_is_whom_no_constraint_but_a_place_forbids(people):
    waiting, serving, exclusions = people
    found = rows(rank_both_sides(waiting, serving, DEFAULT_POLICY, exclusions))
    with_place = [replace(peer, places_free=1, capacity=1) for peer in serving]
    expected = {
        (i, j)
        for i, seeker in enumerate(waiting)
        for j, peer in enumerate(with_place)
        if not check_pair(seeker, peer, DEFAULT_POLICY, exclusions)
    }
    assert found.keys() == expected


@settings(max_examples=30, deadline=None)
@given(lists())
def test_a_better_fit_is_never_ranked_below_and_the_matching_is_stable(people):
    waiting, serving, exclusions = people
    lists_ = rank_both_sides(waiting, serving, DEFAULT_POLICY, exclusions, band_milli=1)
    found = rows(lists_)
    milli = {(i, j): score_pair(waiting[i], serving[j], DEFAULT_POLICY).milli for i, j in found}
    for (i, j), (rank, _) in found.items():
        for (k, other), (other_rank, _) in found.items():
            assert k != i or (milli[i, j] > milli[i, other]) == (rank < other_rank)
    assert list_blocking_pairs(lists_, match_with_ties(lists_)) == []


def test_what_was_said_comes_first_and_in_that_order():
    waiting, serving = [rosa(), rosa(id="ana")], [dante(id=f"p{j}", age=34 + 10 * j) for j in range(3)]
    said = Said(by_participants={"rosa": ["p2", "nobody", "p1", "p2"]}, by_peers={"p0": ["ana"]})
    found = rows(rank_both_sides(waiting, serving, DEFAULT_POLICY, said=said))
    ranks = [found[0, j][0] for j in range(3)]
    assert sorted(range(3), key=ranks.__getitem__) == [2, 1, 0]
    assert found[1, 0][1] < found[0, 0][1]
    assert found[1, 1][1] == found[0, 1][1]


def test_a_wish_counts_for_who_wishes_and_not_for_the_peer():
    waiting = [rosa(id="ana"), rosa(id="zoe", preferences=(like("gender", "woman"),))]
    (ana, ana_there), (zoe, zoe_there) = rows(rank_both_sides(waiting, [dante()], DEFAULT_POLICY)).values()
    assert zoe > ana
    assert zoe_there == ana_there


def test_fits_of_one_band_are_liked_alike():
    serving = [dante(age=34), dante(id="near", age=35), dante(id="far", age=64)]
    alike = rows(rank_both_sides([rosa()], serving, DEFAULT_POLICY))
    assert alike[0, 0][0] == alike[0, 1][0] < alike[0, 2][0]
    exact = rows(rank_both_sides([rosa()], serving, DEFAULT_POLICY, band_milli=1))
    assert exact[0, 0][0] < exact[0, 1][0] < exact[0, 2][0]


def test_a_must_keeps_somebody_off_the_list():
    found = rank_both_sides([rosa(preferences=(must("gender", "woman"),))], [dante()], DEFAULT_POLICY)
    assert rows(found) == {}


def test_a_band_of_nothing_is_refused():
    with pytest.raises(ValueError):
        rank_both_sides([], [], DEFAULT_POLICY, band_milli=0)
