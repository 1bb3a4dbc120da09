"""What would come of one change? One more place with a peer, or other weights; the rest of the list as it is.

Both answers serve as many as possible (`comparison.MOST_SERVED`) and are measured by the policy in force, so that the
fits of the two can be compared.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from alongside.rules.matching.comparison import MOST_SERVED, Comparison, Difference, compare_modes
from alongside.rules.matching.fit import score_milli
from alongside.rules.matching.values import Exclusions, Peer, Policy, Seeker

NOW, THEN = "now", "then"


@dataclass(frozen=True, slots=True)
class Change:
    """One more place with the peer `one_more`, or `weights` instead of those in force, or both."""

    one_more: str = ""
    weights: Mapping[str, float] | None = None

    def __bool__(self) -> bool:
        return bool(self.one_more) or self.weights is not None


@dataclass(frozen=True, slots=True)
class Effect:
    """`served`: people with a place now and then; `fit_mean`: in thousandths of a point, None where nobody is served.
    `differences`: who would have another peer, by id. `counts`: code of a difference to people."""

    served: tuple[int, int]
    fit_mean: tuple[float | None, float | None]
    differences: tuple[Difference, ...]
    counts: Mapping[str, int]


def try_change(
    seekers: Sequence[Seeker],
    peers: Sequence[Peer],
    policy: Policy,
    exclusions: Exclusions,
    change: Change,
    now: Comparison | None = None,
) -> Effect:
    """What the change would do to this list. `now`: the list as it is in mode `MOST_SERVED`, if at hand.

    Raises ValueError for a peer who is not on the list, or weights that no policy may have.
    """
    if change.one_more and change.one_more not in {peer.id for peer in peers}:
        raise ValueError("this peer is not on the list")
    if now is None:
        now = compare_modes(seekers, peers, policy, exclusions, modes=(MOST_SERVED,))
    changed_peers = [
        replace(
            peer,
            places_free=peer.places_free + (peer.id == change.one_more),
            capacity=peer.capacity + (peer.id == change.one_more),
        )
        for peer in peers
    ]
    changed_policy = policy if change.weights is None else replace(policy, weights=dict(change.weights))
    then = compare_modes(seekers, changed_peers, changed_policy, exclusions, modes=(MOST_SERVED,))
    by_id, peer_by_id = {seeker.id: seeker for seeker in seekers}, {peer.id: peer for peer in peers}
    measured = {
        id_: (peer_id, score_milli(by_id[id_], peer_by_id[peer_id], policy))
        for id_, (peer_id, _milli) in then.proposals[MOST_SERVED].items()
    }
    both = {NOW: now.proposals[MOST_SERVED], THEN: measured}
    differences = Comparison((), both, now.seeker_ids).differences(NOW, THEN)
    return Effect(
        served=(len(both[NOW]), len(both[THEN])),
        fit_mean=(_mean(both[NOW]), _mean(both[THEN])),
        differences=differences,
        counts=Counter(difference.code for difference in differences),
    )


def _mean(given: Mapping[str, tuple[str, int]]) -> float | None:
    return sum(milli for _, milli in given.values()) / len(given) if given else None
