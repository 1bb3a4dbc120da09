"""From offers to a mentorship: the person decides, the peer answers, and whatever is said no to goes on kindly."""

from datetime import timedelta

import pytest
from django.db.models import Q
from django.utils import timezone

from alongside.audit.models import Entry
from alongside.matching.acting import NotTheirs
from alongside.matching.actions import (
    NothingToOffer,
    NotWaiting,
    OfferNotOpen,
    PeerNotProposed,
    PlaceTaken,
    accept,
    change_mind,
    choose,
    decline,
    none_of_these,
    peer_decline,
    run_matching,
    send_all_offers,
    send_offers,
    take_back_round,
    you_choose,
)
from alongside.matching.models import Offer, Proposal, Round
from alongside.mentoring.actions import MentorshipNotStarted
from alongside.people.actions import record_boundary, set_safe_contact
from alongside.people.models import Episode, OutgoingMessage
from alongside.privacy.models import Grant
from alongside.workforce.actions import set_available
from alongside.workforce.models import PeerProfile

from .conftest import make_waiting


def offer_of(round_, name):
    return Offer.objects.get(round=round_, peer__person__goes_by=name)


def states(round_):
    offers = Offer.objects.filter(round=round_).select_related("peer__person").order_by("rank")
    return {offer.peer.person.goes_by: offer.status for offer in offers}


def again(row):
    row.refresh_from_db()
    return row


def acts(subject):
    return list(Entry.objects.filter(subject_id=subject.person.pk, act__startswith="offer").values_list("act", "role"))


# --- sending ---------------------------------------------------------------------------------------------------------
def test_a_round_shows_the_proposals_in_order_with_their_reasons(carmen, lucia, offered):
    assert states(offered) == {"Dante": "offered", "Ines": "offered", "Bo": "offered"}
    assert offered.choose_by - offered.sent_at == timedelta(days=7)
    proposal = Proposal.objects.get(episode=lucia.episode, rank=1)
    assert offer_of(offered, "Dante").reasons == proposal.reasons
    assert lucia.episode.status == "offered"


def test_sending_twice_opens_one_round(carmen, lucia, offered):
    assert send_offers(episode=lucia.episode, by=carmen.actor) == offered
    assert Round.objects.count() == 1


def test_an_offer_holds_no_place_until_it_is_chosen(offered, peers):
    assert set(PeerProfile.objects.values_list("places_taken", flat=True)) == {0}


def test_offers_need_a_proposal_and_somebody_who_waits(program, carmen, lucia, rosa):
    with pytest.raises(NothingToOffer):
        send_offers(episode=lucia.episode, by=carmen.actor)
    Episode.objects.filter(pk=rosa.episode.pk).update(status="intake")
    with pytest.raises(NotWaiting):
        send_offers(episode=rosa.episode, by=carmen.actor)


def test_a_boundary_found_meanwhile_refuses_the_sending(program, carmen, peers, lucia):
    run_matching(program=program, by=carmen.actor)
    record_boundary(person=lucia.person, other=peers["dante"].person, kind="ex", by=carmen.actor)
    with pytest.raises(PeerNotProposed) as refused:
        send_offers(episode=lucia.episode, by=carmen.actor)
    assert str(refused.value) == "not_available"
    assert Round.objects.count() == 0 and again(lucia.episode).status == "waiting"


def test_sending_to_everybody_leaves_out_only_who_cannot_be_sent_to(program, carmen, peers, lucia):
    make_waiting(program, carmen.actor, "vera", language="vi")
    make_waiting(program, carmen.actor, "omar")
    make_waiting(program, carmen.actor, "sol")
    run_matching(program=program, by=carmen.actor)
    for peer in peers.values():  # whoever it is that she would be offered
        record_boundary(person=lucia.person, other=peer.person, kind="ex", by=carmen.actor)

    sent = send_all_offers(program=program, by=carmen.actor)
    assert (sent.rounds, sent.left) == (2, 1)


def test_the_notice_is_neutral_and_queued_once(program, carmen, peers, lucia):
    set_safe_contact(person=lucia.person, by=carmen.actor, channel="email", may_email=True)
    lucia.person.email = "lucia@example.org"
    lucia.person.save()
    run_matching(program=program, by=carmen.actor)
    send_offers(episode=lucia.episode, by=carmen.actor)
    send_offers(episode=lucia.episode, by=carmen.actor)

    (message,) = OutgoingMessage.objects.filter(person=lucia.person)
    assert message.template == "something_new"


