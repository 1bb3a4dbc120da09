"""What the engine is given: people who wait, peers who serve, the policy in force, and who must not meet.

All values are frozen and plain. An empty collection, an empty text or None is an answer that was not given:
it neither helps nor harms, and is named. `rules.availability.NEVER` in `hours` *is* an answer: no hour at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Final

from alongside.rules.availability import HOURS_IN_WEEK, to_bits
from alongside.rules.vocabulary import AGE_BANDS, KINDS, PREFERENCES, STRENGTHS

Exclusions = frozenset[tuple[str, str]]
"""Pairs (seeker id, peer id) that must never meet: never-pair and the boundary map. Their content stays secret (D7)."""

URGENCIES = (0, 1, 2)
LIMIT_FEATURES = ("gender", "kind", "age", "language", "pathway", "experience", "life_stage", "need", "mode")

DEFAULT_WEIGHTS: Final[Mapping[str, float]] = {
    # The first four lead by the field notes, section (d), consequence 2. Tillson 2024 (a pilot): the present life
    # stage (age, family) and the way of recovery may matter more than the same past.
    "life_stage": 20.0,
    "pathway": 20.0,
    "language": 15.0,
    "availability": 15.0,
    # Both sides' wishes first (BBBS); concordance is raised by young people themselves (springermedizin 20185318).
    "wishes": 15.0,
    # The other half of Tillson's life stage.
    "age": 10.0,
    # Somebody who asks for an earlier peer does not have to tell the story again (persona notes, section (e)).
    "continuity": 10.0,
    # A peer who has been through what help is wanted with: a program's judgment, no trial known.
    "need": 8.0,
    # Shared interests and short ways are practice in youth mentoring (BBBS: at most a 20 minutes' drive).
    "interests": 5.0,
    "distance": 5.0,
    # The same substance or history "may not be needed" (Tillson 2024): low, editable, and measured.
    "experience": 4.0,
}
"""Feature to weight, where the council has not decided otherwise. Only ratios count: fit is a weighted mean."""


def _check_answers(person: "Seeker | Peer") -> None:
    """Refuse values no form can produce, at the door rather than deep inside a run. Raises ValueError."""
    if person.hours and to_bits(person.hours) >> HOURS_IN_WEEK:
        raise ValueError("hours outside one week")
    if (person.latitude is None) != (person.longitude is None):
        raise ValueError("latitude and longitude come together")
    if (person.max_miles is not None and not person.max_miles >= 0) or (person.age is not None and person.age < 0):
        raise ValueError("max_miles and age are not negative")


@dataclass(frozen=True, slots=True)
class Preference:
    """One thing a seeker asks of a peer. Feature and value from `vocabulary.PREFERENCES`; strength `must` or `like`."""

    feature: str
    value: str
    strength: str

    def __post_init__(self) -> None:
        if self.value not in PREFERENCES.get(self.feature, ()) or self.strength not in STRENGTHS:
            raise ValueError(f"unknown preference: {self.strength} {self.feature}={self.value}")


@dataclass(frozen=True, slots=True)
class Limit:
    """Whom a peer does not take on: a seeker who has this value. `age` is one of `vocabulary.AGE_BANDS`."""

    feature: str
    value: str

    def __post_init__(self) -> None:
        known_ages = self.feature != "age" or self.value in AGE_BANDS
        if self.feature not in LIMIT_FEATURES or not known_ages:
            raise ValueError(f"unknown limit: {self.feature}={self.value}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeker:
    """A participant who waits.

    `id` is the person's id (the same space as peers' ids). `languages` has the preferred one first. `age` in years,
    `hours` as in `rules.availability` (None or "" unknown), `max_miles` the farthest way to go, `waiting_days` >= 0,
    `urgency` 0 usual, 1 soon, 2 first. `earlier_peer_ids`: peers this person would gladly see again.
    """

    id: str
    kind: str
    languages: tuple[str, ...] = ()
    gender: str = ""
    age: int | None = None
    pathways: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    experiences: frozenset[str] = frozenset()
    life_stages: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset()
    hours: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    max_miles: float | None = None
    preferences: tuple[Preference, ...] = ()
    waiting_days: int = 0
    urgency: int = 0
    earlier_peer_ids: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        _check_answers(self)
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind: {self.kind}")
        if self.urgency not in URGENCIES or self.waiting_days < 0:
            raise ValueError("urgency is 0, 1 or 2 and waiting_days is not negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A peer. `capacity` is how many people they walk with at most, `places_free` how many of these are free now."""

    id: str
    places_free: int
    capacity: int
    serves: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ()
    gender: str = ""
    age: int | None = None
    pathways: frozenset[str] = frozenset()
    experiences: frozenset[str] = frozenset()
    life_stages: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset()
    hours: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    max_miles: float | None = None
    limits: tuple[Limit, ...] = ()

    def __post_init__(self) -> None:
        _check_answers(self)
        if not 0 <= self.places_free <= self.capacity:
            raise ValueError("places_free lies between 0 and capacity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One version of what counts how much. Raises ValueError for a feature nobody knows or a weight below 0.

    `session_hours`: hours in a row both must have in a week. `ample_hours`, `far_age_years`, `far_miles`: where the
    availability, age and distance features reach 1, 0 and 0. `similar_age_years`: what "similar age" means.
    `urgency_days`: one step of urgency counts like so many days of waiting; waiting counts up to `waiting_cap_days`.
    `floor_milli`: a fit below this many thousandths of a point is proposed only where somebody would otherwise not be
    served, or another one be below it: few are, before the sum of fits counts. 0: no floor.
    """

    version: str
    weights: Mapping[str, float]
    session_hours: int = 1
    ample_hours: int = 8
    similar_age_years: int = 8
    far_age_years: int = 30
    far_miles: float = 20.0
    urgency_days: int = 30
    waiting_cap_days: int = 365
    floor_milli: int = 0

    def __post_init__(self) -> None:
        for feature, weight in self.weights.items():
            if feature not in DEFAULT_WEIGHTS or not isfinite(weight) or not 0 <= weight <= 1000:
                raise ValueError(f"unknown feature or weight outside 0 to 1000: {feature}={weight}")
        positive = (self.session_hours, self.ample_hours, self.far_age_years, self.far_miles)
        not_negative = (self.similar_age_years, self.urgency_days, self.waiting_cap_days)
        if min(positive) <= 0 or min(not_negative) < 0 or self.session_hours > HOURS_IN_WEEK:
            raise ValueError("a threshold of the policy is out of range")
        if not 0 <= self.floor_milli <= 100_000:
            raise ValueError("floor_milli lies between 0 and 100000")


DEFAULT_POLICY: Final = Policy(version="default", weights=DEFAULT_WEIGHTS)
