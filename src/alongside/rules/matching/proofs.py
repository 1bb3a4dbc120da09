"""Could more people have been served, or others first? An answer that does not come from the solver.

Whoever has no place is asked whom they could have gone to; whoever holds a place there is asked whom else they could
have gone to; and so on until nobody new is reached. Then (D. Koenig 1931, P. Hall 1935; with places, O. Ore):

- A free place that is reached could have served one more. Where none is, all people who were reached together have no
  peers but those who were reached, whose places are all given: nobody can serve more of them. That is the proof.
- Somebody who has a place, but is less urgent and has waited less than the one from whom they were reached, could have
  changed with them. Whom one can serve together is a matroid, so where there is no such pair, no other choice of people
  has a greater sum of priorities.

Only possible pairs among those who were reached are looked at, so the better the list is served, the less work it is.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alongside.rules.matching.constraints import is_feasible
from alongside.rules.matching.engine import priority
from alongside.rules.matching.values import Exclusions, Peer, Policy, Seeker


@dataclass(frozen=True, slots=True)
class ServedProof:
    """Whether nobody could have been served more, nor anybody with more priority instead of somebody with less.

    `people` compete for `places`, all there are with `peers` who could serve any of them: at least
    `people - places` stay without. All 0 where everybody is served.
    """

    is_most: bool
    is_by_priority: bool
    people: int = 0
    peers: int = 0
    places: int = 0

    @property
    def holds(self) -> bool:
        """Whether both are proven."""
        return self.is_most and self.is_by_priority


def prove_served(
    given: Mapping[str, str],
    seekers: Sequence[Seeker],
    peers: Sequence[Peer],
    policy: Policy,
    exclusions: Exclusions = frozenset(),
) -> ServedProof:
    """Look at an answer. `given`: seeker id to peer id of everybody who has a place. Raises KeyError for a stranger."""
    holders: dict[str, list[Seeker]] = defaultdict(list)
    by_id = {seeker.id: seeker for seeker in seekers}
    for seeker_id, peer_id in given.items():
        holders[peer_id].append(by_id[seeker_id])
    unseen = {peer.id: peer for peer in sorted(peers, key=lambda peer: peer.id) if peer.places_free}
    reached: set[str] = set()
    places = reached_peers = 0
    is_most = is_by_priority = True
    without = [seeker for seeker in seekers if seeker.id not in given]
    for start in sorted(without, key=lambda seeker: (-priority(seeker, policy), seeker.id)):
        # Whoever was reached from somebody with more priority has at least as much, or that was found then.
        floor, queue = priority(start, policy), [start]
        reached.add(start.id)
        while queue:
            seeker = queue.pop()
            for peer in [one for one in unseen.values() if is_feasible(seeker, one, policy, exclusions)]:
                del unseen[peer.id]
                reached_peers += 1
                places += peer.places_free
                is_most = is_most and len(holders[peer.id]) >= peer.places_free
                for holder in holders[peer.id]:
                    is_by_priority = is_by_priority and priority(holder, policy) >= floor
                    if holder.id not in reached:
                        reached.add(holder.id)
                        queue.append(holder)
    return ServedProof(is_most, is_by_priority, len(reached), reached_peers, places)
