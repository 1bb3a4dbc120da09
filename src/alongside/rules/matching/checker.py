"""Reads a result against its inputs and lists whatever is wrong with it. The engine and the solver never import this.

It goes pair by pair with the rules themselves and trusts nothing the solver counted. It does not judge whether a
better answer exists: that is shown in the tests against trying every possibility.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from alongside.rules.matching.constraints import check_pair
from alongside.rules.matching.fit import score_pair
from alongside.rules.matching.results import Candidate, Result
from alongside.rules.matching.values import Exclusions, Peer, Policy, Seeker


def check_result(
    result: Result,
    seekers: Iterable[Seeker],
    peers: Iterable[Peer],
    policy: Policy,
    exclusions: Exclusions = frozenset(),
    k: int = 3,
) -> list[str]:
    """Violations as `code: ids`; empty where the result keeps every promise."""
    seeker_by_id = {seeker.id: seeker for seeker in seekers}
    peer_by_id = {peer.id: peer for peer in peers}
    pairs = [(a.seeker_id, a.peer_id) for a in result.assignments]
    named = [(s, c.peer_id) for s, candidates in result.shortlists.items() for c in candidates]
    strangers = [
        f"unknown_id: {seeker_id} {peer_id}"
        for seeker_id, peer_id in (*pairs, *named)
        if seeker_id not in seeker_by_id or peer_id not in peer_by_id
    ]
    if strangers:
        return strangers
    return [
        *_check_everyone_answered(result, seeker_by_id),
        *_check_places(pairs, peer_by_id),
        *_check_pairs([*pairs, *named], seeker_by_id, peer_by_id, policy, exclusions),
        *_check_assignments(result),
        *(
            problem
            for seeker_id, candidates in result.shortlists.items()
            for problem in _check_shortlist(seeker_by_id[seeker_id], candidates, peer_by_id, policy, k)
        ),
        *_check_contested(result, peer_by_id),
    ]


def _check_everyone_answered(result: Result, seekers: dict[str, Seeker]) -> Iterator[str]:
    answered = Counter([*(a.seeker_id for a in result.assignments), *(u.seeker_id for u in result.unmatched)])
    yield from (f"answered_twice: {id_}" for id_, count in answered.items() if count > 1)
    yield from (f"not_answered: {id_}" for id_ in seekers.keys() - answered.keys())
    yield from (f"no_shortlist: {id_}" for id_ in seekers.keys() - result.shortlists.keys())


def _check_places(pairs: list[tuple[str, str]], peers: dict[str, Peer]) -> Iterator[str]:
    loads = Counter(peer_id for _, peer_id in pairs)
    yield from (f"over_capacity: {id_}" for id_, load in loads.items() if load > peers[id_].places_free)


def _check_pairs(
    pairs: list[tuple[str, str]],
    seekers: dict[str, Seeker],
    peers: dict[str, Peer],
    policy: Policy,
    exclusions: Exclusions,
) -> Iterator[str]:
    for seeker_id, peer_id in pairs:
        for refusal in check_pair(seekers[seeker_id], peers[peer_id], policy, exclusions):
            yield f"constraint_broken: {refusal.code} {seeker_id} {peer_id}"


def _check_assignments(result: Result) -> Iterator[str]:
    """Each assigned peer leads the shortlist, with the same score; nobody else's candidate says it is assigned."""
    assigned = {a.seeker_id: a for a in result.assignments}
    for seeker_id, candidates in result.shortlists.items():
        said = [(c.rank, c.peer_id, c.fit.milli) for c in candidates if c.is_assigned]
        pair = assigned.get(seeker_id)
        if said != ([(1, pair.peer_id, pair.milli)] if pair else []):
            yield f"assigned_not_first: {seeker_id}"


def _check_shortlist(
    seeker: Seeker, candidates: tuple[Candidate, ...], peers: dict[str, Peer], policy: Policy, k: int
) -> Iterator[str]:
    ids = [candidate.peer_id for candidate in candidates]
    if len(ids) > k or len(set(ids)) < len(ids) or [c.rank for c in candidates] != list(range(1, len(ids) + 1)):
        yield f"shortlist_malformed: {seeker.id}"
    others = [candidate.fit.milli for candidate in candidates if not candidate.is_assigned]
    if others != sorted(others, reverse=True):
        yield f"shortlist_not_ranked: {seeker.id}"
    for candidate in candidates:
        if candidate.fit != score_pair(seeker, peers[candidate.peer_id], policy):
            yield f"score_differs: {seeker.id} {candidate.peer_id}"
        if sum(c.milli for c in candidate.fit.contributions) != candidate.fit.milli:
            yield f"contributions_do_not_add_up: {seeker.id} {candidate.peer_id}"


def _check_contested(result: Result, peers: dict[str, Peer]) -> Iterator[str]:
    named = Counter(c.peer_id for candidates in result.shortlists.values() for c in candidates)
    contested = {c.peer_id for c in result.contested}
    expected = {id_ for id_, count in named.items() if count > peers[id_].places_free}
    yield from (f"contested_wrong: {id_}" for id_ in sorted(contested ^ expected))
