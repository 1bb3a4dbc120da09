"""The small moves that all actions on offers share. Each expects the episode to be locked by its caller.

The row of the episode is the lock of everything about its offers: an action takes it first, then the peers it needs in
the order of their ids. So two actions on one person wait for each other, and none wait in a circle.
"""

from datetime import datetime

from django.db import DatabaseError, transaction
from django.db.models import F

from alongside.audit.actions import record
from alongside.council.queries import get_policy_values
from alongside.matching.freeze import find_never
from alongside.matching.models import Offer, Round
from alongside.matching.notices import tell_participant, tell_peer
from alongside.people.actions import move_episode
from alongside.people.actor import SystemActor
from alongside.people.models import Episode
from alongside.rules.lifecycles import OFFER, ROUND
from alongside.rules.offers import OfferPolicy, prolong
from alongside.workforce.models import PeerProfile

OPEN_OFFERS = ("offered", "chosen")


class PlaceTaken(Exception):
    """This peer cannot be asked now: the last place was just taken, or they take nobody new. Never says which (D7)."""


def offer_policy() -> OfferPolicy:
    """The policy of offers in force in the current program."""
    return OfferPolicy.from_values(get_policy_values("offers"))


def the_house(program_id) -> SystemActor:
    """The house itself: what follows from somebody's act is done by it, and logged so."""
    return SystemActor(program_id=program_id)


# --- locks and fresh rows -------------------------------------------------------------------------------------------
def lock_episode(episode_id) -> Episode:
    """The episode, locked until the transaction ends."""
    return Episode.objects.select_for_update().get(pk=episode_id)


def lock_peers(peer_ids) -> dict:
    """Peers by id, locked in the order of their ids."""
    found = (
        PeerProfile.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(pk__in=peer_ids)
        .order_by("pk")
    )
    return {peer.pk: peer for peer in found}


def get_round(round_id) -> Round:
    """The round as it is now, with its episode and person."""
    return Round.objects.select_related("episode__person__program").get(pk=round_id)


def get_offer(offer_id) -> Offer:
    """The offer as it is now, with its round, person and peer."""
    return Offer.objects.select_related("round", "episode__person__program", "peer__person__program").get(pk=offer_id)


def find_askable(round_: Round) -> list[Offer]:
    """Offers of the round that could be chosen now, in rank order: not answered, the peer has a place and may be asked.

    A boundary that was recorded meanwhile reads here like a place that is gone (D7).
    """
    offers = list(
        Offer.objects.filter(round=round_, status="offered", round__status="open")
        .filter(peer__status="active", peer__places_taken__lt=F("peer__capacity"))
        .select_related("round", "episode__person__program", "peer__person__program")
        .order_by("rank")
    )
    never = find_never({round_.episode.person_id}, [offer.peer for offer in offers]) if offers else frozenset()
    return [offer for offer in offers if (str(offer.episode.person_id), str(offer.peer_id)) not in never]


# --- moves of one offer ---------------------------------------------------------------------------------------------
def move_offer(offer: Offer, to: str, by, *, now: datetime, reason: str = "", **changes) -> Offer:
    """Move an offer by the table of its life, with its audit entry."""
    OFFER.check_move(offer.status, to, by=by.moves_as)
    offer.status = to
    for name, value in changes.items():
        setattr(offer, name, value)
    if to not in OPEN_OFFERS:
        offer.ended_at = now
    offer.save(update_fields=["status", "ended_at", *changes])
    log_offer(offer, f"offer.{to}", by, reason=reason)
    return offer


def log_offer(offer: Offer, act: str, by, reason: str = "") -> None:
    """The entry of something that happened to an offer."""
    record(act=act, by=by, subject=offer.episode.person_id, object_kind="offer", object_id=offer.pk, reason=reason)


def ask_peer(offer: Offer, by, *, via: str, now: datetime, reason: str = "") -> Offer:
    """Choose this offer: it holds one of the peer's places until they answer. Raises `PlaceTaken`."""
    peer = lock_peers([offer.peer_id])[offer.peer_id]
    pair = (str(offer.episode.person_id), str(peer.pk))
    # The database refuses both too; asking first keeps the boundaries that it does not know.
    if peer.places_free < 1 or pair in find_never({offer.episode.person_id}, [peer]):
        raise PlaceTaken
    try:
        with transaction.atomic():
            move_offer(
                offer, "chosen", by, now=now, reason=reason, chosen_at=now, recorded_via=via,
                answer_by=offer_policy().answer_by(now),
            )  # fmt: skip
    except DatabaseError as error:
        raise PlaceTaken from error
    tell_peer(offer.peer.person, key=offer.pk, now=now)
    return offer


# --- moves of a round -----------------------------------------------------------------------------------------------
def end_round(round_: Round, to: str, by, *, now: datetime, reason: str = "") -> Round:
    """Close a round as `matched` or `returned`."""
    ROUND.check_move(round_.status, to, by=by.moves_as)
    round_.status, round_.ended_at, round_.return_reason = to, now, reason
    round_.save(update_fields=["status", "ended_at", "return_reason"])
    record(
        act="round.closed", by=by, subject=round_.episode.person_id, object_kind="round", object_id=round_.pk,
        reason=f"{to}.{reason}" if reason else to,
    )  # fmt: skip
    return round_


def take_back_open(round_: Round, *, now: datetime, to: str = "withdrawn") -> None:
    """The house ends every offer of the round that is still out."""
    for offer in Offer.objects.filter(round=round_, status__in=OPEN_OFFERS).select_related("episode"):
        move_offer(offer, to, the_house(round_.program_id), now=now)


def bring_back(round_: Round, *, by, reason: str, now: datetime) -> Round:
    """Return an open round to the coordinator; the person goes on waiting, with the days they already waited."""
    if round_.status != "open":
        return round_
    take_back_open(round_, now=now, to="lapsed" if reason == "lapsed" else "withdrawn")
    end_round(round_, "returned", by, now=now, reason=reason)
    if round_.episode.status == "offered":
        move_episode(
            episode=round_.episode, to="waiting", by=the_house(round_.program_id), reason=f"round_{reason}", now=now
        )
    return round_


def go_on(round_: Round, *, now: datetime, chosen_at: datetime | None = None, via: str = "self") -> Offer | None:
    """What happens after a peer could not say yes, or an offer was set aside: the next one, or back to the coordinator.

    The person sees the remaining peers; where they said "you choose", the next peer is asked at once. `chosen_at`: when
    the peer who did not say yes had been asked; that time is given back. Returns the offer that was asked, if any.
    """
    house = the_house(round_.program_id)
    if chosen_at:
        round_.choose_by = prolong(round_.choose_by, chosen_at=chosen_at, now=now)
        round_.save(update_fields=["choose_by"])
    askable = find_askable(round_)
    if round_.you_choose:
        lock_peers([offer.peer_id for offer in askable])
        for offer in askable:
            try:
                return ask_peer(offer, house, via=via, now=now, reason="you_choose")
            except PlaceTaken:
                continue
        askable = []
    if not askable:
        bring_back(round_, by=house, reason="none_left", now=now)
    if chosen_at:
        tell_participant(round_.episode, "no_yes", key=f"{round_.pk}:{now.isoformat()}", now=now)
    return None
