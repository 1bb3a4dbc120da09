"""The same list in three modes: each figure from its definition, and each mode best at what it is for."""

from collections import Counter
from statistics import pvariance

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.matching.people import dante, like, lists, rosa

from alongside.rules.matching import DEFAULT_POLICY, propose, score_pair
from alongside.rules.matching.checker import check_result
from alongside.rules.matching.comparison import compare_modes, measure_loads, serve_in_order
from alongside.rules.matching.engine import priority
from alongside.rules.matching.fairness import groups_of
from alongside.rules.matching.rankings import Said, rank_both_sides
from alongside.rules.matching.solver import Edge
from alongside.rules.matching.stable import list_blocking_pairs


@settings(max_examples=40, deadline=None)
@given(lists())
def test_figures_are_what_the_proposals_say(people):
    waiting, serving, exclusions = people
    groups = {seeker.id: groups_of(seeker) for seeker in waiting}
    found = compare_modes(waiting, serving, DEFAULT_POLICY, exclusions, groups=groups)
    by_id = {person.id: person for person in (*waiting, *serving)}
    lists_ = rank_both_sides(waiting, serving, DEFAULT_POLICY, exclusions)
    for figures in found.figures:
        proposal = found.proposals[figures.mode]
        fits = [score_pair(by_id[s], by_id[p], DEFAULT_POLICY).milli for s, (p, _) in proposal.items()]
        assert fits == [milli for _, milli in proposal.values()]
        assert (figures.served, figures.unserved) == (len(proposal), len(waiting) - len(proposal))
        assert figures.priority == sum(priority(by_id[s], DEFAULT_POLICY) for s in proposal)
        assert (figures.fit_total, figures.fit_worst) == (sum(fits), min(fits, default=None))
        positions = {peer.id: j for j, peer in enumerate(serving)}
        chosen = [positions[proposal[s.id][0]] if s.id in proposal else None for s in waiting]
        assert figures.blocking_pairs == len(list_blocking_pairs(lists_, chosen))
        assert all(sum(people for _, people in values.values()) == len(waiting) for values in figures.shares.values())
        assert all(sum(there for there, _ in values.values()) == len(proposal) for values in figures.shares.values())
    most, stable, first = found.figures
    assert most.served >= max(stable.served, first.served)
    assert stable.blocking_pairs == 0


@settings(max_examples=30, deadline=None)
@given(lists(), st.randoms(use_true_random=False))
def test_the_order_of_the_lists_changes_nothing(people, chance):
    waiting, serving, exclusions = people
    found = compare_modes(waiting, serving, DEFAULT_POLICY, exclusions)
    chance.shuffle(waiting)
    chance.shuffle(serving)
    assert compare_modes(waiting, serving, DEFAULT_POLICY, exclusions) == found


@settings(max_examples=30, deadline=None)
@given(lists())
def test_the_first_mode_is_the_run_itself_and_every_mode_keeps_the_constraints(people):
    waiting, serving, exclusions = people
    result = propose(waiting, serving, DEFAULT_POLICY, exclusions)
    found = compare_modes(waiting, serving, DEFAULT_POLICY, exclusions)
    assert found.proposals["most_served"] == {a.seeker_id: (a.peer_id, a.milli) for a in result.assignments}
    assert check_result(result, waiting, serving, DEFAULT_POLICY, exclusions) == []
    for proposal in found.proposals.values():
        taken = Counter(peer_id for peer_id, _ in proposal.values())
        assert all(taken[peer.id] <= peer.places_free for peer in serving)
        assert not any((s, p) in exclusions for s, (p, _) in proposal.items())


def test_who_waits_longest_chooses_first():
    waiting = [rosa(id="ana", waiting_days=3), rosa(id="bo", waiting_days=9), rosa(id="cy", waiting_days=3)]
    found = compare_modes(waiting, [dante(), dante(id="lien", age=60)], DEFAULT_POLICY)
    assert {s: p for s, (p, _) in found.proposals["first_come"].items()} == {"bo": "dante", "ana": "lien"}


def test_differences_person_by_person():
    """Bo chooses first and takes the only peer Ana could have."""
    waiting = [rosa(id="ana", languages=("es",), waiting_days=1), rosa(id="bo", waiting_days=9)]
    serving = [dante(languages=("es",)), dante(id="lien", languages=("en",))]
    found = compare_modes(waiting, serving, DEFAULT_POLICY)
    ana, bo = found.differences("first_come", "most_served")
    assert (ana.code, ana.first_peer_id, ana.second_peer_id, ana.first_milli) == ("gets_a_peer", None, "dante", None)
    assert (bo.code, bo.first_peer_id, bo.second_peer_id) == ("fits_worse", "dante", "lien")
    assert [one.code for one in found.differences("most_served", "first_come")] == ["loses_a_peer", "fits_better"]
    assert found.differences("stable", "stable") == ()
    with pytest.raises(KeyError):
        found.differences("stable", "by_chance")


def test_what_was_said_changes_the_stable_mode_only():
    serving = [dante(), dante(id="lien", age=60)]
    waiting = [rosa(preferences=(like("gender", "man"),))]
    plain = compare_modes(waiting, serving, DEFAULT_POLICY)
    asked = compare_modes(waiting, serving, DEFAULT_POLICY, said=Said(by_participants={"rosa": ["lien"]}))
    assert {mode: p["rosa"][0] for mode, p in plain.proposals.items()} == dict.fromkeys(plain.proposals, "dante")
    assert asked.proposals["stable"]["rosa"][0] == "lien"
    assert asked.proposals["most_served"] == plain.proposals["most_served"]
    assert [figures.blocking_pairs for figures in asked.figures] == [1, 0, 1]


def test_loads_by_hand():
    serving = [
        dante(places_free=4, capacity=4),
        dante(id="a", places_free=1, capacity=4),
        dante(id="b", places_free=0, capacity=0),
    ]
    loads = measure_loads(serving, {"dante": 1})
    assert (loads.least, loads.most, loads.mean) == (0.25, 0.75, 0.5)
    assert loads.variance == pvariance([0.25, 0.75])
    assert loads.gini == pytest.approx(sum(abs(x - y) for x in (0.25, 0.75) for y in (0.25, 0.75)) / 4 / (2 * 0.5))
    assert measure_loads([], {}).most == 0
    assert measure_loads([dante(places_free=5)], {}).gini == 0


def test_places_end():
    edges = [Edge(0, 0, 5), Edge(0, 1, 5), Edge(1, 0, 9), Edge(2, 0, 1)]
    assert serve_in_order([2, 0, 1], edges, [1, 1], 3) == [1, None, 0]


def test_an_unknown_mode_is_refused():
    with pytest.raises(KeyError):
        compare_modes([], [], DEFAULT_POLICY, modes=["by_chance"])
