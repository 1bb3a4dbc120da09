"""Places that are promised by offers that are out, and who is offered whom when offers go to a whole list.

An offer that is out promises one of the peer's places until it is answered, lapses or is taken back (decision 0026).
The plan for a list is made without locks; each round is sent under them, and looks again.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from alongside.council.queries import get_policy
from alongside.matching.models import Offer, Proposal
from alongside.people.models import Episode, Program
from alongside.rules import matching as rules
from alongside.rules.matching.fit import FULL_MILLI
from alongside.rules.matching.solver import Edge
from alongside.workforce.models import PeerProfile

from .runs import read


@dataclass(frozen=True)
class ListPlan:
    """`send`: episode to the peers to offer now, in the order of their proposals. `in_turn`: episodes for whom every
    place that fits is promised to somebody else; they come next."""

    send: dict[UUID, list[UUID]]
    in_turn: tuple[UUID, ...]


def count_promised(peer_ids: Iterable) -> Counter:
    """Peer to places that offers which are out promise. One that is chosen holds its place already (by trigger)."""
    out = Offer.objects.filter(peer__in=list(peer_ids), status="offered", round__status="open")
    return Counter(dict(out.order_by().values_list("peer_id").annotate(many=Count("pk"))))


def keep_unpromised(peers: Iterable[PeerProfile]) -> list[PeerProfile]:
    """Those of the peers who have a place that is neither taken nor promised. Lock them first: then it stays so."""
    peers = list(peers)
    promised = count_promised(peer.pk for peer in peers)
    return [peer for peer in peers if peer.places_free > promised[peer.pk]]


def plan_list(*, program: Program, at_once: int, now: datetime) -> ListPlan:
    """Who of those who wait is offered whom, so that no place is promised twice and as many as can be have an offer.

    `at_once`: offers for one person at most; everybody's first comes before anybody's second. What a coordinator put in
    order by hand is taken in that order.
    """
    from alongside.rules.matching.cascades import plan_offers  # loads NumPy and OR-Tools, which only this needs

    waiting = Episode.objects.filter(program=program, status="waiting").only("pk", "kind", "waiting_since", "urgency")
    episodes = {str(episode.pk): episode for episode in waiting}
    proposals = [
        one
        for one in Proposal.objects.filter(
            is_current=True, rank__gt=0, episode__program=program, episode__status="waiting"
        ).values("episode_id", "peer_id", "rank", "score", "run__scope")
        if str(one["episode_id"]) in episodes
    ]
    peers = PeerProfile.objects.filter(pk__in={one["peer_id"] for one in proposals})
    promised = count_promised({one["peer_id"] for one in proposals})
    serving = sorted(
        (
            rules.Peer(
                id=str(peer.pk), capacity=peer.capacity, places_free=max(0, peer.places_free - promised[peer.pk])
            )
            for peer in peers
        ),
        key=lambda peer: peer.id,
    )
    proposed = {str(one["episode_id"]) for one in proposals}
    seekers = [
        rules.Seeker(
            id=id_, kind=one.kind, urgency=one.urgency, waiting_days=max(0, (now - (one.waiting_since or now)).days)
        )
        for id_, one in sorted(episodes.items())
        if id_ in proposed
    ]
    seeker_at = {seeker.id: i for i, seeker in enumerate(seekers)}
    peer_at = {peer.id: j for j, peer in enumerate(serving)}
    edges = sorted(
        Edge(seeker_at[str(one["episode_id"])], peer_at[str(one["peer_id"])], _milli(one)) for one in proposals
    )
    ladders = plan_offers(seekers, serving, read(get_policy("matching")), at_once=at_once, edges=edges)
    order = {(str(one["episode_id"]), str(one["peer_id"])): one["rank"] for one in proposals}
    send = {}
    for ladder in ladders:
        if ladder.to_send:
            chosen = sorted(ladder.to_send, key=lambda peer_id: order[ladder.seeker_id, peer_id])
            send[UUID(ladder.seeker_id)] = [UUID(peer_id) for peer_id in chosen]
    return ListPlan(send, tuple(UUID(ladder.seeker_id) for ladder in ladders if not ladder.to_send))


def _milli(proposal: dict) -> int:
    """The fit; where a coordinator chose by hand, their order, above every fit that was counted."""
    if proposal["run__scope"] == "hand":
        return FULL_MILLI - proposal["rank"]
    return round((proposal["score"] or 0) * 1000)