def test_only_a_coordinator_sends(lien, lucia):
    with pytest.raises(NotTheirs):
        send_offers(episode=lucia.episode, by=lien.actor)


# --- the person chooses ----------------------------------------------------------------------------------------------
def test_choosing_holds_a_place_and_asks_the_peer(lucia, offered, peers):
    offer = choose(offer=offer_of(offered, "Dante"), by=lucia.actor)

    assert (offer.status, offer.recorded_via) == ("chosen", "self")
    assert offer.answer_by - offer.chosen_at == timedelta(hours=48)
    assert again(peers["dante"].profile).places_taken == 1
    assert acts(lucia)[-1] == ("offer.chosen", "participant")


def test_choosing_twice_is_choosing_once(lucia, offered):
    offer = offer_of(offered, "Dante")
    first, second = choose(offer=offer, by=lucia.actor), choose(offer=offer, by=lucia.actor)
    assert first.chosen_at == second.chosen_at
    assert acts(lucia).count(("offer.chosen", "participant")) == 1


def test_only_one_peer_is_asked_at_a_time(lucia, offered):
    choose(offer=offer_of(offered, "Dante"), by=lucia.actor)
    with pytest.raises(OfferNotOpen) as refused:
        choose(offer=offer_of(offered, "Bo"), by=lucia.actor)
    assert refused.value.code == "already_chosen"


def test_when_the_last_place_is_gone_the_others_stay(program, carmen, peers, lucia, offered):
    take_last_place(peers["ines"])
    with pytest.raises(PlaceTaken):
        choose(offer=offer_of(offered, "Ines"), by=lucia.actor)
    assert states(offered) == {"Dante": "offered", "Ines": "withdrawn", "Bo": "offered"}
    assert choose(offer=offer_of(offered, "Bo"), by=lucia.actor).status == "chosen"


def take_last_place(peer):
    PeerProfile.objects.filter(pk=peer.profile.pk).update(capacity=0)


def test_when_all_places_are_gone_the_round_goes_back(peers, lucia, offered):
    for peer in peers.values():
        take_last_place(peer)
    with pytest.raises(PlaceTaken):
        choose(offer=offer_of(offered, "Ines"), by=lucia.actor)
    assert (again(offered).status, offered.return_reason) == ("returned", "none_left")
    assert again(lucia.episode).status == "waiting"


def test_a_peer_behind_a_boundary_reads_as_a_place_just_taken(carmen, peers, lucia, offered):
    record_boundary(person=lucia.person, other=peers["dante"].person, kind="kin", by=carmen.actor)
    with pytest.raises(PlaceTaken) as behind_boundary:
        choose(offer=offer_of(offered, "Dante"), by=lucia.actor)
    take_last_place(peers["bo"])
    with pytest.raises(PlaceTaken) as full:
        choose(offer=offer_of(offered, "Bo"), by=lucia.actor)
    assert (str(behind_boundary.value), behind_boundary.value.args) == (str(full.value), full.value.args)


@pytest.mark.parametrize("via", ["phone", "paper", "in_person"])
def test_the_coordinator_records_a_choice_for_somebody_without_a_phone(carmen, lucia, offered, via):
    offer = choose(offer=offer_of(offered, "Dante"), by=carmen.actor, via=via)
    assert offer.recorded_via == via
    entry = Entry.objects.get(act="offer.chosen")
    assert (entry.role, entry.reason, entry.subject_id) == ("coordinator", f"via.{via}", lucia.person.pk)


def test_a_recorded_choice_says_how_it_was_made(carmen, offered):
    with pytest.raises(ValueError, match="how they made it"):
        choose(offer=offer_of(offered, "Dante"), by=carmen.actor)


def test_nobody_else_chooses_for_a_person(rosa, lien, peers, offered):
    for somebody in (rosa, lien, peers["dante"]):
        with pytest.raises(NotTheirs):
            choose(offer=offer_of(offered, "Dante"), by=somebody.actor)
    assert not Offer.objects.filter(status="chosen").exists()


