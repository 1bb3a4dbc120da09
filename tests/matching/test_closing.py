"""Somebody who stops while peers are offered: nothing stays open, and no place is held for nobody."""

from alongside.matching.actions import choose
from alongside.matching.models import Offer, Proposal, Round
from alongside.mentoring.actions import stop_here
from alongside.workforce.models import PeerProfile


def test_stopping_takes_back_every_offer_and_frees_the_held_place(offered, lucia):
    chosen = choose(offer=offered.offers.first(), by=lucia.actor)
    assert PeerProfile.objects.get(pk=chosen.peer_id).places_taken == 1
    stop_here(episode=lucia.episode, by=lucia.actor)
    lucia.episode.refresh_from_db()
    round_ = Round.objects.get()
    assert (lucia.episode.status, round_.status, round_.return_reason) == ("closed", "returned", "closed")
    assert not Offer.objects.filter(status__in=["offered", "chosen"]).exists()
    assert not Proposal.objects.filter(episode=lucia.episode, is_current=True).exists()
    assert PeerProfile.objects.get(pk=chosen.peer_id).places_taken == 0


def test_stopping_while_waiting_leaves_others_alone(lucia, rosa):
    stop_here(episode=lucia.episode, by=lucia.actor)
    rosa.episode.refresh_from_db()
    assert rosa.episode.status == "waiting"
