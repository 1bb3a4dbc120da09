"""How well a possible pair fits: each feature measured from 0 to 1, then the weighted mean in thousandths of a point.

A feature that cannot be measured because an answer is missing is left out of the mean and named; one that does not
apply (nobody asked, nothing to compare) is left out in silence. Why each feature counts: `values.DEFAULT_WEIGHTS`.
"""

from collections.abc import Callable
from enum import Enum
from typing import Final, NamedTuple

from alongside.rules.availability import overlap_hours
from alongside.rules.matching.preferences import (
    group_wishes,
    is_any_met,
    miles_allowed,
    miles_apart,
    usable_modes,
)
from alongside.rules.matching.results import Contribution, Fit, Params
from alongside.rules.matching.values import Peer, Policy, Seeker

FULL_MILLI: Final = 100_000
"""100 points, in thousandths."""

ENOUGH_SHARED: Final = 2
"""Two things in common are as good as it gets, so that a long list of answers neither helps nor harms."""

NEED_EXPERIENCES: Final = {
    "first_weeks": {"hospital_or_treatment", "overdose_survival"},
    "housing": {"homelessness"},
    "family": {"parenting_in_recovery", "child_welfare", "loved_one_of_someone"},
    "health_care": {"hospital_or_treatment"},
    "court_or_probation": {"justice"},
    "parenting": {"parenting_in_recovery", "child_welfare"},
    "understanding_a_loved_one": {"loved_one_of_someone"},
}
"""Need to the experiences that speak to it. A need that is not here says nothing about who can help."""


class Measured(NamedTuple):
    """A feature of one pair: `value` from 0 (does not fit) to 1 (fits as well as can be), and what to tell of it."""

    value: float
    params: Params


class Gap(Enum):
    """Why a feature has no value."""

    MISSING = "missing"
    NOT_COMPARED = "not_compared"


Measure = Measured | Gap
Feature = Callable[[Seeker, Peer, Policy], Measure]


def measure_life_stage(seeker: Seeker, peer: Peer, policy: Policy) -> Measure:
    """Life stages in common."""
    return _measure_shared(seeker.life_stages, peer.life_stages)


def measure_pathway(seeker: Seeker, peer: Peer, policy: Policy) -> Measure:
    """Whether they share a pathway. Who is still exploring is open to any, so there is nothing to compare."""
    if not seeker.pathways or not peer.pathways:
        return Gap.MISSING
    if "exploring" in seeker.pathways or "exploring" in peer.pathways:
        return Gap.NOT_COMPARED
    shared = seeker.pathways & peer.pathways
    return Measured(float(bool(shared)), {"values": tuple(sorted(shared))})


def measure_language(seeker: Seeker, peer: Peer, policy: Policy) -> Measure:
    """1 where the peer speaks the seeker's preferred language, half where another one they share, else 0."""
    if not seeker.languages or not peer.languages:
        return Gap.MISSING
    preferred = seeker.languages[0]
    if preferred in peer.languages:
        return Measured(1.0, {"language": preferred})
    other = next((language for language in seeker.languages if language in peer.languages), "")
    return Measured(0.5 if other else 0.0, {"language": other, "preferred": preferred})


def measure_availability(seeker: Seeker, peer: Peer, policy: Policy) -> Measure:
    """Hours a week in which both are free, up to what the policy calls ample."""
    if not seeker.hours or not peer.hours:
        return Gap.MISSING
    hours = overlap_hours(seeker.hours, peer.hours)
    return Measured(min(1.0, hours / policy.ample_hours), {"hours": hours})


def measure_wishes(seeker: Seeker, peer: Peer, policy: Policy) -> Measure:
    """Share of the would-likes that the peer meets, among those whose answer is known."""
    if not seeker.preferences:
        return Gap.NOT_COMPARED
    wishes = group_wishes(seeker, "like")
    if not wishes:
        return Gap.NOT_COMPARED
    answers = [(wish, is_any_met(wish, seeker, peer, policy)) for wish in wishes]
    known = [answer for _, answer in answers if answer is not None]
    if not known:
        return Gap.MISSING

    def names(wanted: bool) -> tuple[str, ...]:
        return tuple("|".join(f"{p.feature}:{p.value}" for p in wish) for wish, answer in answers if answer is wanted)

    return Measured(sum(known) / len(known), {"met": names(True), "not_met": names(False)})


def measure_age(seeker: Seeker, peer: Peer, policy: Policy) -> Measure:
    """1 for the same age, falling evenly to 0. Nothing is told of the years: nobody's age is given away."""
    if seeker.age is None or peer.age is None:
        return Gap.MISSING
    return Measured(max(0.0, 1 - abs(seeker.age - peer.age) / policy.far_age_years), {})