def test_not_this_one_needs_no_reason(lucia, offered):
    decline(offer=offer_of(offered, "Dante"), by=lucia.actor)
    told = decline(offer=offer_of(offered, "Bo"), by=lucia.actor, code="know_each_other", words="From school")
    assert states(offered) == {"Dante": "declined", "Ines": "offered", "Bo": "declined"}
    assert (told.decline_code, again(told).decline_words) == ("know_each_other", "From school")
    with pytest.raises(ValueError, match="not a reason"):
        decline(offer=offer_of(offered, "Ines"), by=lucia.actor, code="ugly")


def test_after_three_times_no_the_round_goes_back_and_the_wait_goes_on(lucia, offered):
    waiting_since = lucia.episode.waiting_since
    for name in ("Dante", "Ines", "Bo"):
        decline(offer=offer_of(offered, name), by=lucia.actor)
    assert (again(offered).status, offered.return_reason) == ("returned", "none_left")
    assert (again(lucia.episode).status, lucia.episode.waiting_since) == ("waiting", waiting_since)


def test_declined_peers_are_not_proposed_again_by_a_run(program, carmen, lucia, offered):
    decline(offer=offer_of(offered, "Dante"), by=lucia.actor)
    none_of_these(round_=offered, by=lucia.actor)
    run_matching(program=program, by=carmen.actor)
    assert [p.rank for p in Proposal.objects.filter(episode=lucia.episode, is_current=True)] == [0]


def test_none_of_these_goes_back_to_the_coordinator(lucia, offered):
    choose(offer=offer_of(offered, "Dante"), by=lucia.actor)
    none_of_these(round_=offered, by=lucia.actor)
    assert states(offered) == {"Dante": "withdrawn", "Ines": "declined", "Bo": "declined"}
    assert (again(offered).status, offered.return_reason) == ("returned", "own_wish")
    assert again(lucia.episode).status == "waiting"


def test_a_change_of_mind_frees_the_place(lucia, offered, peers):
    offer = choose(offer=offer_of(offered, "Dante"), by=lucia.actor)
    change_mind(offer=offer, by=lucia.actor)
    assert states(offered) == {"Dante": "withdrawn", "Ines": "offered", "Bo": "offered"}
    assert again(peers["dante"].profile).places_taken == 0
    with pytest.raises(OfferNotOpen):
        accept(offer=offer, by=peers["dante"].actor)


def test_the_coordinator_takes_offers_back(carmen, lucia, offered):
    take_back_round(round_=offered, by=carmen.actor)
    assert set(states(offered).values()) == {"withdrawn"}
    assert again(lucia.episode).status == "waiting"


# --- you choose ------------------------------------------------------------------------------------------------------
def test_you_choose_asks_the_peers_in_turn(lucia, offered, peers):
    assert you_choose(round_=offered, by=lucia.actor).peer.person.goes_by == "Dante"
    peer_decline(offer=offer_of(offered, "Dante"), by=peers["dante"].actor, code="no_time")
    assert states(offered) == {"Dante": "peer_declined", "Ines": "chosen", "Bo": "offered"}
    peer_decline(offer=offer_of(offered, "Ines"), by=peers["ines"].actor)
    peer_decline(offer=offer_of(offered, "Bo"), by=peers["bo"].actor)
    assert (again(offered).status, offered.return_reason) == ("returned", "none_left")


def test_you_choose_passes_over_a_peer_without_a_place(lucia, offered, peers):
    take_last_place(peers["dante"])
    assert you_choose(round_=offered, by=lucia.actor).peer.person.goes_by == "Ines"


def test_you_choose_with_nobody_left_goes_back(lucia, offered, peers):
    for peer in peers.values():
        set_available(peer=peer.profile, available=False, by=peer.actor)
    assert you_choose(round_=offered, by=lucia.actor) is None
    assert again(offered).status == "returned"


def test_you_choose_twice_asks_once(lucia, offered):
    assert you_choose(round_=offered, by=lucia.actor) == you_choose(round_=offered, by=lucia.actor)


def test_changing_ones_mind_takes_the_choice_back_from_the_house(lucia, offered):
    offer = you_choose(round_=offered, by=lucia.actor)
    change_mind(offer=offer, by=lucia.actor)
    assert "chosen" not in states(offered).values()
    assert again(offered).you_choose is False


