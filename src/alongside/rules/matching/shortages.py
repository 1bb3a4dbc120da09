"""Which places are missing, and for whom: what the program should recruit.

"Spanish-speaking women at site B: 9 waiting, 2 places". By Hall's theorem (P. Hall, "On Representatives of Subsets",
J. London Mathematical Society 10 (1935) 26-30; with places, O. Ore) somebody must stay unserved exactly when there is a
group whose peers, all together, have fewer free places than the group has people. Here groups are described by what
people said and need, up to three terms at once, and told where places are short:

1. For each description: how many wait, and how many free places there are with all peers who could serve any of them.
2. Tightest first (share without a place, then the larger group). A group inside one that is told already says nothing
   new. A wider group is told when at least half of its missing places are not explained by groups inside it.
3. For each told group: which constraint alone stands between it and how many further free places, that is, what could
   be loosened instead.

Never-pairs and boundaries take no part: they are secret (D7), and nothing to recruit for. Groups below `least` people
are not told, so that no single person's answers are.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from alongside.rules.matching.constraints import AGE_BAND_STARTS, check_pair
from alongside.rules.matching.preferences import UNSAID_GENDERS
from alongside.rules.matching.rankings import would_meet
from alongside.rules.matching.values import Peer, Policy, Seeker

LEAST_PEOPLE: Final = 3
MOST_TERMS: Final = 3
ASKED_PER_GROUP: Final = 50
"""So many of a group, those who wait longest, are asked what could be loosened."""

Term = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Shortage:
    """A group with fewer places than people. `terms` empty: everybody.

    `loosened`: code of the one constraint in the way, to free places it alone keeps from somebody of the group.
    """

    terms: tuple[Term, ...]
    waiting: int
    places: int
    loosened: Mapping[str, int]

    @property
    def missing(self) -> int:
        """How many at least stay unserved."""
        return self.waiting - self.places


def describe(seeker: Seeker, labels: Mapping[str, str] | None = None) -> frozenset[Term]:
    """What can narrow the choice of peers for this person: their only language, what they must have, who they are.

    >>> sorted(describe(Seeker(id="r", kind="loved_one", languages=("es",), gender="woman"), {"site": "B"}))
    [('gender', 'woman'), ('kind', 'loved_one'), ('only_language', 'es'), ('site', 'B')]
    """
    terms = {("kind", seeker.kind), *(labels or {}).items()}
    if len(seeker.languages) == 1:
        terms.add(("only_language", seeker.languages[0]))
    if seeker.gender not in UNSAID_GENDERS:
        terms.add(("gender", seeker.gender))
    if len(seeker.modes) == 1:
        terms.update(("only_mode", mode) for mode in seeker.modes)
    if seeker.age is not None:
        terms.add(("age", next(band for start, band in AGE_BAND_STARTS if seeker.age >= start)))
    terms |= {(f"must_{p.feature}", p.value) for p in seeker.preferences if p.strength == "must"}
    return frozenset(terms)


def find_shortages(
    seekers: Sequence[Seeker],
    peers: Sequence[Peer],
    policy: Policy,
    labels: Mapping[str, Mapping[str, str]] | None = None,
    *,
    possible: Mapping[str, Collection[str]] | None = None,
    least: int = LEAST_PEOPLE,
) -> tuple[Shortage, ...]:
    """Told shortages, tightest first. `labels`: seeker id to further terms, such as site.

    `possible`: seeker id to ids of peers whom no constraint forbids (a place aside), if at hand.
    """
    serving = [peer for peer in peers if peer.places_free]
    reach = _reach(seekers, serving, policy, possible)
    places = [peer.places_free for peer in serving]
    members: dict[frozenset[Term], list[int]] = {frozenset(): list(range(len(seekers)))}
    for i, seeker in enumerate(seekers):
        terms = sorted(describe(seeker, (labels or {}).get(seeker.id)))
        for length in range(1, MOST_TERMS + 1):
            for some in combinations(terms, length):
                members.setdefault(frozenset(some), []).append(i)
    found = _short_ones(members, reach, places, least)
    told: list[tuple[frozenset[int], int]] = []
    answers = []
    for terms_of, people, count in found:
        inside = [(group, missing) for group, missing in told if group < people]
        missing = len(people) - count
        if any(people <= group for group, _ in told) or missing - _explained(inside) < max(1, missing / 2):
            continue
        told.append((people, missing))
        asked = sorted(people, key=lambda i: (-seekers[i].waiting_days, seekers[i].id))[:ASKED_PER_GROUP]
        loosened = _loosen([seekers[i] for i in asked], serving, _union(reach, people), policy)
        answers.append(Shortage(tuple(sorted(terms_of)), len(people), count, loosened))
    return tuple(answers)


def _reach(
    seekers: Sequence[Seeker],
    peers: Sequence[Peer],
    policy: Policy,
    possible: Mapping[str, Collection[str]] | None,
) -> list[int]:
    """For each person the peers who could serve them, as bits by position."""
    if possible is not None:
        position = {peer.id: j for j, peer in enumerate(peers)}
        return [
            sum(1 << position[id_] for id_ in set(possible.get(seeker.id, ())) if id_ in position) for seeker in seekers
        ]
    return [
        sum(1 << j for j, peer in enumerate(peers) if would_meet(seeker, peer, policy, frozenset()))
        for seeker in seekers
    ]


def _short_ones(
    members: Mapping[frozenset[Term], Sequence[int]], reach: Sequence[int], places: Sequence[int], least: int
) -> list[tuple[frozenset[Term], frozenset[int], int]]:
    """(terms, people, places) of every group that is short, one description for the same people, tightest first."""
    shortest: dict[frozenset[int], frozenset[Term]] = {}
    for terms, listed in members.items():
        if len(listed) < least:
            continue
        people = frozenset(listed)
        known = shortest.get(people)
        if known is None or (len(terms), sorted(terms)) < (len(known), sorted(known)):
            shortest[people] = terms
    short = []
    for people, terms in shortest.items():
        bits = _union(reach, people)
        count = sum(free for j, free in enumerate(places) if bits >> j & 1)
        if count < len(people):
            short.append((terms, people, count))
    return sorted(short, key=lambda one: (one[2] / len(one[1]), -len(one[1]), len(one[0]), sorted(one[0])))


def _union(reach: Sequence[int], people: Collection[int]) -> int:
    bits = 0
    for i in people:
        bits |= reach[i]
    return bits


def _explained(inside: Sequence[tuple[frozenset[int], int]]) -> int:
    """Missing places of groups that do not overlap, the largest first."""
    taken: set[int] = set()
    total = 0
    for people, missing in sorted(inside, key=lambda one: (-one[1], sorted(one[0]))):
        if taken.isdisjoint(people):
            taken |= people
            total += missing
    return total


def _loosen(group: Sequence[Seeker], peers: Sequence[Peer], reached: int, policy: Policy) -> dict[str, int]:
    """Code to free places which only this constraint keeps from somebody of the group; secret ones are left out."""
    gained: dict[str, int] = {}
    for j, peer in enumerate(peers):
        if reached >> j & 1:
            continue
        codes = set()
        for seeker in group:
            refusals = check_pair(seeker, peer, policy, frozenset())
            if len(refusals) == 1 and not refusals[0].secret:
                codes.add(refusals[0].code)
        for code in codes:
            gained[code] = gained.get(code, 0) + peer.places_free
    return dict(sorted(gained.items(), key=lambda item: (-item[1], item[0])))
