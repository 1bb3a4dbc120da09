"""Offers for a whole list, in turn, so that no peer is ever promised beyond their places.

An offer that is out holds a place until it is answered or lapses. From the list as it stands now this says which
offers go out next; whoever keeps the answers calls it again after each one, with fewer places after a yes and one
more pair excluded after a no. Nothing is remembered here, so that what the database holds is the only truth.

1. People with no offer out get the places that are not promised, by the optimum over all of them (`solver`): as many
   as possible have an offer, by urgency and waiting, then the best fit.
2. Places still not promised go out as second and third offers, where several at once are wanted: everybody's second
   before anybody's third, greatest priority first, best fit first.

What holds, whatever is answered: offers out never exceed free places with any peer; and whoever has no offer out has
no possible peer with a place that is not promised. A later answer may free one: then the next call gives it.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from alongside.rules.matching.engine import priority
from alongside.rules.matching.rankings import score_possible
from alongside.rules.matching.solver import Edge, Places, assign
from alongside.rules.matching.values import Exclusions, Peer, Policy, Seeker

OUT: Final = "out"
SEND: Final = "send"
NEXT: Final = "next"
WHEN_FREE: Final = "when_free"

Pair = tuple[str, str]


class OverPromised(ValueError):
    """More offers are out than a peer has places. `peer_ids` who."""

    def __init__(self, peer_ids: tuple[str, ...]) -> None:
        super().__init__(f"more offers out than places: {', '.join(peer_ids)}")
        self.peer_ids = peer_ids


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a person's ladder: `out` already, `send` now, `next` with a place that nobody is promised, or
    `when_free`: every place of this peer is taken or promised at the moment."""

    peer_id: str
    milli: int
    state: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """Everybody whom one person may be offered, in the order in which it would happen; best fit first within it."""

    seeker_id: str
    rungs: tuple[Rung, ...]

    @property
    def to_send(self) -> tuple[str, ...]:
        """Peers to offer now."""
        return tuple(rung.peer_id for rung in self.rungs if rung.state == SEND)


def plan_offers(
    seekers: Sequence[Seeker],
    peers: Sequence[Peer],
    policy: Policy,
    exclusions: Exclusions = frozenset(),
    *,
    out: Collection[Pair] = frozenset(),
    at_once: int = 1,
    edges: Sequence[Edge] | None = None,
) -> tuple[Ladder, ...]:
    """A ladder for each person who waits, by id. `out`: (seeker id, peer id) of offers that wait for an answer.

    `at_once`: offers out for one person at most, at least 1. `edges`: possible pairs by position in order of id, if at
    hand. Peers' `places_free` counts places taken by mentorships, not offers. Offers that are out for people who are
    not on this list hold their places all the same. Raises `OverPromised`, and ValueError for `at_once` below 1.
    """
    if at_once < 1:
        raise ValueError("everybody may have one offer at least")
    waiting, serving = sorted(seekers, key=lambda s: s.id), sorted(peers, key=lambda p: p.id)
    if edges is None:
        edges = score_possible(waiting, serving, policy, exclusions)
    free = _count_free(serving, out)
    seeker_at, peer_at = {s.id: i for i, s in enumerate(waiting)}, {p.id: j for j, p in enumerate(serving)}
    has_out: list[set[int]] = [set() for _ in waiting]
    for seeker_id, peer_id in out:
        if seeker_id in seeker_at and peer_id in peer_at:
            has_out[seeker_at[seeker_id]].add(peer_at[peer_id])
    priorities = [priority(seeker, policy) for seeker in waiting]
    ranked: list[list[tuple[int, int]]] = [[] for _ in waiting]
    for edge in edges:
        ranked[edge.seeker].append((-edge.milli, edge.peer))
    for row in ranked:
        row.sort()

    send: list[set[int]] = [set() for _ in waiting]
    open_edges = [edge for edge in edges if not has_out[edge.seeker] and free[edge.peer]]
    places = [Places(left, peer.capacity) for left, peer in zip(free, serving, strict=True)]
    for i, first in enumerate(assign(priorities, places, open_edges, policy.floor_milli)):
        if first is not None:
            send[i].add(first)
            free[first] -= 1
    in_turn = sorted(range(len(waiting)), key=lambda i: (-priorities[i], i))
    for already in range(1, at_once):
        for i in in_turn:
            if len(has_out[i]) + len(send[i]) == already:
                more = next((j for _, j in ranked[i] if free[j] and j not in has_out[i] and j not in send[i]), None)
                if more is not None:
                    send[i].add(more)
                    free[more] -= 1
    return tuple(
        Ladder(seeker.id, _rungs(ranked[i], has_out[i], send[i], free, [peer.id for peer in serving]))
        for i, seeker in enumerate(waiting)
    )


def _count_free(peers: Sequence[Peer], out: Collection[Pair]) -> list[int]:
    """Places that are neither taken nor promised."""
    promised = Counter(peer_id for _, peer_id in set(out))
    over = tuple(peer.id for peer in peers if promised[peer.id] > peer.places_free)
    if over:
        raise OverPromised(over)
    return [peer.places_free - promised[peer.id] for peer in peers]


def _rungs(
    ranked: Sequence[tuple[int, int]], out: set[int], send: set[int], free: Sequence[int], ids: Sequence[str]
) -> tuple[Rung, ...]:
    """In order: out, to send, the rest by fit. An offer that is out for a pair no longer possible is not told here."""

    def state(j: int) -> str:
        if j in out:
            return OUT
        if j in send:
            return SEND
        return NEXT if free[j] else WHEN_FREE

    order = {OUT: 0, SEND: 1, NEXT: 2, WHEN_FREE: 2}
    rungs = [Rung(ids[j], -fit, state(j)) for fit, j in ranked]
    return tuple(sorted(rungs, key=lambda rung: order[rung.state]))
