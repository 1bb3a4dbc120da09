"""Offers to a whole list go out in turn: no place is promised twice, and as many as can be have one."""

from collections import Counter

import pytest
from django.urls import reverse

from alongside.matching.actions import (
    PlacesPromised,
    adjust_proposals,
    choose,
    none_of_these,
    run_matching,
    send_all_offers,
    send_offers,
)
from alongside.matching.models import Offer, Round
from alongside.workforce.models import PeerProfile

from .conftest import make_peer, make_waiting
from .test_pages import words_of


@pytest.fixture
def crowd(program, carmen, peers):
    """Six wait for the five places of Dante (2), Ines (1) and Bo (2); Bo speaks no Spanish."""
    by = carmen.actor
    crowd = [make_waiting(program, by, f"es{number}", days=10 + number) for number in range(4)]
    return [*crowd, *(make_waiting(program, by, f"en{number}", days=2, language="en") for number in range(2))]


def promised():
    """Peer's name to (offers that are out, places free)."""
    out = Counter(Offer.objects.filter(status="offered", round__status="open").values_list("peer_id", flat=True))
    return {
        peer.person.goes_by: (out[peer.pk], peer.places_free) for peer in PeerProfile.objects.select_related("person")
    }


def offered_to(person):
    names = Offer.objects.filter(episode=person.episode, round__status="open").order_by("rank")
    return list(names.values_list("peer__person__goes_by", flat=True))


def test_no_peer_is_promised_beyond_their_places(program, carmen, crowd):
    run_matching(program=program, by=carmen.actor)
    sent = send_all_offers(program=program, by=carmen.actor)

    assert (sent.rounds, sent.left, sent.in_turn) == (5, 0, 1)
    assert promised() == {"Dante": (2, 2), "Ines": (1, 1), "Bo": (2, 2)}
    assert offered_to(crowd[0]) == [] and len(offered_to(crowd[3])) == 1  # of the four, who waits longest comes first


def test_with_room_everybody_meets_several(program, carmen, peers, lucia):
    run_matching(program=program, by=carmen.actor)
    send_all_offers(program=program, by=carmen.actor)
    assert offered_to(lucia) == ["Dante", "Ines", "Bo"]


def test_a_no_frees_the_place_for_who_comes_next(program, carmen, crowd):
    run_matching(program=program, by=carmen.actor)
    send_all_offers(program=program, by=carmen.actor)
    first = Round.objects.get(episode=crowd[3].episode)
    none_of_these(round_=first, by=crowd[3].actor)
    run_matching(program=program, by=carmen.actor)
    again = send_all_offers(program=program, by=carmen.actor)

    assert again.rounds == 1 and all(out <= free for out, free in promised().values())
    assert len(offered_to(crowd[3]) + offered_to(crowd[0])) == 1


def test_a_chosen_offer_holds_its_place_once(program, carmen, peers):
    """It counts among the places taken, so it is not counted as a promise as well."""
    ana, ben = (make_waiting(program, carmen.actor, name) for name in ("ana", "ben"))
    for person in (ana, ben):
        run_matching(program=program, by=carmen.actor, episode=person.episode)
    send_offers(episode=ana.episode, peers=[peers["dante"].profile], by=carmen.actor)
    choose(offer=Offer.objects.get(episode=ana.episode), by=ana.actor)
    adjust_proposals(episode=ben.episode, peers=[peers["dante"].profile], by=carmen.actor)
    assert send_all_offers(program=program, by=carmen.actor).rounds == 1
    assert offered_to(ben) == ["Dante"]


def test_what_was_put_in_order_by_hand_is_offered_in_that_order(program, carmen, peers, lucia):
    order = [peers["bo"].profile, peers["dante"].profile]
    adjust_proposals(episode=lucia.episode, peers=order, by=carmen.actor)
    send_all_offers(program=program, by=carmen.actor)
    assert offered_to(lucia) == ["Bo", "Dante"]


def test_a_peer_promised_too_often_by_hand_is_promised_to_nobody_else(program, carmen, crowd, peers):
    for person in crowd[:2]:
        send_offers(episode=person.episode, peers=[peers["ines"].profile], by=carmen.actor)
    run_matching(program=program, by=carmen.actor)
    send_all_offers(program=program, by=carmen.actor)
    assert promised()["Ines"] == (2, 1)


def test_one_person_is_sent_only_what_is_not_promised(signed_in, program, carmen):
    make_peer(program, carmen.actor, "ines", capacity=1)
    ana, ben = (make_waiting(program, carmen.actor, name) for name in ("ana", "ben"))
    run_matching(program=program, by=carmen.actor)
    client = signed_in(carmen)
    client.post(reverse("board_person_send", args=[ana.episode.pk]))
    page = words_of(client.post(reverse("board_person_send", args=[ben.episode.pk]), follow=True))
    assert "Every free place of these peers is promised to somebody whose answer is awaited." in page
    with pytest.raises(PlacesPromised):
        send_offers(episode=ben.episode, by=carmen.actor, within_places=True)
    assert (offered_to(ana), offered_to(ben)) == (["Ines"], [])


def test_the_board_says_who_comes_next(signed_in, program, carmen, crowd):
    run_matching(program=program, by=carmen.actor)
    page = words_of(signed_in(carmen).post(reverse("board_send"), follow=True))
    assert "Offers sent to 5 people." in page and "1 person comes next: every place that fits is promised" in page
