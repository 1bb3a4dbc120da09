"""What the person decides: this peer, not this one, you choose, none of these, and a change of mind.

Each may also be recorded by the coordinator for somebody who chooses by phone, on paper or in person (`via`).
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.matching.acting import as_participant
from alongside.matching.freeze import CHANGED_MIND
from alongside.matching.models import RECORDED_VIA, Offer, Round

from .steps import PlaceTaken, ask_peer, bring_back, get_offer, get_round, go_on, lock_episode, move_offer, the_house

DECLINE_CODES = ("times", "way_of_meeting", "other_experience", "know_each_other", "feeling")
"""Why somebody would rather meet another peer; always optional."""


class OfferNotOpen(Exception):
    """Nothing was changed: `code` is `ended` (round or offer is over) or `already_chosen` (a peer is being asked)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def choose(*, offer: Offer, by, via: str = "self", now: datetime | None = None) -> Offer:
    """Choose this peer. The place is held until they answer. Choosing twice is choosing once.

    Raises `PlaceTaken` (this offer ends, the others stay, or the round goes back when nobody is left), `OfferNotOpen`,
    `NotTheirs`.
    """
    now = now or timezone.now()
    try:
        with transaction.atomic():
            return _choose(offer, by, via, now)
    except PlaceTaken:
        with transaction.atomic():
            _set_aside(offer, now)
        raise


def _set_aside(offer: Offer, now: datetime) -> None:
    """A peer who could not be asked leaves the round, for whatever reason: the page looks the same for all (D7)."""
    lock_episode(offer.episode_id)
    offer = get_offer(offer.pk)
    if offer.status == "offered" and _is_open(offer.round):
        move_offer(offer, "withdrawn", the_house(offer.program_id), now=now, reason="no_place")
        go_on(offer.round, now=now)


def _choose(offer: Offer, by, via: str, now: datetime) -> Offer:
    lock_episode(offer.episode_id)
    offer = get_offer(offer.pk)
    by, via = _on_behalf(by, offer.episode.person_id, via)
    if offer.status == "chosen":
        return offer
    if not _is_open(offer.round) or offer.status != "offered":
        raise OfferNotOpen("ended")
    if _is_asking(offer.round):
        raise OfferNotOpen("already_chosen")
    return ask_peer(offer, by, via=via, now=now, reason=f"via.{via}")


@transaction.atomic
def decline(
    *, offer: Offer, by, code: str = "", words: str = "", via: str = "self", now: datetime | None = None
) -> Offer:
    """Not this one, with or without a reason. When nobody is left the round goes back to the coordinator.

    Raises `OfferNotOpen`, `NotTheirs`; ValueError for a reason that is not on the list.
    """
    if code and code not in DECLINE_CODES:
        raise ValueError(f"not a reason: {code}")
    now = now or timezone.now()
    lock_episode(offer.episode_id)
    offer = get_offer(offer.pk)
    by, via = _on_behalf(by, offer.episode.person_id, via)
    if offer.status == "declined":
        return offer
    if not _is_open(offer.round) or offer.status != "offered":
        raise OfferNotOpen("already_chosen" if offer.status == "chosen" else "ended")
    move_offer(
        offer, "declined", by, now=now, reason=f"via.{via}", decline_code=code, decline_words=words, recorded_via=via
    )
    if not _is_asking(offer.round):
        go_on(offer.round, now=now, via=via)
    return offer


@transaction.atomic
def change_mind(*, offer: Offer, by, via: str = "self", now: datetime | None = None) -> Offer:
    """Take a choice back while the peer has not answered. That peer is not asked again in this round; the others stay.

    Raises `OfferNotOpen`, `NotTheirs`.
    """
    now = now or timezone.now()
    lock_episode(offer.episode_id)
    offer = get_offer(offer.pk)
    by, via = _on_behalf(by, offer.episode.person_id, via)
    if offer.status == "withdrawn":
        return offer
    if offer.status != "chosen":
        raise OfferNotOpen("ended")
    move_offer(offer, "withdrawn", by, now=now, reason=CHANGED_MIND, decline_code=CHANGED_MIND)
    if offer.round.you_choose:
        # The person takes the choice back into their own hands.
        offer.round.you_choose = False
        offer.round.save(update_fields=["you_choose"])
    go_on(offer.round, now=now)
    return offer


@transaction.atomic
def you_choose(*, round_: Round, by, via: str = "self", now: datetime | None = None) -> Offer | None:
    """The peers are asked in rank order, one at a time, until one says yes. Returns the offer asked now, if any.

    Raises `OfferNotOpen`, `NotTheirs`.
    """
    now = now or timezone.now()
    lock_episode(round_.episode_id)
    round_ = get_round(round_.pk)
    by, via = _on_behalf(by, round_.episode.person_id, via)
    if not _is_open(round_):
        raise OfferNotOpen("ended")
    if not round_.you_choose:
        round_.you_choose = True
        round_.save(update_fields=["you_choose"])
        record(act="round.moved", by=by, subject=round_.episode.person_id, object_kind="round", object_id=round_.pk,
               fields=["you_choose"], reason=f"via.{via}")  # fmt: skip
    asking = round_.offers.filter(status="chosen").first()
    return asking or go_on(round_, now=now, via=via)


@transaction.atomic
def none_of_these(*, round_: Round, by, via: str = "self", now: datetime | None = None) -> Round:
    """The person would like to meet others. The coordinator looks again, and these are not proposed again by a run.

    Raises `NotTheirs`. A round that is over stays as it is.
    """
    now = now or timezone.now()
    lock_episode(round_.episode_id)
    round_ = get_round(round_.pk)
    by, via = _on_behalf(by, round_.episode.person_id, via)
    if not _is_open(round_):
        return round_
    for offer in round_.offers.filter(status__in=("offered", "chosen")).select_related("episode"):
        if offer.status == "chosen":
            move_offer(offer, "withdrawn", by, now=now, reason=CHANGED_MIND, decline_code=CHANGED_MIND)
        else:
            move_offer(offer, "declined", by, now=now, reason=f"via.{via}", recorded_via=via)
    return bring_back(round_, by=by, reason="own_wish", now=now)


def _on_behalf(by, person_id, via: str):
    """Who acts, and how the choice reached us: the person themself, or the coordinator by phone, paper or in person."""
    acting = as_participant(by, person_id)
    if acting.role == "participant":
        return acting, "self"
    if via not in RECORDED_VIA or (via == "self" and acting.user_id):
        raise ValueError("a choice recorded for somebody says how they made it")
    return acting, via


def _is_open(round_: Round) -> bool:
    return round_.status == "open" and round_.episode.status == "offered"


def _is_asking(round_: Round) -> bool:
    return round_.offers.filter(status="chosen").exists()
