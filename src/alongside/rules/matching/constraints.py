"""What is never broken: one function per hard constraint, each answering None or the reason of refusal.

A peer's free places, a peer's own limits, a never-pair or boundary, and being the same person all give one and the
same value, `not_available`. So the secret ones hide in a crowd: nobody can tell from a refusal which of them it was
(D7), and a peer's limits stay the peer's own.
An answer that was not given refuses nobody and is named by `list_unknown`. The one exception is a `must`: somebody
asked for it, so it has to be known to be met.
"""

from collections.abc import Callable

from alongside.rules.availability import to_bits
from alongside.rules.matching.preferences import (
    UNSAID_GENDERS,
    group_wishes,
    is_any_met,
    miles_allowed,
    miles_apart,
    usable_modes,
)
from alongside.rules.matching.results import NOT_AVAILABLE, Refusal
from alongside.rules.matching.values import Exclusions, Peer, Policy, Seeker

_NOT_AVAILABLE = Refusal(NOT_AVAILABLE, secret=True)

AGE_BAND_STARTS = (
    (65, "65_plus"), (55, "55_64"), (45, "45_54"), (35, "35_44"), (25, "25_34"), (18, "18_24"), (0, "under_18"),
)  # fmt: skip


def has_place(seeker: Seeker, peer: Peer, policy: Policy, exclusions: Exclusions) -> Refusal | None:
    """The peer has a free place."""
    return None if peer.places_free > 0 else _NOT_AVAILABLE


def may_meet(seeker: Seeker, peer: Peer, policy: Policy, exclusions: Exclusions) -> Refusal | None:
    """No never-pair and no boundary stands between the two."""
    return _NOT_AVAILABLE if (seeker.id, peer.id) in exclusions else None


def are_two_people(seeker: Seeker, peer: Peer, policy: Policy, exclusions: Exclusions) -> Refusal | None:
    """Nobody is their own peer."""
    return _NOT_AVAILABLE if seeker.id == peer.id else None


def within_limits(seeker: Seeker, peer: Peer, policy: Policy, exclusions: Exclusions) -> Refusal | None:
    """The seeker has nothing the peer does not take on."""
    if any(limit.value in answers_about(seeker, limit.feature) for limit in peer.limits):
        return _NOT_AVAILABLE
    return None


def serves_kind(seeker: Seeker, peer: Peer, policy: Policy, exclusions: Exclusions) -> Refusal | None:
    """The peer serves people in their own recovery, or loved ones, whichever the seeker is."""
    if not peer.serves or seeker.kind in peer.serves:
        return None
    return Refusal("kind_not_served", {"kind": seeker.kind})


def share_language(seeker: Seeker, peer: Peer, policy: Policy, exclusions: Exclusions) -> Refusal | None:
    """They have a language in common."""
    if not seeker.languages or not peer.languages or not frozenset(seeker.languages).isdisjoint(peer.languages):
        return None
    return Refusal("no_shared_language", {"languages": seeker.languages})


def meets_musts(seeker: Seeker, peer: Peer, policy: Policy, exclusions: Exclusions) -> Refusal | None:
    """The peer is known to have everything the seeker must have. Params name each must that is not met."""
    if not seeker.preferences:
        return None
    unmet = [g for g in group_wishes(seeker, "must") if is_any_met(g, seeker, peer, policy) is not True]
    if not unmet:
        return None
    return Refusal("must_not_met", {"musts": tuple(f"{p.feature}:{p.value}" for group in unmet for p in group)})


def share_hours(seeker: Seeker, peer: Peer, policy: Policy, exclusions: Exclusions) -> Refusal | None:
    """Both are free for one whole session, in a row, in a usual week."""
    if not seeker.hours or not peer.hours:
        return None
    longest = longest_stretch(to_bits(seeker.hours) & to_bits(peer.hours), enough=policy.session_hours)
    if longest >= policy.session_hours:
        return None
    return Refusal("too_few_hours", {"hours": longest, "needed": policy.session_hours})


