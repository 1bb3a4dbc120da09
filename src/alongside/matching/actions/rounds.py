"""Sending a round of up to three offers, and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.matching.acting import as_coordinator
from alongside.matching.freeze import find_never
from alongside.matching.models import Offer, Proposal, Round
from alongside.matching.notices import tell_participant
from alongside.people.actions import move_episode
from alongside.people.models import Episode, Program
from alongside.workforce.models import PeerProfile

from .promises import keep_unpromised, plan_list
from .runs import NotWaiting, PeerNotProposed
from .steps import bring_back, get_round, lock_episode, lock_peers, log_offer, offer_policy


class NothingToOffer(Exception):
    """Nobody is proposed to this person, so there is nothing to send."""


class PlacesPromised(Exception):
    """Every free place of these peers is promised to somebody whose answer is awaited."""


@dataclass(frozen=True)
class Sent:
    """What sending to everybody did: rounds opened, people for whom it could not be done, and people who come next
    because every place that fits is promised to somebody else."""

    rounds: int
    left: int
    in_turn: int = 0


@transaction.atomic
def send_offers(
    *,
    episode: Episode,
    by,
    peers: Sequence[PeerProfile] | None = None,
    within_places: bool = False,
    now: datetime | None = None,
) -> Round:
    """Show the person the proposed peers (or these, in this order), and let them choose in their own time.

    `within_places`: peers whose free places are all promised by other offers are left out, whoever sends at the same
    moment. Sending twice opens one round. Raises `NothingToOffer`, `NotWaiting`, `PlacesPromised`, and
    `PeerNotProposed` without saying why.
    """
    by, now, policy = as_coordinator(by), now or timezone.now(), offer_policy()
    episode = lock_episode(episode.pk)
    already = Round.objects.filter(episode=episode, status="open").first()
    if already:
        return already
    if episode.status != "waiting":
        raise NotWaiting(episode.pk)
    proposals = list(Proposal.objects.filter(episode=episode, is_current=True, rank__gt=0).order_by("rank"))
    reasons = {proposal.peer_id: proposal.reasons for proposal in proposals}
    wanted = [peer.pk for peer in peers] if peers is not None else [proposal.peer_id for proposal in proposals]
    wanted = list(dict.fromkeys(wanted))[: policy.max_offers]
    if not wanted:
        raise NothingToOffer(episode.pk)
    locked = lock_peers(wanted)
    if within_places:
        # The peers are locked: nobody else can promise their places until this is committed.
        unpromised = {peer.pk for peer in keep_unpromised(locked.values())}
        wanted = [peer_id for peer_id in wanted if peer_id in unpromised]
        if not wanted:
            raise PlacesPromised(episode.pk)
    never = find_never({episode.person_id}, locked.values())
    round_ = Round.objects.create(
        program_id=episode.program_id,
        episode=episode,
        sent_at=now,
        sent_by_id=by.user_id,
        choose_by=policy.choose_by(now),
    )
    for rank, peer_id in enumerate(wanted, start=1):
        if (str(episode.person_id), str(peer_id)) in never:
            raise PeerNotProposed(locked[peer_id])
        try:
            with transaction.atomic():
                offer = Offer.objects.create(
                    program_id=episode.program_id, round=round_, episode=episode, peer=locked[peer_id], rank=rank,
                    reasons=reasons.get(peer_id, []), offered_at=now,
                )  # fmt: skip
        except DatabaseError as error:
            raise PeerNotProposed(locked[peer_id]) from error
        log_offer(offer, "offer.offered", by)
    record(act="round.opened", by=by, subject=episode.person_id, object_kind="round", object_id=round_.pk)
    episode = move_episode(episode=episode, to="offered", by=by, now=now)
    tell_participant(episode, "offers", key=round_.pk, now=now)
    return round_


def send_all_offers(*, program: Program, by, now: datetime | None = None) -> Sent:
    """Send to everybody who waits with a proposal, in turn, so that no peer is promised beyond their places.

    Each is a transaction of its own: one problem stops nobody else. Whoever gets nothing now comes next, when an answer
    has freed a place and offers are sent again.
    """
    by, now = as_coordinator(by), now or timezone.now()
    plan = plan_list(program=program, at_once=offer_policy().max_offers, now=now)
    peers = PeerProfile.objects.in_bulk({peer_id for wanted in plan.send.values() for peer_id in wanted})
    rounds = left = 0
    for episode in Episode.objects.filter(pk__in=plan.send).order_by("waiting_since", "pk"):
        chosen = [peers[peer_id] for peer_id in plan.send[episode.pk]]
        try:
            send_offers(episode=episode, by=by, peers=chosen, within_places=True, now=now)
        except (NothingToOffer, NotWaiting, PeerNotProposed, PlacesPromised):
            left += 1
        else:
            rounds += 1
    return Sent(rounds, left, len(plan.in_turn))


@transaction.atomic
def take_back_round(*, round_: Round, by, now: datetime | None = None) -> Round:
    """The coordinator takes the offers back, to propose others. A round that is over stays as it is."""
    by = as_coordinator(by)
    lock_episode(round_.episode_id)
    return bring_back(get_round(round_.pk), by=by, reason="taken_back", now=now or timezone.now())