def measure_continuity(seeker: Seeker, peer: Peer, policy: Policy) -> Measure:
    """1 for a peer the seeker knows and would see again; not compared for who has no such peer."""
    if not seeker.earlier_peer_ids:
        return Gap.NOT_COMPARED
    return Measured(float(peer.id in seeker.earlier_peer_ids), {})


def measure_need(seeker: Seeker, peer: Peer, policy: Policy) -> Measure:
    """Share of the needs to which some experience speaks (`NEED_EXPERIENCES`) and to which the peer's does."""
    if not seeker.needs:
        return Gap.MISSING
    needs = sorted(need for need in seeker.needs if need in NEED_EXPERIENCES)
    if not needs:
        return Gap.NOT_COMPARED
    if not peer.experiences:
        return Gap.MISSING
    known = tuple(need for need in needs if not peer.experiences.isdisjoint(NEED_EXPERIENCES[need]))
    return Measured(len(known) / len(needs), {"values": known})


def measure_interests(seeker: Seeker, peer: Peer, policy: Policy) -> Measure:
    """Interests in common."""
    return _measure_shared(seeker.interests, peer.interests)


def measure_distance(seeker: Seeker, peer: Peer, policy: Policy) -> Measure:
    """1 next door, falling evenly to 0 where it gets far. Not compared where they will not meet in person."""
    usable = usable_modes(seeker, peer)
    if usable is None:
        return Gap.MISSING
    if "in_person" not in usable:
        return Gap.NOT_COMPARED
    miles = miles_apart(seeker, peer)
    if miles is None:
        return Gap.MISSING
    allowed = miles_allowed(seeker, peer)
    far = policy.far_miles if allowed is None else max(allowed, 1.0)
    # Told in steps of five, upward: a reason must not help to find where somebody lives.
    return Measured(max(0.0, 1 - miles / far), {"within_miles": max(1, -int(-miles // 5)) * 5})


def measure_experience(seeker: Seeker, peer: Peer, policy: Policy) -> Measure:
    """Experiences in common, among those the peer chose to share."""
    return _measure_shared(seeker.experiences, peer.experiences)


def _measure_shared(wanted: frozenset[str], offered: frozenset[str]) -> Measure:
    if not wanted or not offered:
        return Gap.MISSING
    shared = wanted & offered
    return Measured(min(1.0, len(shared) / min(len(wanted), ENOUGH_SHARED)), {"values": tuple(sorted(shared))})


FEATURES: Final[dict[str, Feature]] = {
    "life_stage": measure_life_stage,
    "pathway": measure_pathway,
    "language": measure_language,
    "availability": measure_availability,
    "wishes": measure_wishes,
    "age": measure_age,
    "continuity": measure_continuity,
    "need": measure_need,
    "interests": measure_interests,
    "distance": measure_distance,
    "experience": measure_experience,
}
"""Every feature, in the order in which ties of importance are told."""


def score_pair(seeker: Seeker, peer: Peer, policy: Policy) -> Fit:
    """Fit of a pair that breaks no hard constraint, with contributions in the order of `FEATURES`.

    The score is the mean of the measured features by weight. Parts are rounded along their running sum, so that they
    add up to it exactly.
    """
    measured, missing = _measure_pair(seeker, peer, policy)
    total_weight = sum(weight for _, _, weight in measured)
    contributions: list[Contribution] = []
    exact, told = 0.0, 0
    for feature, answer, weight in measured:
        exact += weight * answer.value
        upto = round(FULL_MILLI * exact / total_weight)
        contributions.append(Contribution(feature, answer.value, weight, upto - told, answer.params))
        told = upto
    return Fit(told, tuple(contributions), tuple(missing))


def score_milli(seeker: Seeker, peer: Peer, policy: Policy) -> int:
    """`score_pair(...).milli` without the explanation: for the many pairs of a whole list of which few are told."""
    exact = total_weight = 0.0
    for _, answer, weight in _measure_pair(seeker, peer, policy)[0]:
        exact += weight * answer.value
        total_weight += weight
    return round(FULL_MILLI * exact / total_weight) if total_weight else 0


def _measure_pair(seeker: Seeker, peer: Peer, policy: Policy) -> tuple[list[tuple[str, Measured, float]], list[str]]:
    """(feature, measure, weight) of each feature that has a value, and the names of those that are missing."""
    measured: list[tuple[str, Measured, float]] = []
    missing: list[str] = []
    for feature, measure in FEATURES.items():
        weight = policy.weights.get(feature)
        if not weight:  # the council does not count it: neither compared nor asked for
            continue
        answer = measure(seeker, peer, policy)
        if answer is Gap.MISSING:
            missing.append(feature)
        elif isinstance(answer, Measured):
            measured.append((feature, answer, weight))
    return measured, missing
