"""The proof that nobody could be served more agrees with trying everything, and does not believe a worse answer."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.matching.people import dante, lists, rosa

from alongside.rules.matching import DEFAULT_POLICY, check_pair, propose
from alongside.rules.matching.engine import priority
from alongside.rules.matching.proofs import ServedProof, prove_served


def every_answer(seekers, peers, exclusions):
    """Every way to give out places, as seeker id to peer id."""
    options = [
        [None, *(peer.id for peer in peers if not check_pair(seeker, peer, DEFAULT_POLICY, exclusions))]
        for seeker in seekers
    ]
    places = {peer.id: peer.places_free for peer in peers}
    for chosen in product(*options):
        if all(chosen.count(id_) <= free for id_, free in places.items()):
            yield {seeker.id: id_ for seeker, id_ in zip(seekers, chosen, strict=True) if id_}


@settings(max_examples=150, deadline=None)
@given(lists(4, 3), st.randoms(use_true_random=False))
def test_it_holds_exactly_where_nothing_better_exists(people, chance):
    seekers, peers, exclusions = people
    weights = {seeker.id: priority(seeker, DEFAULT_POLICY) for seeker in seekers}
    answers = list(every_answer(seekers, peers, exclusions))
    answer = chance.choice(answers)
    found = prove_served(answer, seekers, peers, DEFAULT_POLICY, exclusions)
    most = max(map(len, answers))
    assert found.is_most == (len(answer) == most)
    best = max(sum(weights[id_] for id_ in one) for one in answers)
    assert found.holds == (sum(weights[id_] for id_ in answer) == best)


@settings(max_examples=100, deadline=None)
@given(lists(6, 3))
def test_it_holds_for_every_answer_of_the_engine_and_names_who_competes(people):
    seekers, peers, exclusions = people
    given_ = {one.seeker_id: one.peer_id for one in propose(*people[:2], DEFAULT_POLICY, exclusions).assignments}
    found = prove_served(given_, seekers, peers, DEFAULT_POLICY, exclusions)
    assert found.holds and found.people - found.places == len(seekers) - len(given_)


def test_everybody_served_needs_no_proof():
    assert prove_served({"rosa": "dante"}, [rosa()], [dante()], DEFAULT_POLICY) == ServedProof(True, True)


def test_the_longer_wait_comes_first():
    people = [rosa(waiting_days=9), rosa(id="vera", waiting_days=2)]
    for chosen, holds in (("rosa", True), ("vera", False)):
        found = prove_served({chosen: "dante"}, people, [dante()], DEFAULT_POLICY)
        assert found == ServedProof(True, holds, people=2, peers=1, places=1)
