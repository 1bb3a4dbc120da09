"""Whatever people answer, in whatever order: no peer is promised beyond their places, and nobody is left out."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.matching.people import dante, lists, must, rosa

from alongside.rules.matching import DEFAULT_POLICY, check_pair, propose
from alongside.rules.matching.cascades import OverPromised, Rung, plan_offers

ANSWERS = ("yes", "no", "lapsed", "leaves")


def play(waiting, serving, exclusions, at_once, draw, most=60):
    """Answers come one after the other until no offer is out; yields (waiting, peers, exclusions, out) after each."""
    waiting, exclusions = {s.id: s for s in waiting}, set(exclusions)
    serving = {p.id: p for p in serving}
    out, served = set(), {}
    for _ in range(most):
        ladders = plan_offers(
            list(waiting.values()),
            list(serving.values()),
            DEFAULT_POLICY,
            frozenset(exclusions),
            out=out,
            at_once=at_once,
        )
        for ladder in ladders:
            out |= {(ladder.seeker_id, peer_id) for peer_id in ladder.to_send}
        yield waiting, serving, exclusions, out, ladders, served
        if not out:
            return
        seeker_id, peer_id = draw(sorted(out))
        answer = draw(ANSWERS)
        out.discard((seeker_id, peer_id))
        if answer == "yes":
            served[seeker_id] = peer_id
            peer = serving[peer_id]
            serving[peer_id] = replace(peer, places_free=peer.places_free - 1)
        if answer in ("yes", "leaves"):
            del waiting[seeker_id]
            out -= {(s, p) for s, p in out if s == seeker_id}
        else:
            exclusions.add((seeker_id, peer_id))
    raise AssertionError("it never ends")


@settings(max_examples=40, deadline=None)
@given(lists(5, 3), st.integers(1, 3), st.randoms(use_true_random=False))
def test_no_peer_is_over_promised_and_whoever_can_have_an_offer_has_one(people, at_once, chance):
    at_start = {peer.id: peer.places_free for peer in people[1]}
    for waiting, serving, exclusions, out, ladders, served in play(*people, at_once, chance.choice):
        promised = Counter(peer_id for _, peer_id in out)
        taken = Counter(served.values())
        assert all(promised[id_] + taken[id_] <= places for id_, places in at_start.items())
        assert [ladder.seeker_id for ladder in ladders] == sorted(waiting)
        for seeker in waiting.values():
            own = {peer_id for seeker_id, peer_id in out if seeker_id == seeker.id}
            assert len(own) <= at_once
            possible = {
                p.id for p in serving.values() if not check_pair(seeker, p, DEFAULT_POLICY, frozenset(exclusions))
            }
            assert own <= possible
            open_ones = {id_ for id_ in possible - own if serving[id_].places_free > promised[id_]}
            assert not open_ones or len(own) == at_once


@settings(max_examples=40, deadline=None)
@given(lists(5, 3))
def test_the_first_offers_are_the_proposal_of_the_run(people):
    ladders = plan_offers(*people[:2], DEFAULT_POLICY, people[2])
    result = propose(*people[:2], DEFAULT_POLICY, people[2])
    assert {(ladder.seeker_id, *ladder.to_send) for ladder in ladders if ladder.to_send} == {
        (a.seeker_id, a.peer_id) for a in result.assignments
    }


@settings(max_examples=40, deadline=None)
@given(lists(5, 3), st.integers(1, 3))
def test_a_ladder_names_everybody_possible_once_in_its_order(people, at_once):
    waiting, serving, exclusions = people
    for ladder in plan_offers(waiting, serving, DEFAULT_POLICY, exclusions, at_once=at_once):
        seeker = next(s for s in waiting if s.id == ladder.seeker_id)
        with_place = [replace(peer, places_free=1, capacity=1) for peer in serving]
        possible = {p.id for p in with_place if not check_pair(seeker, p, DEFAULT_POLICY, exclusions)}
        assert sorted(rung.peer_id for rung in ladder.rungs) == sorted(possible)
        states = [rung.state == "send" for rung in ladder.rungs]
        assert states == sorted(states, reverse=True)
        later = [rung.milli for rung in ladder.rungs if rung.state != "send"]
        assert later == sorted(later, reverse=True)


def test_one_place_goes_round_until_somebody_says_yes():
    waiting, peer = [rosa(id=f"s{k}", waiting_days=k) for k in range(3)], dante()
    assert [ladder.to_send for ladder in plan_offers(waiting, [peer], DEFAULT_POLICY)] == [(), (), ("dante",)]
    after_a_no = plan_offers(waiting, [peer], DEFAULT_POLICY, frozenset({("s2", "dante")}))
    assert [ladder.to_send for ladder in after_a_no] == [(), ("dante",), ()]
    held = plan_offers(waiting, [peer], DEFAULT_POLICY, out={("s2", "dante")})
    assert [ladder.to_send for ladder in held] == [(), (), ()]
    assert [ladder.rungs[0].state for ladder in held] == ["when_free", "when_free", "out"]


def test_a_second_offer_never_takes_the_only_place_of_somebody_without_one():
    """Ana could meet both, Rosa only Lien: Ana's second offer waits."""
    waiting = [rosa(id="ana", urgency=2), rosa(preferences=(must("gender", "woman"),))]
    serving = [dante(), dante(id="lien", gender="woman", age=60)]
    ana, rosas = plan_offers(waiting, serving, DEFAULT_POLICY, at_once=3)
    assert (ana.to_send, rosas.to_send) == (("dante",), ("lien",))
    assert [rung.state for rung in ana.rungs] == ["send", "when_free"]


def test_several_at_once_where_places_are_left():
    serving = [dante(id=f"p{j}", age=34 + j) for j in range(4)]
    (ladder,) = plan_offers([rosa()], serving, DEFAULT_POLICY, at_once=3)
    assert ladder.to_send == ("p0", "p1", "p2")
    assert [rung.state for rung in ladder.rungs] == ["send", "send", "send", "next"]
    (ladder,) = plan_offers([rosa()], serving, DEFAULT_POLICY, at_once=3, out={("rosa", "p3")})
    assert ladder.to_send == ("p0", "p1")
    assert isinstance(ladder.rungs[0], Rung) and ladder.rungs[0].state == "out"


def test_offers_to_people_off_the_list_hold_their_places():
    (ladder,) = plan_offers([rosa()], [dante()], DEFAULT_POLICY, out={("somebody", "dante")})
    assert ladder.to_send == ()
    with pytest.raises(OverPromised, match="dante"):
        plan_offers([rosa()], [dante()], DEFAULT_POLICY, out={("somebody", "dante"), ("else", "dante")})
    with pytest.raises(ValueError):
        plan_offers([rosa()], [dante()], DEFAULT_POLICY, at_once=0)
