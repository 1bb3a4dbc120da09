"""The two questions the engine answers: whom for the whole list (`propose`), and whom for one person (`shortlist`)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from heapq import nsmallest
from typing import TypeVar

from alongside.rules.matching.canonical import digest_inputs
from alongside.rules.matching.constraints import check_pair, list_unknown
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
    Stage,
    Unmatched,
)
from alongside.rules.matching.values import Exclusions, Peer, Policy, Seeker

NOBODY_TO_ASK = "no_peers"
STAGES = ("served", "at_floor", "fit", "load")

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

    The objectives and the tie rule are those of `solving`. A shortlist has the assigned peer first, then the best fits.
    Raises `DuplicateIds`, `errors.ListTooLarge`, and ValueError for k < 1.
    """
    # Loaded here: the compiler comes with a long list, and a web process that never runs one stays small.
    from alongside.rules.matching.people import solve_people

    waiting, serving = in_order(seekers, "seekers"), in_order(peers, "peers")
    check_length(k)
    found, ranked = solve_people(waiting, [priority(s, policy) for s in waiting], serving, policy, exclusions, k)

    assignments, unmatched = [], []
    shortlists: dict[str, tuple[Candidate, ...]] = {}
    for seeker, peer_at, possible, best in zip(
        waiting, found.peer.tolist(), found.possible.tolist(), ranked, strict=True
    ):
        listed = [peer for peer in best if peer != peer_at]
        if peer_at >= 0:
            listed.insert(0, peer_at)
        shortlists[seeker.id] = tuple(
            candidate_of(seeker, serving[peer], policy, rank, is_assigned=peer == peer_at)
            for rank, peer in enumerate(listed[:k], start=1)
        )
        if peer_at < 0:
            unmatched.append(_why_unmatched(seeker, serving, policy, exclusions, feasible=possible))
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
            "feasible_pairs": int(found.possible.sum()),
            "assigned": len(assignments),
            "fit_milli": sum(assignment.milli for assignment in assignments),
        },
        stages=tuple(map(Stage, STAGES, found.value, found.bound)),
    )


def shortlist(
    seeker: Seeker, peers: Iterable[Peer], policy: Policy, exclusions: Exclusions = frozenset(), k: int = 3
) -> Shortlist:
    """The k best possible peers for one person (ties by id), and every refused peer with what stands between.

    Raises `DuplicateIds`, and ValueError for k < 1.
    """
    serving = in_order(peers, "peers")
    check_length(k)
    scored: list[tuple[int, str, Peer]] = []
    refused: list[RefusedPeer] = []
    for peer in serving:
        refusals = check_pair(seeker, peer, policy, exclusions)
        if refusals:
            refused.append(RefusedPeer(peer.id, refusals))
        else:
            scored.append((-score_milli(seeker, peer, policy), peer.id, peer))
    best = nsmallest(k, scored, key=lambda item: item[:2])
    candidates = tuple(candidate_of(seeker, peer, policy, rank) for rank, (_, _, peer) in enumerate(best, start=1))
    return Shortlist(seeker.id, candidates, tuple(refused))


def in_order(people: Iterable[Listed], side: str) -> list[Listed]:
    """Sorted by id, so that the order of the list never matters. Raises `DuplicateIds`."""
    listed = sorted(people, key=lambda person: person.id)
    twice = tuple(sorted(id_ for id_, count in Counter(person.id for person in listed).items() if count > 1))
    if twice:
        raise DuplicateIds(side, twice)
    return listed


def check_length(k: int) -> None:
    """Raises ValueError for a shortlist of nobody."""
    if k < 1:
        raise ValueError("a shortlist has room for at least one peer")


def candidate_of(seeker: Seeker, peer: Peer, policy: Policy, rank: int, *, is_assigned: bool = False) -> Candidate:
    """A possible pair as it is told: fit, reasons, and what was not answered."""
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
