"""A whole list's proposal, kept the best as single things happen: someone comes or leaves, declines, a place is lost.

Each event answers with what it changed, so that a coordinator sees the chain: "Ana moves to Lien, so that Rosa can
have Dante". The answer equals that of a new run over the whole list in all three objectives of `solver`, as long as the
priorities are those of the day it was made; waiting grows daily, so each day begins with a run.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from alongside.rules.matching.engine import DuplicateIds, priority
from alongside.rules.matching.fit import score_milli
from alongside.rules.matching.live_flow import LiveFlow, Objective
from alongside.rules.matching.rankings import score_possible, would_meet
from alongside.rules.matching.solver import Edge, Places, assign
from alongside.rules.matching.values import Exclusions, Peer, Policy, Seeker


class Change(NamedTuple):
    """One person whose peer is another one now; None is no peer."""

    seeker_id: str
    before: str | None
    after: str | None


class LiveMatching:
    """The present proposal by id. Peers without a free place are part of it: a place may come free."""

    def __init__(
        self,
        seekers: Sequence[Seeker],
        peers: Sequence[Peer],
        policy: Policy,
        exclusions: Exclusions = frozenset(),
        *,
        edges: Sequence[Edge] | None = None,
        proposed: Mapping[str, str] | None = None,
    ) -> None:
        """Solved in full, unless `proposed` (seeker id to peer id) is an optimal answer that is at hand.

        `edges`: possible pairs by position in `seekers` and `peers`, if at hand (a free place aside). Raises
        `engine.DuplicateIds`, `errors.ListTooLarge`, `live_prices.NotOptimal` for a proposal that is not, and
        ValueError for a policy with a floor, which a kept answer does not know.
        """
        if policy.floor_milli:
            raise ValueError("a list that is kept has no floor")
        self._policy, self._exclusions = policy, set(exclusions)
        self._seekers = {seeker.id: seeker for seeker in seekers}
        self._peers = {peer.id: peer for peer in peers}
        _refuse_twice("seekers", seekers)
        _refuse_twice("peers", peers)
        self._seeker_at = {seeker.id: i for i, seeker in enumerate(seekers)}
        self._peer_at = {peer.id: j for j, peer in enumerate(peers)}
        self._seeker_ids, self._peer_ids = list(self._seeker_at), list(self._peer_at)
        if edges is None:
            edges = score_possible(seekers, peers, policy, exclusions)
        priorities = [priority(seeker, policy) for seeker in seekers]
        places = [Places(peer.places_free, peer.capacity) for peer in peers]
        if proposed is None:
            open_edges = [edge for edge in edges if places[edge.peer].free]
            chosen = assign(priorities, places, open_edges)
        else:
            chosen = [self._peer_at[proposed[seeker.id]] if seeker.id in proposed else None for seeker in seekers]
        self._flow = LiveFlow(priorities, places, edges, chosen)
        self._chosen = self._flow.chosen

    @property
    def proposed(self) -> dict[str, str]:
        """Seeker id to peer id, for everybody who is served."""
        return {self._seeker_ids[i]: self._peer_ids[j] for i, j in enumerate(self._chosen) if j is not None}

    @property
    def objective(self) -> Objective:
        """What it reaches in the three objectives."""
        return self._flow.objective

    def arrive(self, seeker: Seeker, fits: Mapping[str, int] | None = None) -> tuple[Change, ...]:
        """Somebody joins the list. `fits`: peer id to fit of every possible pair, if at hand; otherwise they are scored
        here, which takes most of the time. Raises `engine.DuplicateIds` for who is on it, KeyError for unknown peers.
        """
        if seeker.id in self._seeker_at:
            raise DuplicateIds("seekers", (seeker.id,))
        if fits is None:
            exclusions = frozenset(pair for pair in self._exclusions if pair[0] == seeker.id)
            fits = {
                peer.id: score_milli(seeker, peer, self._policy)
                for peer in self._peers.values()
                if would_meet(seeker, peer, self._policy, exclusions)
            }
        pairs = [(self._peer_at[peer_id], milli) for peer_id, milli in fits.items()]
        self._seekers[seeker.id] = seeker
        self._seeker_at[seeker.id] = self._flow.add_person(priority(seeker, self._policy), pairs)
        self._seeker_ids.append(seeker.id)
        return self._see()

    def leave(self, seeker_id: str) -> tuple[Change, ...]:
        """Somebody leaves the list, or is served for good (then take the place away too). Raises KeyError."""
        self._flow.remove_person(self._seeker_at.pop(seeker_id))
        del self._seekers[seeker_id]
        return self._see()

    def forbid(self, seeker_id: str, peer_id: str) -> tuple[Change, ...]:
        """This pair must not be, from now on: somebody declined, or a boundary came up. Raises KeyError."""
        self._exclusions.add((seeker_id, peer_id))
        self._flow.forbid(self._seeker_at[seeker_id], self._peer_at[peer_id])
        return self._see()

    def set_places(self, peer_id: str, places_free: int, capacity: int) -> tuple[Change, ...]:
        """A peer has so many places free, of so many. Raises KeyError and ValueError."""
        self._flow.set_places(self._peer_at[peer_id], Places(places_free, capacity))
        return self._see()

    def join(self, peer: Peer) -> tuple[Change, ...]:
        """A peer begins. Raises `engine.DuplicateIds`, and `solver.ListTooLarge` after a thousand: run in full then."""
        if peer.id in self._peer_at:
            raise DuplicateIds("peers", (peer.id,))
        exclusions = frozenset(pair for pair in self._exclusions if pair[1] == peer.id)
        pairs = [
            (self._seeker_at[seeker.id], score_milli(seeker, peer, self._policy))
            for seeker in self._seekers.values()
            if would_meet(seeker, peer, self._policy, exclusions)
        ]
        self._peers[peer.id] = peer
        self._peer_at[peer.id] = self._flow.add_peer(Places(peer.places_free, peer.capacity), pairs)
        self._peer_ids.append(peer.id)
        return self._see()

    def _see(self) -> tuple[Change, ...]:
        """What is another way than before, in order of coming. Who left is not told of."""
        chosen = self._flow.chosen
        earlier = [*self._chosen, *[None] * (len(chosen) - len(self._chosen))]
        self._chosen = chosen
        return tuple(
            Change(self._seeker_ids[i], _name(self._peer_ids, before), _name(self._peer_ids, after))
            for i, (before, after) in enumerate(zip(earlier, chosen, strict=True))
            if before != after and self._seeker_ids[i] in self._seeker_at
        )


def _refuse_twice(side: str, people: Iterable[Seeker | Peer]) -> None:
    twice = tuple(sorted(id_ for id_, count in Counter(person.id for person in people).items() if count > 1))
    if twice:
        raise DuplicateIds(side, twice)


def _name(ids: Sequence[str], at: int | None) -> str | None:
    return None if at is None else ids[at]
