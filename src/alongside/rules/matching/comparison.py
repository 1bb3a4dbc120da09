"""What if? The same list answered in several ways, side by side, for a coordinator who decides.

- `most_served`: as many as possible by urgency and waiting, then the best fit, then even loads (`engine.propose`).
- `stable`: nobody could rather have each other; as many as can be then (`stable_ties` on the lists of `rankings`).
- `first_come`: who waits longest chooses first, the best fit that has a place; what a list on paper does. Ties by id.

Figures and ids, no sentences. They are for whoever works on this list and sees its people; for others, shares by group
go through `fairness`, which hides small cells.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from alongside.rules.matching.engine import priority
from alongside.rules.matching.ranked_lists import RankedLists
from alongside.rules.matching.rankings import BAND_MILLI, Said, rank_pairs, score_possible
from alongside.rules.matching.solver import Edge, Places, assign
from alongside.rules.matching.stable import Matching, count_blocking_pairs
from alongside.rules.matching.stable_ties import match_with_ties
from alongside.rules.matching.values import Exclusions, Peer, Policy, Seeker

MOST_SERVED: Final = "most_served"
STABLE: Final = "stable"
FIRST_COME: Final = "first_come"

GETS_A_PEER, LOSES_A_PEER = "gets_a_peer", "loses_a_peer"
FITS_BETTER, FITS_WORSE, FITS_ALIKE = "fits_better", "fits_worse", "fits_alike"


@dataclass(frozen=True, slots=True)
class Loads:
    """Load / capacity over all peers with a capacity, earlier participants included. `gini`: 0 all alike, to 1."""

    least: float
    most: float
    mean: float
    variance: float
    gini: float


@dataclass(frozen=True, slots=True)
class ModeFigures:
    """One mode in figures. Fits in thousandths of a point, None where nobody is served.

    `priority`: sum over the served. `blocking_pairs`: pairs who would both rather have each other. `shares`: dimension
    to value to (served, people).
    """

    mode: str
    served: int
    unserved: int
    priority: int
    fit_total: int
    fit_mean: float | None
    fit_worst: int | None
    loads: Loads
    blocking_pairs: int
    shares: Mapping[str, Mapping[str, tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One person who has another peer in the second mode than in the first. Fits None without a peer."""

    seeker_id: str
    code: str
    first_peer_id: str | None
    second_peer_id: str | None
    first_milli: int | None
    second_milli: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """`figures` in the order of the modes asked for; `proposals`: mode to seeker id to (peer id, fit)."""

    figures: tuple[ModeFigures, ...]
    proposals: Mapping[str, Mapping[str, tuple[str, int]]]
    seeker_ids: tuple[str, ...]

    def differences(self, first: str, second: str) -> tuple[Difference, ...]:
        """Person by person from one mode to another, by id; whoever has the same peer is left out. Raises KeyError."""
        one, other = self.proposals[first], self.proposals[second]
        found = []
        for id_ in self.seeker_ids:
            (first_peer, first_milli), (second_peer, second_milli) = (p.get(id_, (None, None)) for p in (one, other))
            if first_peer != second_peer:
                code = _code(first_milli, second_milli)
                found.append(Difference(id_, code, first_peer, second_peer, first_milli, second_milli))
        return tuple(found)


def compare_modes(
    seekers: Sequence[Seeker],
    peers: Sequence[Peer],
    policy: Policy,
    exclusions: Exclusions = frozenset(),
    *,
    said: Said | None = None,
    groups: Mapping[str, Mapping[str, str]] | None = None,
    modes: Sequence[str] = (MOST_SERVED, STABLE, FIRST_COME),
    edges: Sequence[Edge] | None = None,
    band_milli: int = BAND_MILLI,
) -> Comparison:
    """Answer the list in each mode. `groups`: seeker id to dimension to value, as `fairness.groups_of` gives.

    `edges`: possible pairs by position in order of id, if at hand. Raises KeyError for a mode nobody knows.
    """
    waiting, serving = sorted(seekers, key=lambda s: s.id), sorted(peers, key=lambda p: p.id)
    if edges is None:
        edges = score_possible(waiting, serving, policy, exclusions)
    lists = rank_pairs(waiting, serving, policy, edges, said, band_milli)
    milli = {(edge.seeker, edge.peer): edge.milli for edge in edges}
    figures, proposals = [], {}
    for mode in modes:
        chosen = _ANSWERS[mode](waiting, serving, policy, edges, lists)
        pairs = {i: (j, milli[i, j]) for i, j in enumerate(chosen) if j is not None}
        proposals[mode] = {waiting[i].id: (serving[j].id, fit) for i, (j, fit) in pairs.items()}
        fits = [fit for _, fit in pairs.values()]
        figures.append(
            ModeFigures(
                mode=mode,
                served=len(pairs),
                unserved=len(waiting) - len(pairs),
                priority=sum(priority(waiting[i], policy) for i in pairs),
                fit_total=sum(fits),
                fit_mean=sum(fits) / len(fits) if fits else None,
                fit_worst=min(fits, default=None),
                loads=measure_loads(serving, Counter(serving[j].id for j, _ in pairs.values())),
                blocking_pairs=count_blocking_pairs(lists, chosen),
                shares=_shares(waiting, proposals[mode], groups or {}),
            )
        )
    return Comparison(tuple(figures), proposals, tuple(seeker.id for seeker in waiting))


