"""Time runs out in turn, never twice, and nobody's wait starts anew."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.matching.actions import choose, lapse_due, lapse_due_offers, run_matching, send_offers, you_choose
from alongside.matching.models import Offer, Proposal
from alongside.people.actions import move_episode
from alongside.people.models import Episode
from alongside.workforce.models import PeerProfile

from .test_choosing import again, offer_of, states


def later(**length):
    return timezone.now() + timedelta(**length)


def test_nothing_lapses_early(program, lucia, offered):
    choose(offer=offer_of(offered, "Dante"), by=lucia.actor)
    assert lapse_due(program=program, now=later(hours=47)) == 0


def test_a_peer_who_does_not_answer_lapses_and_the_others_are_seen(program, lucia, offered, peers):
    choose(offer=offer_of(offered, "Dante"), by=lucia.actor)
    assert lapse_due(program=program, now=later(hours=49)) == 1
    assert states(offered) == {"Dante": "lapsed", "Ines": "offered", "Bo": "offered"}
    assert again(peers["dante"].profile).places_taken == 0
    assert again(offered).choose_by > later(days=8)


def test_in_you_choose_the_next_peer_is_asked_by_itself(program, lucia, offered):
    you_choose(round_=offered, by=lucia.actor)
    lapse_due(program=program, now=later(hours=49))
    assert states(offered) == {"Dante": "lapsed", "Ines": "chosen", "Bo": "offered"}
    lapse_due(program=program, now=later(hours=98))
    lapse_due(program=program, now=later(hours=147))
    assert (again(offered).status, offered.return_reason) == ("returned", "none_left")


def test_an_unanswered_round_comes_back_and_the_wait_goes_on(program, lucia, offered):
    waiting_since = lucia.episode.waiting_since
    assert lapse_due(program=program, now=later(days=8)) == 1
    assert set(states(offered).values()) == {"lapsed"}
    assert (again(offered).status, offered.return_reason) == ("returned", "lapsed")
    assert (again(lucia.episode).status, lucia.episode.waiting_since) == ("waiting", waiting_since)


def test_a_peer_who_is_asked_is_waited_for_beyond_the_end_of_the_round(program, lucia, offered):
    choose(offer=offer_of(offered, "Dante"), by=lucia.actor, now=later(days=6, hours=20))
    assert lapse_due(program=program, now=later(days=7, hours=12)) == 0
    assert again(offered).status == "open"


def test_lapsing_is_idempotent(program, lucia, offered):
    choose(offer=offer_of(offered, "Dante"), by=lucia.actor)
    moment = later(hours=49)
    assert (lapse_due(program=program, now=moment), lapse_due(program=program, now=moment)) == (1, 0)


def test_a_round_in_which_nobody_has_a_place_comes_back(program, offered):
    PeerProfile.objects.update(capacity=0)
    assert lapse_due(program=program, now=later(minutes=1)) == 1
    assert (again(offered).status, offered.return_reason) == ("returned", "none_left")


def test_the_round_of_somebody_who_stopped_is_closed(program, lucia, offered, peers):
    choose(offer=offer_of(offered, "Dante"), by=lucia.actor)
    move_episode(episode=lucia.episode, to="closed", by=lucia.actor, reason="own_wish")
    assert again(offered).status == "returned"
    assert again(lucia.episode).status == "closed"
    assert again(peers["dante"].profile).places_taken == 0


def test_a_round_that_was_left_behind_is_closed(program, lucia, offered, peers):
    choose(offer=offer_of(offered, "Dante"), by=lucia.actor)
    Episode.objects.filter(pk=lucia.episode.pk).update(status="active")
    assert lapse_due(program=program, now=later(minutes=1)) == 1
    assert (again(offered).status, again(lucia.episode).status) == ("returned", "active")
    assert again(peers["dante"].profile).places_taken == 0


def test_a_lapsed_round_may_be_offered_again(program, carmen, lucia, offered):
    lapse_due(program=program, now=later(days=8))
    run_matching(program=program, by=carmen.actor)
    again(lucia.episode)
    second = send_offers(episode=lucia.episode, by=carmen.actor)
    assert set(states(second)) == {"Dante", "Ines", "Bo"}


def test_a_peer_who_did_not_answer_is_not_proposed_again_in_this_wait(program, carmen, lucia, offered):
    choose(offer=offer_of(offered, "Dante"), by=lucia.actor)
    lapse_due(program=program, now=later(hours=49))
    lapse_due(program=program, now=later(days=30))
    run_matching(program=program, by=carmen.actor)
    names = Proposal.objects.filter(episode=lucia.episode, is_current=True).values_list(
        "peer__person__goes_by", flat=True
    )
    assert "Dante" not in names


def test_every_program_is_looked_after(program, other_program, lucia, offered):
    assert lapse_due_offers(later(days=8)) == 1


def test_one_failure_does_not_hold_up_the_others(program, carmen, lucia, offered, monkeypatch):
    from alongside.matching.actions import lapsing

    from .conftest import make_waiting

    omar = make_waiting(program, carmen.actor, "omar")
    run_matching(program=program, by=carmen.actor)
    second = send_offers(episode=omar.episode, by=carmen.actor)
    real = lapsing.bring_back

    def fails_for_lucia(round_, **rest):
        if round_.pk == offered.pk:
            raise RuntimeError("disk full")
        return real(round_, **rest)

    monkeypatch.setattr(lapsing, "bring_back", fails_for_lucia)
    with pytest.raises(RuntimeError):
        lapse_due(program=program, now=later(days=8))
    assert (again(offered).status, again(second).status) == ("open", "returned")
    assert not Offer.objects.filter(round=offered, status="lapsed").exists()
