"""Which places are missing, and for whom: what the program should recruit.

"Spanish-speaking women at site B: 9 waiting, 2 places". By Hall's theorem (P. Hall, "On Representatives of Subsets",
J. London Mathematical Society 10 (1935) 26-30; with places, O. Ore) somebody must stay unserved exactly when there is a
group whose peers, all together, have fewer free places than the group has people. Here groups are described by what
people said and need, up to three terms at once, and told where places are short:

1. For each description: how many wait, and how many free places there are with all peers who could serve any of them.
2. The tightest is told first (fewest places for each person, then most people). Its people take up all its places, so
   both are put aside; then comes the tightest of what remains, described as narrowly as possible, and so on. A group
   is told only where at least half of what it lacks is not told already.
3. For each told group: which constraint alone stands between it and how many further free places, that is, what could
   be loosened instead.

Never-pairs and boundaries take no part: they are secret (D7), and nothing to recruit for. Groups below `least` people
are not told, so that no single person's answers are.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
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
    short = _short_groups(members, reach, places, least)
    told_people: set[int] = set()
    told_peers = 0
    answers = []
    while found := _tightest(short, reach, places, told_people, told_peers):
        short.remove(found)
        told_people |= found.people
        told_peers |= found.peers
        asked = sorted(found.people, key=lambda i: (-seekers[i].waiting_days, seekers[i].id))[:ASKED_PER_GROUP]
        loosened = _loosen([seekers[i] for i in asked], serving, found.peers, policy)
        answers.append(Shortage(found.terms, len(found.people), found.places, loosened))
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


@dataclass(frozen=True, slots=True)
class _Group:
    """Who has these terms, and whom they reach: positions of people, bits of peers."""

    terms: tuple[Term, ...]
    people: frozenset[int]
    peers: int
    places: int


def _short_groups(
    members: Mapping[frozenset[Term], Sequence[int]], reach: Sequence[int], places: Sequence[int], least: int
) -> list[_Group]:
    """Every group with fewer places than people; of several descriptions of the same people the shortest."""
    shortest: dict[frozenset[int], tuple[Term, ...]] = {}
    for terms, listed in members.items():
        people, said = frozenset(listed), tuple(sorted(terms))
        known = shortest.get(people)
        if len(people) >= least and (known is None or (len(said), said) < (len(known), known)):
            shortest[people] = said
    groups = [_Group(said, people, _union(reach, people), 0) for people, said in shortest.items()]
    groups = [replace(group, places=_count(places, group.peers)) for group in groups]
    return [group for group in groups if group.places < len(group.people)]


def _tightest(
    short: Sequence[_Group], reach: Sequence[int], places: Sequence[int], told_people: set[int], told_peers: int
) -> _Group | None:
    """The next group to tell, by what remains of it; None where the rest is told already."""
    best: tuple[tuple[float, int, int, int, tuple[Term, ...]], _Group] | None = None
    for group in short:
        people = group.people - told_people
        if not people:
            continue
        left = _count(places, _union(reach, people) & ~told_peers)
        if len(people) - left < max(1, (len(group.people) - group.places) / 2):
            continue
        order = (left / len(people), -len(people), len(group.people), len(group.terms), group.terms)
        if best is None or order < best[0]:
            best = order, group
    return best[1] if best else None


def _union(reach: Sequence[int], people: Collection[int]) -> int:
    bits = 0
    for i in people:
        bits |= reach[i]
    return bits


def _count(places: Sequence[int], peers: int) -> int:
    """Free places of the peers that are set as bits."""
    total = 0
    while peers:
        lowest = peers & -peers
        total += places[lowest.bit_length() - 1]
        peers ^= lowest
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
