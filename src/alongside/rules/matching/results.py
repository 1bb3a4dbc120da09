"""What the engine answers: proposals with reasons, and why somebody has none. Codes and params, never sentences.

Nothing here tells which of the rules behind `not_available` applied (D7): no text, no flag, no absence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Params = Mapping[str, str | int | tuple[str, ...]]

NOT_AVAILABLE = "not_available"
NO_PLACE_LEFT = "no_place_left"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a pair is impossible. `secret`: the code is all that may be known; several rules share it on purpose."""

    code: str
    params: Params = field(default_factory=dict)
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Contribution:
    """One feature's part of a score: `value` 0..1, `weight` of the policy, `milli` thousandths of a point."""

    feature: str
    value: float
    weight: float
    milli: int
    params: Params = field(default_factory=dict)

    @property
    def points(self) -> float:
        """Points of 100 that this feature gave."""
        return self.milli / 1000


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a pair fits: `milli` 0..100000 is exactly the sum over contributions. `missing`: not answered."""

    milli: int
    contributions: tuple[Contribution, ...]
    missing: tuple[str, ...]

    @property
    def score(self) -> float:
        """0..100; 0 also where nothing at all could be compared."""
        return self.milli / 1000


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for (`for_` true) or against a pair."""

    code: str
    for_: bool
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A peer who may be offered. `missing` names what was not answered, also among the hard constraints."""

    peer_id: str
    rank: int
    is_assigned: bool
    fit: Fit
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefusedPeer:
    """A peer who cannot be offered, with what would have to change."""

    peer_id: str
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Shortlist:
    """For one seeker: up to k candidates, best first, and every other peer that is refused."""

    seeker_id: str
    candidates: tuple[Candidate, ...]
    refused: tuple[RefusedPeer, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """The pair the whole list's optimum proposes."""

    seeker_id: str
    peer_id: str
    milli: int


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Why a seeker has no place.

    `feasible`: peers who would fit but whose places went to others. `refused`: code to number of peers it refuses.
    `refused_only_by`: code to number of peers whom nothing else would refuse, that is, what would have to change.
    `code`: the main reason; `no_place_left` where somebody fits, otherwise the code that refuses most.
    """

    seeker_id: str
    code: str
    feasible: int
    refused: Mapping[str, int]
    refused_only_by: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Contested:
    """A peer whom more shortlists name than there are places: offers must go out in turn."""

    peer_id: str
    named: int
    places_free: int


@dataclass(frozen=True, slots=True)
class Stage:
    """One objective: what the answer reaches, and what no answer that is as good in all earlier stages can exceed.

    `name`: `served` (sum of priorities), `at_floor` (matches at or above the floor of the policy), `fit` (sum of
    milli),
    `load` (minus the load cost, in thousandths of a place).
    """

    name: str
    value: int
    bound: int

    @property
    def gap(self) -> int:
        """0 where the stage is proven to be the best possible."""
        return self.bound - self.value


@dataclass(frozen=True, slots=True)
class Result:
    """One run over a whole list. Everything is ordered by seeker id, or by rank within a shortlist.

    `shortlists`: seeker id to candidates. `digest`: sha256 of the canonical inputs, for replay. `stats`: counts only.
    `stages`: the objectives in their order, each with its proof.
    """

    assignments: tuple[Assignment, ...]
    shortlists: Mapping[str, tuple[Candidate, ...]]
    unmatched: tuple[Unmatched, ...]
    contested: tuple[Contested, ...]
    digest: str
    policy_version: str
    stats: Mapping[str, int]
    stages: tuple[Stage, ...] = ()
