"""The two questions the engine answers: whom for the whole list (`propose`), and whom for one person (`shortlist`)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from heapq import nsmallest
from typing import TypeVar

from alongside.rules.matching.canonical import digest_inputs
from alongside.rules.matching.constraints import check_pair, is_feasible, list_unknown
from alongside.rules.matching.fit import score_milli, score_pair
from alongside.rules.matching.reasons import list_reasons
from alongside.rules.matching.results import (
    NO_PLACE_LEFT,
    Assignment,
    Candidate,
    Contested,
    RefusedPeer,
    Result,
    Shortlist,
    Unmatched,
)
from alongside.rules.matching.solver import Edge, Places, assign
from alongside.rules.matching.values import Exclusions, Peer, Policy, Seeker

NOBODY_TO_ASK = "no_peers"

Listed = TypeVar("Listed", Seeker, Peer)


class DuplicateIds(ValueError):
    """Somebody is on a list twice. `side` is `seekers` or `peers`, `ids` who."""

    def __init__(self, side: str, ids: tuple[str, ...]) -> None:
        super().__init__(f"{side} listed more than once: {', '.join(ids)}")
        self.side, self.ids = side, ids


def priority(seeker: Seeker, policy: Policy) -> int:
    """How much it counts to serve this person now, in days of waiting, at least 1."""
    return 1 + policy.urgency_days * seeker.urgency + min(seeker.waiting_days, policy.waiting_cap_days)


def propose(
    seekers: Iterable[Seeker], peers: Iterable[Peer], policy: Policy, exclusions: Exclusions = frozenset(), k: int = 3
) -> Result:
    """The best answer for the whole list: assignments, up to k candidates for each seeker, and why somebody has none.

    The objectives and the tie rule are those of `solver`. A shortlist has the assigned peer first, then the best fits.
    Raises `DuplicateIds`, `solver.ListTooLarge`, and ValueError for k < 1.
    """
    waiting, serving = _in_order(seekers, "seekers"), _in_order(peers, "peers")
    _check_length(k)
    edges = [
        Edge(i, j, score_milli(seeker, peer, policy))
        for i, seeker in enumerate(waiting)
        for j, peer in enumerate(serving)
        if is_feasible(seeker, peer, policy, exclusions)
    ]
    chosen = assign(
        [priority(seeker, policy) for seeker in waiting],
        [Places(peer.places_free, peer.capacity) for peer in serving],
        edges,
    )
    by_seeker: list[list[Edge]] = [[] for _ in waiting]
    for edge in edges:
        by_seeker[edge.seeker].append(edge)

    assignments, unmatched = [], []
    shortlists: dict[str, tuple[Candidate, ...]] = {}
    for seeker, peer_at, possible in zip(waiting, chosen, by_seeker, strict=True):
        ranked = sorted((edge.peer != peer_at, -edge.milli, edge.peer) for edge in possible)
        best = [peer for _, _, peer in ranked[:k]]
        shortlists[seeker.id] = tuple(
            _candidate(seeker, serving[peer], policy, rank, is_assigned=peer == peer_at)
            for rank, peer in enumerate(best, start=1)
        )
        if peer_at is None:
            unmatched.append(_why_unmatched(seeker, serving, policy, exclusions, feasible=len(possible)))
        else:
            assignments.append(Assignment(seeker.id, serving[peer_at].id, shortlists[seeker.id][0].fit.milli))
    return Result(
        assignments=tuple(assignments),
        shortlists=shortlists,
        unmatched=tuple(unmatched),
        contested=_find_contested(shortlists, serving),
        digest=digest_inputs(waiting, serving, policy, exclusions, k),
        policy_version=policy.version,
        stats={
            "seekers": len(waiting),
            "peers": len(serving),
            "places": sum(peer.places_free for peer in serving),
            "feasible_pairs": len(edges),
            "assigned": len(assignments),
            "fit_milli": sum(assignment.milli for assignment in assignments),
        },
    )


def shortlist(
    seeker: Seeker, peers: Iterable[Peer], policy: Policy, exclusions: Exclusions = frozenset(), k: int = 3
) -> Shortlist:
    """The k best possible peers for one person (ties by id), and every refused peer with what stands between.

    Raises `DuplicateIds`, and ValueError for k < 1.
    """
    serving = _in_order(peers, "peers")
    _check_length(k)
    scored: list[tuple[int, str, Peer]] = []
    refused: list[RefusedPeer] = []
    for peer in serving:
        refusals = check_pair(seeker, peer, policy, exclusions)
        if refusals:
            refused.append(RefusedPeer(peer.id, refusals))
        else:
            scored.append((-score_milli(seeker, peer, policy), peer.id, peer))
    best = nsmallest(k, scored, key=lambda item: item[:2])
    candidates = tuple(_candidate(seeker, peer, policy, rank) for rank, (_, _, peer) in enumerate(best, start=1))
    return Shortlist(seeker.id, candidates, tuple(refused))


def _in_order(people: Iterable[Listed], side: str) -> list[Listed]:
    """Sorted by id, so that the order of the list never matters. Raises `DuplicateIds`."""
    listed = sorted(people, key=lambda person: person.id)
    twice = tuple(sorted(id_ for id_, count in Counter(person.id for person in listed).items() if count > 1))
    if twice:
        raise DuplicateIds(side, twice)
    return listed


def _check_length(k: int) -> None:
    if k < 1:
        raise ValueError("a shortlist has room for at least one peer")


def _candidate(seeker: Seeker, peer: Peer, policy: Policy, rank: int, *, is_assigned: bool = False) -> Candidate:
    fit = score_pair(seeker, peer, policy)
    missing = tuple(dict.fromkeys((*fit.missing, *list_unknown(seeker, peer))))
    return Candidate(peer.id, rank, is_assigned, fit, list_reasons(fit, seeker), missing)


def _why_unmatched(
    seeker: Seeker, peers: Sequence[Peer], policy: Policy, exclusions: Exclusions, *, feasible: int
) -> Unmatched:
    refused: Counter[str] = Counter()
    refused_only_by: Counter[str] = Counter()
    for peer in peers:
        codes = [refusal.code for refusal in check_pair(seeker, peer, policy, exclusions)]
        refused.update(codes)
        if len(codes) == 1:
            refused_only_by.update(codes)
    if feasible:
        code = NO_PLACE_LEFT
    else:
        code = min(refused, key=lambda name: (-refused[name], name), default=NOBODY_TO_ASK)
    return Unmatched(seeker.id, code, feasible, dict(sorted(refused.items())), dict(sorted(refused_only_by.items())))


def _find_contested(shortlists: dict[str, tuple[Candidate, ...]], peers: Sequence[Peer]) -> tuple[Contested, ...]:
    named = Counter(candidate.peer_id for candidates in shortlists.values() for candidate in candidates)
    return tuple(
        Contested(peer.id, named[peer.id], peer.places_free) for peer in peers if named[peer.id] > peer.places_free
    )
