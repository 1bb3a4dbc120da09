"""Whole lists: optimal against trying everything, clean by the checker, the same in any order, sound when hostile."""

import random
from itertools import product
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.matching.people import dante, lists, rosa

from alongside.rules.availability import NEVER
from alongside.rules.matching import DEFAULT_POLICY, DuplicateIds, check_pair, propose, score_pair, shortlist
from alongside.rules.matching.checker import check_result
from alongside.rules.matching.engine import priority
from alongside.rules.matching.solver import Places, place_costs


def objective(pairs, waiting, serving):
    by_id = {person.id: person for person in (*waiting, *serving)}
    loads = {peer.id: sum(peer_id == peer.id for _, peer_id in pairs) for peer in serving}
    if any(loads[peer.id] > peer.places_free for peer in serving):
        return None
    return (
        sum(priority(by_id[seeker_id], DEFAULT_POLICY) for seeker_id, _ in pairs),
        sum(score_pair(by_id[seeker_id], by_id[peer_id], DEFAULT_POLICY).milli for seeker_id, peer_id in pairs),
        -sum(sum(place_costs(Places(peer.places_free, peer.capacity), loads[peer.id])) for peer in serving),
    )


@settings(max_examples=300, deadline=None)
@given(lists(4, 3))
def test_no_other_answer_is_better(people):
    waiting, serving, exclusions = people
    result = propose(waiting, serving, DEFAULT_POLICY, exclusions)
    options = [
        [None, *((s.id, p.id) for p in serving if not check_pair(s, p, DEFAULT_POLICY, exclusions))] for s in waiting
    ]
    tried = (objective([pair for pair in chosen if pair], waiting, serving) for chosen in product(*options))
    found = objective([(a.seeker_id, a.peer_id) for a in result.assignments], waiting, serving)
    assert found == max(answer for answer in tried if answer is not None)


@settings(max_examples=300, deadline=None)
@given(lists(), st.integers(1, 4))
def test_the_checker_finds_nothing(people, k):
    waiting, serving, exclusions = people
    result = propose(waiting, serving, DEFAULT_POLICY, exclusions, k)
    assert check_result(result, waiting, serving, DEFAULT_POLICY, exclusions, k) == []


@settings(max_examples=100, deadline=None)
@given(lists(), st.randoms(use_true_random=False))
def test_the_order_of_the_lists_changes_nothing(people, chance):
    waiting, serving, exclusions = people
    shuffled_waiting, shuffled_serving = list(waiting), list(serving)
    chance.shuffle(shuffled_waiting)
    chance.shuffle(shuffled_serving)
    assert propose(waiting, serving, DEFAULT_POLICY, exclusions) == propose(
        shuffled_waiting, shuffled_serving, DEFAULT_POLICY, exclusions
    )


@settings(max_examples=100, deadline=None)
@given(lists(1, 3))
def test_a_shortlist_for_one_agrees_with_the_whole_list(people):
    waiting, serving, exclusions = people
    for seeker in waiting:
        alone = shortlist(seeker, serving, DEFAULT_POLICY, exclusions)
        (of_list,) = propose([seeker], serving, DEFAULT_POLICY, exclusions).shortlists.values()
        assert {c.peer_id for c in alone.candidates} == {c.peer_id for c in of_list}
        assert len(alone.candidates) == min(3, len(serving) - len(alone.refused))
        for refused in alone.refused:
            peer = next(peer for peer in serving if peer.id == refused.peer_id)
            assert refused.refusals == check_pair(seeker, peer, DEFAULT_POLICY, exclusions)


def test_everyone_wants_one_peer():
    waiting = [rosa(id=f"s{i}", waiting_days=i) for i in range(10)]
    serving = [dante(places_free=2), dante(id="full", places_free=0)]
    result = propose(waiting, serving, DEFAULT_POLICY)
    assert [a.seeker_id for a in result.assignments] == ["s8", "s9"]
    assert [(c.peer_id, c.named, c.places_free) for c in result.contested] == [("dante", 10, 2)]
    first = result.unmatched[0]
    assert (first.code, first.feasible) == ("no_place_left", 1)
    assert first.refused == first.refused_only_by == {"not_available": 1}
    assert check_result(result, waiting, serving, DEFAULT_POLICY) == []


def test_urgency_counts_like_days_of_waiting():
    soon = rosa(id="soon", urgency=1)
    a_month = rosa(id="a_month", waiting_days=DEFAULT_POLICY.urgency_days - 1)
    (assignment,) = propose([soon, a_month], [dante()], DEFAULT_POLICY).assignments
    assert assignment.seeker_id == "soon"