def can_meet(seeker: Seeker, peer: Peer, policy: Policy, exclusions: Exclusions) -> Refusal | None:
    """There is a way to meet: by phone, video or text, or in person within what both are ready to travel."""
    usable = usable_modes(seeker, peer)
    if usable is None or usable:
        return None
    if "in_person" in seeker.modes & peer.modes:  # the only way they share, and not usable: it is known to be too far
        miles, allowed = miles_apart(seeker, peer), miles_allowed(seeker, peer)
        return Refusal("too_far", {"miles": round(miles or 0), "allowed": round(allowed or 0)})
    return Refusal("no_shared_mode", {"modes": tuple(sorted(seeker.modes))})


Constraint = Callable[[Seeker, Peer, Policy, Exclusions], Refusal | None]
CONSTRAINTS: tuple[Constraint, ...] = (
    has_place, are_two_people, may_meet, within_limits, serves_kind, share_language, meets_musts, share_hours, can_meet,
)  # fmt: skip


def check_pair(seeker: Seeker, peer: Peer, policy: Policy, exclusions: Exclusions) -> tuple[Refusal, ...]:
    """Every reason why this pair is impossible, in fixed order and each once; empty where it is possible."""
    found: list[Refusal] = []
    for constraint in CONSTRAINTS:
        refusal = constraint(seeker, peer, policy, exclusions)
        if refusal is not None and refusal not in found:
            found.append(refusal)
    return tuple(found)


def is_feasible(seeker: Seeker, peer: Peer, policy: Policy, exclusions: Exclusions) -> bool:
    """Whether `check_pair` finds nothing; stops at the first refusal."""
    return all(constraint(seeker, peer, policy, exclusions) is None for constraint in CONSTRAINTS)


def list_unknown(seeker: Seeker, peer: Peer) -> tuple[str, ...]:
    """Constraints that could not be checked because an answer is not given, in fixed order."""
    limited = {limit.feature for limit in peer.limits}
    in_person_only = bool(seeker.modes) and bool(peer.modes) and seeker.modes & peer.modes == {"in_person"}
    unknown = {
        "kind": not peer.serves,
        "language": not seeker.languages or not peer.languages,
        "availability": not seeker.hours or not peer.hours,
        "mode": not seeker.modes or not peer.modes,
        "distance": in_person_only and miles_apart(seeker, peer) is None,
        "gender": "gender" in limited and seeker.gender in UNSAID_GENDERS,
        "age": "age" in limited and seeker.age is None,
    }
    return tuple(name for name, is_unknown in unknown.items() if is_unknown)


def answers_about(seeker: Seeker, feature: str) -> frozenset[str]:
    """What a seeker said about a feature that a limit may name; empty where nothing."""
    match feature:
        case "gender":
            return frozenset({seeker.gender})
        case "kind":
            return frozenset({seeker.kind})
        case "age":
            return frozenset() if seeker.age is None else frozenset({age_band(seeker.age)})
        case "language":
            return frozenset(seeker.languages)
        case "pathway":
            return seeker.pathways
        case "experience":
            return seeker.experiences
        case "life_stage":
            return seeker.life_stages
        case "need":
            return seeker.needs
        case _:  # mode: `Limit` admits no other feature
            return seeker.modes


def age_band(age: int) -> str:
    """Band of an age in years.

    >>> age_band(17), age_band(18), age_band(70)
    ('under_18', '18_24', '65_plus')
    """
    return next(band for start, band in AGE_BAND_STARTS if age >= start)


def longest_stretch(bits: int, *, enough: int) -> int:
    """Longest run of set bits, counted up to `enough`. The week does not wrap round on Sunday midnight.

    >>> longest_stretch(0b1101110, enough=8)
    3
    """
    length = 0
    while bits and length < enough:
        bits &= bits >> 1
        length += 1
    return length
