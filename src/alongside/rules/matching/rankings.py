"""Each side's own ranking of the other, from what people said: the lists for the two-sided mode.

Whom somebody would take is what no hard constraint forbids (`constraints.is_feasible`, a free place aside: a peer who
is full still has an opinion). In which order:

1. Whoever ranked the other side in their own words comes first, in that order: `Said` holds it. A participant says it
   after meeting several peers, a peer after reading what was shared with them.
2. Everybody else follows by fit, seen from the side that ranks. A participant's view counts every feature of the
   policy. A peer's view leaves out what only the participant asks for: their wishes and meeting an earlier peer again.
3. Fits of one band are liked alike. `BAND_MILLI` is 5 points of 100: a smaller difference says nothing about people,
   and ties are what lets more of them be served (`stable_ties`).

What may not meet stays off both lists, so nothing here tells of it (D7).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from alongside.rules.matching.constraints import CONSTRAINTS, has_place
from alongside.rules.matching.fit import score_milli
from alongside.rules.matching.ranked_lists import RankedLists, RankedPair
from alongside.rules.matching.solver import Edge
from alongside.rules.matching.values import Exclusions, Peer, Policy, Seeker

BAND_MILLI: Final = 5_000
ASKED_BY_PARTICIPANT: Final = frozenset({"wishes", "continuity"})
"""Features that say what the participant wants, not how the two get on."""

_APART_FROM_PLACES: Final = tuple(constraint for constraint in CONSTRAINTS if constraint is not has_place)


@dataclass(frozen=True, slots=True)
class Said:
    """Rankings in people's own words: id to ids of the other side, best first. Whoever is not here said nothing."""

    by_participants: Mapping[str, Sequence[str]] = field(default_factory=dict)
    by_peers: Mapping[str, Sequence[str]] = field(default_factory=dict)


def rank_both_sides(
    seekers: Sequence[Seeker],
    peers: Sequence[Peer],
    policy: Policy,
    exclusions: Exclusions = frozenset(),
    said: Said | None = None,
    band_milli: int = BAND_MILLI,
) -> RankedLists:
    """The lists of both sides; positions are those of `seekers` and `peers`, places the peers' free ones.

    `band_milli` 1 takes every difference in fit as a preference. Raises ValueError below 1.
    """
    return rank_pairs(seekers, peers, policy, score_possible(seekers, peers, policy, exclusions), said, band_milli)


def score_possible(
    seekers: Sequence[Seeker], peers: Sequence[Peer], policy: Policy, exclusions: Exclusions = frozenset()
) -> list[Edge]:
    """Every pair that nothing but a missing place could keep apart, by position, with its fit."""
    return [
        Edge(i, j, score_milli(seeker, peer, policy))
        for i, seeker in enumerate(seekers)
        for j, peer in enumerate(peers)
        if would_meet(seeker, peer, policy, exclusions)
    ]


def rank_pairs(
    seekers: Sequence[Seeker],
    peers: Sequence[Peer],
    policy: Policy,
    edges: Sequence[Edge],
    said: Said | None = None,
    band_milli: int = BAND_MILLI,
) -> RankedLists:
    """As `rank_both_sides`, from the pairs of `score_possible` that are at hand."""
    if band_milli < 1:
        raise ValueError("a band holds at least one thousandth of a point")
    said = said or Said()
    of_peers = peers_view(policy)
    seekers_said = {id_: _orders(ids) for id_, ids in said.by_participants.items()}
    peers_said = {id_: _orders(ids) for id_, ids in said.by_peers.items()}
    pairs = []
    for i, j, milli in edges:
        seeker, peer = seekers[i], peers[j]
        other = milli if of_peers is policy or _asks_nothing(seeker) else score_milli(seeker, peer, of_peers)
        own_rank = _rank(seekers_said.get(seeker.id, {}), peer.id, milli, band_milli)
        pairs.append(RankedPair(i, j, own_rank, _rank(peers_said.get(peer.id, {}), seeker.id, other, band_milli)))
    return RankedLists.from_pairs(len(seekers), [peer.places_free for peer in peers], pairs)


def would_meet(seeker: Seeker, peer: Peer, policy: Policy, exclusions: Exclusions) -> bool:
    """Whether nothing but a missing place could keep the two apart."""
    return all(constraint(seeker, peer, policy, exclusions) is None for constraint in _APART_FROM_PLACES)


def peers_view(policy: Policy) -> Policy:
    """The policy as a peer's side counts it; the very same where the council gives those features no weight."""
    weights = {feature: weight for feature, weight in policy.weights.items() if feature not in ASKED_BY_PARTICIPANT}
    return policy if len(weights) == len(policy.weights) else replace(policy, weights=weights)


def _asks_nothing(seeker: Seeker) -> bool:
    """Whether the two views are one, because the features that differ compare nothing for this person."""
    return not seeker.preferences and not seeker.earlier_peer_ids


def _orders(ids: Iterable[str]) -> dict[str, int]:
    """Id to its place on the list; a name written twice counts where it stands first."""
    return {id_: order for order, id_ in enumerate(dict.fromkeys(ids))}


def _rank(said: Mapping[str, int], other: str, milli: int, band_milli: int) -> int:
    """Smaller is better: what was said first, then the bands of fit from the top down."""
    return said[other] if other in said else len(said) + (100_000 - milli) // band_milli