# --- the peer answers ------------------------------------------------------------------------------------------------
def test_a_yes_starts_the_mentorship_in_the_place_that_was_held(lucia, offered, peers):
    offer = choose(offer=offer_of(offered, "Ines"), by=lucia.actor)
    mentorship = accept(offer=offer, by=peers["ines"].actor)

    assert again(peers["ines"].profile).places_taken == peers["ines"].profile.capacity == 1
    assert states(offered) == {"Dante": "withdrawn", "Ines": "accepted", "Bo": "withdrawn"}
    assert (again(offered).status, again(lucia.episode).status) == ("matched", "matched")
    assert again(offer).mentorship == mentorship
    assert Grant.objects.filter(participant=lucia.person, reader=peers["ines"].person).exists()
    assert ("offer.accepted", "peer") in acts(lucia)


def test_saying_yes_twice_starts_one_mentorship(lucia, offered, peers):
    offer = choose(offer=offer_of(offered, "Dante"), by=lucia.actor)
    assert accept(offer=offer, by=peers["dante"].actor) == accept(offer=offer, by=peers["dante"].actor)
    assert again(peers["dante"].profile).places_taken == 1


def test_a_peer_answers_only_what_they_were_asked(lucia, offered, peers):
    offer = choose(offer=offer_of(offered, "Dante"), by=lucia.actor)
    with pytest.raises(NotTheirs):
        accept(offer=offer, by=peers["bo"].actor)
    with pytest.raises(OfferNotOpen):
        accept(offer=offer_of(offered, "Bo"), by=peers["bo"].actor)


def test_a_no_gives_the_time_back_and_shows_the_others(lucia, offered, peers):
    asked = timezone.now()
    offer = choose(offer=offer_of(offered, "Dante"), by=lucia.actor, now=asked)
    before = offered.choose_by
    peer_decline(offer=offer, by=peers["dante"].actor, code="too_close", now=asked + timedelta(hours=30))

    assert states(offered) == {"Dante": "peer_declined", "Ines": "offered", "Bo": "offered"}
    assert again(offered).choose_by == before + timedelta(hours=30)
    assert again(peers["dante"].profile).places_taken == 0


def test_a_peer_may_take_nobody_new_at_once(lucia, offered, peers):
    until = (timezone.now() + timedelta(days=20)).date()
    offer = choose(offer=offer_of(offered, "Dante"), by=lucia.actor)
    peer_decline(offer=offer, by=peers["dante"].actor, take_nobody_new=True, unavailable_until=until)
    profile = again(peers["dante"].profile)
    assert (profile.status, profile.unavailable_until, profile.places_free) == ("unavailable", until, 0)


def test_a_boundary_between_choice_and_answer_is_never_paired(carmen, lucia, offered, peers):
    offer = choose(offer=offer_of(offered, "Dante"), by=lucia.actor)
    record_boundary(person=lucia.person, other=peers["dante"].person, kind="ex", by=carmen.actor)
    with pytest.raises(MentorshipNotStarted) as refused:
        accept(offer=offer, by=peers["dante"].actor)
    assert refused.value.code == "not_available"
    assert states(offered) == {"Dante": "withdrawn", "Ines": "offered", "Bo": "offered"}


def test_a_peer_who_also_is_a_participant_chooses_as_a_participant(program, carmen, lucia, offered):
    from alongside.people.models import Membership

    Membership.objects.create(user=lucia.user, program=program, role="peer")
    choose(offer=offer_of(offered, "Bo"), by=lucia.actor)
    assert acts(lucia)[-1] == ("offer.chosen", "participant")


def test_a_refused_choice_reads_the_same_in_the_log(carmen, lucia, offered, peers):
    """Whether a place or a boundary: the same entry by the house, and nothing that was chosen."""
    take_last_place(peers["ines"])
    record_boundary(person=lucia.person, other=peers["dante"].person, kind="kin", by=carmen.actor)
    for name in ("Ines", "Dante"):
        with pytest.raises(PlaceTaken):
            choose(offer=offer_of(offered, name), by=lucia.actor)
    entries = Entry.objects.filter(act="offer.withdrawn").values_list("reason", "role")
    assert list(entries) == [("no_place", "system")] * 2
    assert not Offer.objects.filter(~Q(chosen_at=None)).exists()