def test_waiting_counts_up_to_a_cap():
    cap = DEFAULT_POLICY.waiting_cap_days
    assert priority(rosa(waiting_days=cap + 500), DEFAULT_POLICY) == priority(rosa(waiting_days=cap), DEFAULT_POLICY)
    assert priority(rosa(waiting_days=cap - 1), DEFAULT_POLICY) == cap


def test_no_feasible_pair_names_what_binds():
    waiting = [rosa(languages=("vi",))]
    serving = [dante(), dante(id="lien", serves=frozenset({"loved_one"}))]
    (unmatched,) = propose(waiting, serving, DEFAULT_POLICY).unmatched
    assert unmatched.code == "no_shared_language"
    assert unmatched.refused == {"kind_not_served": 1, "no_shared_language": 2}
    assert unmatched.refused_only_by == {"no_shared_language": 1}


def test_zero_capacity_serves_nobody():
    result = propose([rosa()], [dante(places_free=0, capacity=0)], DEFAULT_POLICY)
    assert result.assignments == ()
    assert result.shortlists == {"rosa": ()}


def test_a_peer_with_no_hours_is_not_proposed_and_one_who_did_not_say_is():
    result = propose([rosa()], [dante(hours=NEVER), dante(id="lien", hours=None)], DEFAULT_POLICY)
    (candidate,) = result.shortlists["rosa"]
    assert candidate.peer_id == "lien"
    assert "availability" in candidate.missing


def test_nobody_waits_or_nobody_serves():
    assert propose([], [dante()], DEFAULT_POLICY).assignments == ()
    (unmatched,) = propose([rosa()], [], DEFAULT_POLICY).unmatched
    assert unmatched.code == "no_peers"


def test_hundred_percent_ties_are_even_and_the_same_each_time():
    waiting = [rosa(id=f"s{i:02}") for i in range(20)]
    serving = [dante(id=f"p{j}", places_free=5, capacity=5) for j in range(5)]
    first = propose(waiting, serving, DEFAULT_POLICY)
    loads = [sum(a.peer_id == peer.id for a in first.assignments) for peer in serving]
    assert loads == [4, 4, 4, 4, 4]
    assert propose(waiting[::-1], serving[::-1], DEFAULT_POLICY) == first
    assert [c.peer_id for c in shortlist(rosa(), serving, DEFAULT_POLICY).candidates] == ["p0", "p1", "p2"]


def test_duplicate_people_are_refused_by_name():
    with pytest.raises(DuplicateIds, match="seekers listed more than once: rosa") as refused:
        propose([rosa(), rosa()], [dante()], DEFAULT_POLICY)
    assert (refused.value.side, refused.value.ids) == ("seekers", ("rosa",))
    with pytest.raises(DuplicateIds, match="peers listed more than once: dante"):
        propose([rosa()], [dante(), dante()], DEFAULT_POLICY)
    with pytest.raises(DuplicateIds):
        shortlist(rosa(), [dante(), dante()], DEFAULT_POLICY)


def test_a_shortlist_of_nobody_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        propose([rosa()], [dante()], DEFAULT_POLICY, k=0)
    with pytest.raises(ValueError, match="at least one"):
        shortlist(rosa(), [dante()], DEFAULT_POLICY, k=0)


def test_result_names_its_policy_and_figures():
    result = propose([rosa()], [dante()], DEFAULT_POLICY)
    fit = score_pair(rosa(), dante(), DEFAULT_POLICY)
    assert result.policy_version == "default"
    assert result.stats == {
        "seekers": 1, "peers": 1, "places": 1, "feasible_pairs": 1, "assigned": 1, "fit_milli": fit.milli,
    }  # fmt: skip


def test_a_thousand_by_a_hundred_in_seconds():
    chance = random.Random(7)
    codes = ["working", "student", "retired", "caregiver"]
    waiting = [
        rosa(id=f"s{i:04}", waiting_days=chance.randrange(90), age=chance.randrange(18, 70),
             life_stages=frozenset(chance.sample(codes, 2)))
        for i in range(1000)
    ]  # fmt: skip
    serving = [
        dante(id=f"p{j:03}", places_free=8, capacity=10, age=chance.randrange(18, 70),
              life_stages=frozenset(chance.sample(codes, 2)))
        for j in range(100)
    ]  # fmt: skip
    started = process_time()
    result = propose(waiting, serving, DEFAULT_POLICY)
    # Seconds of CPU: two or three with every pair possible; the margin is for runs under coverage.
    assert process_time() - started < 30
    assert result.stats["assigned"] == 800
    assert check_result(result, waiting, serving, DEFAULT_POLICY) == []
