"""What the peer answers: yes, and the mentorship begins in the same transaction; or not now, and the next is seen."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from alongside.matching.acting import as_peer
from alongside.matching.models import Offer
from alongside.matching.notices import tell_participant
from alongside.mentoring.actions import MentorshipNotStarted, start_mentorship
from alongside.mentoring.models import Mentorship
from alongside.workforce.actions import set_available

from .choices import OfferNotOpen
from .steps import end_round, get_offer, go_on, lock_episode, lock_peers, move_offer, take_back_open, the_house

PEER_DECLINE_CODES = ("no_time", "times", "too_close", "not_my_strength", "not_said")
"""Why a peer cannot say yes now. For the coordinator; the participant is never told."""


def accept(*, offer: Offer, by, now: datetime | None = None) -> Mentorship:
    """The peer says yes. Saying it twice is saying it once.

    Raises `OfferNotOpen` (they changed their mind, or time ran out), `NotTheirs`, and `MentorshipNotStarted` when the
    two can no longer be brought together; then the person sees the next peer, and nobody learns why.
    """
    now = now or timezone.now()
    try:
        with transaction.atomic():
            return _accept(offer, by, now)
    except MentorshipNotStarted:
        with transaction.atomic():
            _set_aside(offer, now)
        raise


def _accept(offer: Offer, by, now: datetime) -> Mentorship:
    episode = lock_episode(offer.episode_id)
    offer = get_offer(offer.pk)
    by = as_peer(by, offer.peer_id)
    if offer.status == "accepted" and offer.mentorship_id:
        return offer.mentorship
    if offer.status != "chosen" or offer.round.status != "open" or episode.status != "offered":
        raise OfferNotOpen("ended")
    # An earlier peer who is handing over is let go when the next mentorship starts: both rows, in order.
    earlier = Mentorship.objects.filter(episode=episode, status="handing_over").values_list("peer_id", flat=True)
    lock_peers([offer.peer_id, *earlier])
    # The place that the offer held is freed first, so that the mentorship can take it.
    move_offer(offer, "accepted", by, now=now)
    mentorship = start_mentorship(episode=episode, peer=offer.peer, by=by, now=now)
    offer.mentorship = mentorship
    offer.save(update_fields=["mentorship"])
    take_back_open(offer.round, now=now)
    end_round(offer.round, "matched", by, now=now)
    tell_participant(offer.episode, "yes", key=offer.pk, now=now)
    return mentorship


def _set_aside(offer: Offer, now: datetime) -> None:
    lock_episode(offer.episode_id)
    offer = get_offer(offer.pk)
    if offer.status == "chosen":
        move_offer(offer, "withdrawn", the_house(offer.program_id), now=now, reason="not_possible")
        go_on(offer.round, now=now, chosen_at=offer.chosen_at)


@transaction.atomic
def peer_decline(
    *, offer: Offer, by, code: str = "", words: str = "", take_nobody_new: bool = False,
    unavailable_until: date | None = None, now: datetime | None = None,
) -> Offer:  # fmt: skip
    """The peer cannot say yes now, and may say at once that they take nobody new (until a day).

    The person is told kindly and sees the others, or the next peer is asked where they said "you choose".
    Raises `OfferNotOpen`, `NotTheirs`; ValueError for a reason that is not on the list.
    """
    if code and code not in PEER_DECLINE_CODES:
        raise ValueError(f"not a reason: {code}")
    now = now or timezone.now()
    lock_episode(offer.episode_id)
    offer = get_offer(offer.pk)
    by = as_peer(by, offer.peer_id)
    if offer.status == "peer_declined":
        return offer
    if offer.status != "chosen":
        raise OfferNotOpen("ended")
    # Every peer of the round, in order: `go_on` may ask the next one.
    lock_peers(offer.round.offers.values_list("peer_id", flat=True))
    move_offer(offer, "peer_declined", by, now=now, decline_code=code, decline_words=words)
    if take_nobody_new:
        set_available(peer=offer.peer, available=False, by=by, until=unavailable_until)
    go_on(offer.round, now=now, chosen_at=offer.chosen_at)
    return offer
