"""The kept proposal by id: every event beside a new run over the whole list, and what each event says it changed."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.matching.people import dante, lists, must, peers, rosa, seekers

from alongside.rules.matching import DEFAULT_POLICY, DuplicateIds, propose, score_pair
from alongside.rules.matching.engine import priority
from alongside.rules.matching.incremental import Change, LiveMatching
from alongside.rules.matching.live_prices import NotOptimal
from alongside.rules.matching.solver import Places, place_costs


def reached(proposed, waiting, serving):
    by_id = {person.id: person for person in (*waiting, *serving)}
    loads = {peer.id: list(proposed.values()).count(peer.id) for peer in serving}
    return (
        sum(priority(by_id[seeker_id], DEFAULT_POLICY) for seeker_id in proposed),
        sum(score_pair(by_id[s], by_id[p], DEFAULT_POLICY).milli for s, p in proposed.items()),
        sum(sum(place_costs(Places(peer.places_free, peer.capacity), loads[peer.id])) for peer in serving),
    )


def check(live, waiting, serving, exclusions):
    result = propose(waiting, serving, DEFAULT_POLICY, frozenset(exclusions))
    anew = {a.seeker_id: a.peer_id for a in result.assignments}
    assert reached(live.proposed, waiting, serving) == live.objective == reached(anew, waiting, serving)


@settings(max_examples=40, deadline=None)
@given(lists(4, 3), st.lists(st.integers(0, 5), max_size=5), st.data())
def test_every_event_equals_a_new_run(people, events, data):
    waiting, serving, exclusions = people
    waiting, serving, exclusions = list(waiting), list(serving), set(exclusions)
    live = LiveMatching(waiting, serving, DEFAULT_POLICY, frozenset(exclusions))
    check(live, waiting, serving, exclusions)
    for number, event in enumerate(events):
        before = live.proposed
        if event <= 1:
            waiting.append(data.draw(seekers(id_=f"new{number}")))
            changes = live.arrive(waiting[-1])
        elif event == 2 and waiting:
            changes = live.leave(waiting.pop(data.draw(st.integers(0, len(waiting) - 1))).id)
        elif event == 3 and waiting and serving:
            pair = data.draw(st.sampled_from([(s.id, p.id) for s in waiting for p in serving]))
            exclusions.add(pair)
            changes = live.forbid(*pair)
        elif event == 4 and serving:
            j = data.draw(st.integers(0, len(serving) - 1))
            serving[j] = replace(serving[j], capacity=3, places_free=data.draw(st.integers(0, 3)))
            changes = live.set_places(serving[j].id, serving[j].places_free, 3)
        else:
            serving.append(data.draw(peers(id_=f"q{number}")))
            changes = live.join(serving[-1])
        after = live.proposed
        here = {seeker.id for seeker in waiting}
        assert {c.seeker_id: (c.before, c.after) for c in changes} == {
            id_: (before.get(id_), after.get(id_)) for id_ in here if before.get(id_) != after.get(id_)
        }
        check(live, waiting, serving, exclusions)


def test_a_chain_is_told_move_by_move():
    """Rosa must have a woman, so Ana moves over to Dante."""
    live = LiveMatching([rosa(id="ana")], [dante(), dante(id="lien", gender="woman", age=34)], DEFAULT_POLICY)
    assert live.proposed == {"ana": "lien"}
    changes = live.arrive(rosa(preferences=(must("gender", "woman"),)))
    assert changes == (Change("ana", "lien", "dante"), Change("rosa", None, "lien"))
    assert live.forbid("rosa", "lien") == (Change("ana", "dante", "lien"), Change("rosa", "lien", None))


def test_a_proposal_at_hand_is_taken_and_a_poor_one_refused():
    waiting = [rosa(id=f"s{i}", age=20 + 9 * i) for i in range(4)]
    serving = [dante(id=f"p{j}", places_free=2) for j in range(2)]
    result = propose(waiting, serving, DEFAULT_POLICY)
    found = {a.seeker_id: a.peer_id for a in result.assignments}
    assert LiveMatching(waiting, serving, DEFAULT_POLICY, proposed=found).proposed == found
    with pytest.raises(NotOptimal):
        LiveMatching(waiting, serving, DEFAULT_POLICY, proposed={"s0": "p0"})


def test_a_peer_without_a_place_is_ready_for_one():
    live = LiveMatching([rosa()], [dante(places_free=0)], DEFAULT_POLICY)
    assert live.proposed == {}
    assert live.set_places("dante", 1, 5) == (Change("rosa", None, "dante"),)
    assert live.set_places("dante", 0, 5) == (Change("rosa", "dante", None),)


def test_who_leaves_may_come_back():
    live = LiveMatching([rosa(), rosa(id="ana")], [dante()], DEFAULT_POLICY)
    (served,) = live.proposed
    (other,) = {"ana", "rosa"} - {served}
    assert live.leave(served) == (Change(other, None, "dante"),)
    live.arrive(rosa(id=served, urgency=2))
    assert live.proposed == {served: "dante"}


def test_fits_at_hand_are_taken():
    live = LiveMatching([], [dante(), dante(id="lien", age=34)], DEFAULT_POLICY)
    assert live.arrive(rosa(), {"dante": 70_000}) == (Change("rosa", None, "dante"),)
    assert live.objective.fit_milli == 70_000
    with pytest.raises(KeyError):
        live.arrive(rosa(id="ana"), {"nobody": 1})
    assert live.arrive(rosa(id="ana"), {"lien": 1}) == (Change("ana", None, "lien"),)


def test_nobody_is_on_it_twice():
    live = LiveMatching([rosa()], [dante()], DEFAULT_POLICY)
    with pytest.raises(DuplicateIds):
        live.arrive(rosa())
    with pytest.raises(DuplicateIds):
        live.join(dante())
    with pytest.raises(DuplicateIds, match="rosa"):
        LiveMatching([rosa(), rosa()], [dante()], DEFAULT_POLICY)
    with pytest.raises(KeyError):
        live.leave("nobody")


def test_a_longer_list_stays_equal_through_many_events():
    chance = random.Random(4)
    languages = [("es",), ("en",), ("en", "es")]

    def draw():
        return {"languages": chance.choice(languages), "age": chance.randint(18, 70)}

    waiting = [rosa(id=f"s{i:02}", waiting_days=i, **draw()) for i in range(30)]
    serving = [dante(id=f"p{j}", places_free=3, **draw()) for j in range(8)]
    live, exclusions = LiveMatching(waiting, serving, DEFAULT_POLICY), set()
    for number in range(40):
        if number % 3 == 0:
            waiting.append(rosa(id=f"t{number}", age=chance.randint(18, 70), urgency=number % 2))
            live.arrive(waiting[-1])
        else:
            seeker_id, peer_id = chance.choice(sorted(live.proposed.items()))
            exclusions.add((seeker_id, peer_id))
            live.forbid(seeker_id, peer_id)
    check(live, waiting, serving, exclusions)


def test_a_floor_that_the_kept_answer_does_not_know_is_refused():
    with pytest.raises(ValueError, match="floor"):
        LiveMatching([rosa()], [dante()], replace(DEFAULT_POLICY, floor_milli=1))