def measure_loads(peers: Sequence[Peer], given: Mapping[str, int]) -> Loads:
    """How evenly caseloads lie once each peer has `given` (peer id to number) more.

    Gini by its mean difference (C. Gini 1912): the mean |difference| of any two loads over twice their mean.
    """
    shares = sorted(
        (peer.capacity - peer.places_free + given.get(peer.id, 0)) / peer.capacity for peer in peers if peer.capacity
    )
    if not shares:
        return Loads(0.0, 0.0, 0.0, 0.0, 0.0)
    count, total = len(shares), sum(shares)
    mean = total / count
    variance = sum((share - mean) ** 2 for share in shares) / count
    gini = sum((2 * k - count - 1) * share for k, share in enumerate(shares, start=1)) / (count * total) if total else 0
    return Loads(shares[0], shares[-1], mean, variance, gini)


def serve_in_order(order: Sequence[int], edges: Sequence[Edge], places: Sequence[int], people: int) -> Matching:
    """One after the other takes the best fit that still has a place, ties by position."""
    wanted: list[list[tuple[int, int]]] = [[] for _ in range(people)]
    for edge in edges:
        wanted[edge.seeker].append((-edge.milli, edge.peer))
    left = list(places)
    chosen: Matching = [None] * people
    for i in order:
        best = min(((fit, j) for fit, j in wanted[i] if left[j]), default=None)
        if best is not None:
            chosen[i] = best[1]
            left[best[1]] -= 1
    return chosen


def _most_served(
    seekers: Sequence[Seeker], peers: Sequence[Peer], policy: Policy, edges: Sequence[Edge], lists: RankedLists
) -> Matching:
    places = [Places(peer.places_free, peer.capacity) for peer in peers]
    open_edges = [edge for edge in edges if places[edge.peer].free]
    return assign([priority(s, policy) for s in seekers], places, open_edges, policy.floor_milli)


def _stable(
    seekers: Sequence[Seeker], peers: Sequence[Peer], policy: Policy, edges: Sequence[Edge], lists: RankedLists
) -> Matching:
    return match_with_ties(lists)


def _first_come(
    seekers: Sequence[Seeker], peers: Sequence[Peer], policy: Policy, edges: Sequence[Edge], lists: RankedLists
) -> Matching:
    order = sorted(range(len(seekers)), key=lambda i: (-seekers[i].waiting_days, i))
    return serve_in_order(order, edges, [peer.places_free for peer in peers], len(seekers))


_Answer = Callable[[Sequence[Seeker], Sequence[Peer], Policy, Sequence[Edge], RankedLists], Matching]
_ANSWERS: Final[Mapping[str, _Answer]] = {MOST_SERVED: _most_served, STABLE: _stable, FIRST_COME: _first_come}


def _shares(
    seekers: Sequence[Seeker], served: Mapping[str, tuple[str, int]], groups: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, tuple[int, int]]]:
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for seeker in seekers:
        for dimension, value in groups.get(seeker.id, {}).items():
            there, people = found.setdefault(dimension, {}).get(value, (0, 0))
            found[dimension][value] = (there + (seeker.id in served), people + 1)
    return {dimension: dict(sorted(values.items())) for dimension, values in sorted(found.items())}


def _code(first: int | None, second: int | None) -> str:
    if first is None or second is None:
        return GETS_A_PEER if first is None else LOSES_A_PEER
    if first == second:
        return FITS_ALIKE
    return FITS_BETTER if second > first else FITS_WORSE
