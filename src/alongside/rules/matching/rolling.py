"""Match now, or wait for a better place? The policy of a scheduled run over people who come one by one.

What is known. Where nobody can tell who is about to leave, matching at once is close to the best, and where one can
tell, those should be matched first and the others may wait for a thicker market (M. Akbarpour, S. Li and S. Oveis
Gharan, "Thickness and Information in Dynamic Matching Markets", J. Political Economy 128 (2020) 783-815). In large
markets matching at once also gives the shortest waits (I. Ashlagi, A. Nikzad and P. Strack, "Matching in Dynamic
Imbalanced Markets", arXiv 1809.06824). Waiting can only pay by better matches, against the cost of waiting, and up to a
threshold (M. Baccara, S. Lee and L. Yariv, "Optimal Dynamic Matching", Theoretical Economics 15 (2020) 1221-1278).

So everybody is matched now, unless a better place is likely and near. One step ahead is looked at, for each person
whom the optimum over the whole list gives a peer:

1. Now, whatever may come: who is urgent; who has waited as long as the policy allows; whose possible peers are so few
   that another place is not to be counted on (a thin market).
2. Otherwise the expected gain of waiting `look_days`: places that come up are taken to be Poisson, at the rate of each
   peer; this person gets one that comes up with their share of those who would want it. Gain is how much better the
   best of these fits than the pair at hand, nothing if it fits less.
3. The cost: `points_per_day` for each day, and the fit at hand lost with the chance that the person gives up meanwhile.
4. Wait only where the gain is greater. The place stays free until the next run, which looks anew.

A pure function of the list, the policies and the rates of the recent past.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Final

from alongside.rules.matching.engine import priority
from alongside.rules.matching.rankings import score_possible
from alongside.rules.matching.rolling_policy import RollingPolicy
from alongside.rules.matching.solver import Edge, Places, assign
from alongside.rules.matching.values import Exclusions, Peer, Policy, Seeker

URGENT: Final = "urgent"
WAITED_ENOUGH: Final = "waited_enough"
FEW_PEERS: Final = "few_peers"
GOOD_ENOUGH: Final = "good_enough"
BETTER_IS_NEAR: Final = "better_is_near"
NO_PLACE: Final = "no_place"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a run does about one person. `peer_id` is proposed where `act`, kept free where not; None: no place.

    `gain` and `cost` of waiting in points of fit, 0 where they were not weighed.
    """

    seeker_id: str
    peer_id: str | None
    act: bool
    code: str
    milli: int
    gain: float
    cost: float


def rate_places(came_up: Mapping[str, int], days: int, peers: Sequence[Peer], prior_days: int) -> dict[str, float]:
    """Places that come up per day, for each peer: their own count over `days`, drawn toward the program's mean.

    The mean of a Gamma-Poisson posterior whose prior has the mean over all peers and weighs like `prior_days` days: a
    peer of whom nothing is known yet counts like any other. Raises ValueError for negative days or counts.
    """
    if days < 0 or prior_days < 0 or min(came_up.values(), default=0) < 0:
        raise ValueError("days and counts are not negative")
    if not peers or not days:
        return dict.fromkeys((peer.id for peer in peers), 0.0)
    mean = sum(came_up.get(peer.id, 0) for peer in peers) / (days * len(peers))
    return {peer.id: (came_up.get(peer.id, 0) + mean * prior_days) / (days + prior_days) for peer in peers}


def decide(
    seekers: Sequence[Seeker],
    peers: Sequence[Peer],
    policy: Policy,
    rolling: RollingPolicy,
    rates: Mapping[str, float],
    exclusions: Exclusions = frozenset(),
    *,
    edges: Sequence[Edge] | None = None,
    proposed: Mapping[str, str] | None = None,
) -> tuple[Decision, ...]:
    """What one scheduled run does, for everybody who waits, by id. `rates`: peer id to places that come up per day.

    `edges`: possible pairs by position in order of id, if at hand, also with peers who have no place now. `proposed`:
    seeker id to peer id, where another mode than the optimum decides (`comparison`).
    """
    waiting, serving = sorted(seekers, key=lambda s: s.id), sorted(peers, key=lambda p: p.id)
    if edges is None:
        edges = score_possible(waiting, serving, policy, exclusions)
    fits: list[dict[int, int]] = [{} for _ in waiting]
    for edge in edges:
        fits[edge.seeker][edge.peer] = edge.milli
    if proposed is None:
        places = [Places(peer.places_free, peer.capacity) for peer in serving]
        open_edges = [edge for edge in edges if places[edge.peer].free]
        chosen = assign([priority(seeker, policy) for seeker in waiting], places, open_edges, policy.floor_milli)
    else:
        at = {peer.id: j for j, peer in enumerate(serving)}
        chosen = [at[proposed[seeker.id]] if seeker.id in proposed else None for seeker in waiting]
    # Whoever has no place now wants one that comes up, too; whoever is matched in this run does not.
    unserved = {i for i, j in enumerate(chosen) if j is None}
    rivals = [0] * len(serving)
    for edge in edges:
        rivals[edge.peer] += edge.seeker in unserved
    found = []
    for i, (seeker, j) in enumerate(zip(waiting, chosen, strict=True)):
        if j is None:
            found.append(Decision(seeker.id, None, False, NO_PLACE, 0, 0.0, 0.0))
            continue
        hopes = [
            (milli, rates.get(serving[k].id, 0.0) * rolling.look_days / (1 + rivals[k])) for k, milli in fits[i].items()
        ]
        found.append(_decide_one(seeker, serving[j].id, fits[i][j], hopes, rolling))
    return tuple(found)


def _decide_one(
    seeker: Seeker, peer_id: str, milli: int, hopes: Sequence[tuple[int, float]], rolling: RollingPolicy
) -> Decision:
    code = ""
    if seeker.urgency:
        code = URGENT
    elif seeker.waiting_days >= rolling.longest_wait_days:
        code = WAITED_ENOUGH
    elif len(hopes) <= rolling.few_peers:
        code = FEW_PEERS
    if code:
        return Decision(seeker.id, peer_id, True, code, milli, 0.0, 0.0)
    gain, cost = expect_gain(milli, hopes) / 1000, waiting_cost(milli, rolling)
    waits = gain > cost
    return Decision(seeker.id, peer_id, not waits, BETTER_IS_NEAR if waits else GOOD_ENOUGH, milli, gain, cost)


def expect_gain(milli: int, hopes: Sequence[tuple[int, float]]) -> float:
    """How much better than `milli` the best of the places that come up fits, on average, in thousandths of a point.

    `hopes`: (fit, expected number) of each peer's places, independent Poisson. The best is at least x with the chance
    that any of the places from x up comes; the gain is the sum of these chances over all x above `milli`.

    >>> round(expect_gain(50_000, [(60_000, 0.5), (40_000, 9.0)]), 1)
    3934.7
    """
    better = sorted(((fit, number) for fit, number in hopes if fit > milli), reverse=True)
    gain, expected = 0.0, 0.0
    for at, (fit, number) in enumerate(better):
        expected += number
        following = better[at + 1][0] if at + 1 < len(better) else milli
        gain += (fit - following) * (1 - exp(-expected))
    return gain


def waiting_cost(milli: int, rolling: RollingPolicy) -> float:
    """What waiting until the next look costs, in points of fit."""
    stays = (1 - rolling.gives_up_per_day) ** rolling.look_days
    return rolling.points_per_day * rolling.look_days + (1 - stays) * milli / 1000
