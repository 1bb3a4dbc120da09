"""People and peers as plain arrays: what the compiled engine works on, and what anybody may build without our classes.

Every closed list is a bitmask (uint64, one bit per value, 0 = not answered); which value is which bit is the business
of whoever builds the arrays (`compiling.Codebook` for `Seeker` and `Peer`). The same bits must mean the same on both
sides. Sizes: n people, m peers. All rows are in order of id: position is the tie rule everywhere.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from alongside.rules.matching.errors import WrongArrays

Masks = NDArray[np.uint64]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

UNKNOWN_AGE = -1
YOUNGER, SIMILAR, OLDER = 1, 2, 4
"""Bits of `must_ages` and `like_ages`."""


class SeekerArrays(NamedTuple):
    """n people who wait. A mask column has shape (n,) uint64.

    `kind`, `gender`, `age_band`, `preferred_language`: at most one bit. `age`: (n,) int64 years or -1. `hours`: (n, 3)
    uint64, the 168 hours of a week from Monday 00:00, lowest bit first; `hours_known`: (n,) bool. `latitude`,
    `longitude`, `max_miles`: (n,) float64, NaN where unknown. `must_*` and `like_*`: what a peer must and should have;
    of genders and ages any one is enough, of all others each. `priority`: (n,) int64, at least 1.
    `earlier_start` (n + 1,) int64 and `earlier` int64: positions of peers whom person i would see again are
    `earlier[earlier_start[i]:earlier_start[i + 1]]`; `has_earlier` (n,) bool also counts peers who are not listed.
    `never_start`, `never`: the same for peers whom the person must not meet (and the person as a peer).
    """

    kind: Masks
    gender: Masks
    age_band: Masks
    age: Ints
    languages: Masks
    preferred_language: Masks
    pathways: Masks
    needs: Masks
    experiences: Masks
    life_stages: Masks
    interests: Masks
    modes: Masks
    hours: Masks
    hours_known: NDArray[np.bool_]
    latitude: Floats
    longitude: Floats
    max_miles: Floats
    must_genders: Masks
    must_ages: Masks
    must_languages: Masks
    must_pathways: Masks
    must_experiences: Masks
    must_life_stages: Masks
    must_modes: Masks
    like_genders: Masks
    like_ages: Masks
    like_languages: Masks
    like_pathways: Masks
    like_experiences: Masks
    like_life_stages: Masks
    like_modes: Masks
    priority: Ints
    has_earlier: NDArray[np.bool_]
    earlier_start: Ints
    earlier: Ints
    never_start: Ints
    never: Ints


class PeerArrays(NamedTuple):
    """m peers, columns as in `SeekerArrays`. `gender_known`: (m,) bool. `limit_*`: whom a peer does not take on.

    `places_free` and `capacity`: (m,) int64, 0 <= places_free <= capacity.
    """

    places_free: Ints
    capacity: Ints
    serves: Masks
    gender: Masks
    gender_known: NDArray[np.bool_]
    age: Ints
    languages: Masks
    pathways: Masks
    experiences: Masks
    life_stages: Masks
    interests: Masks
    modes: Masks
    hours: Masks
    hours_known: NDArray[np.bool_]
    latitude: Floats
    longitude: Floats
    max_miles: Floats
    limit_genders: Masks
    limit_kinds: Masks
    limit_age_bands: Masks
    limit_languages: Masks
    limit_pathways: Masks
    limit_experiences: Masks
    limit_life_stages: Masks
    limit_needs: Masks
    limit_modes: Masks


class PolicyArrays(NamedTuple):
    """The policy in numbers. `weights`: (11,) float64 in the order of `fit.FEATURES`, 0 where a feature does not count.

    `exploring`: mask of the pathway that is open to any. `in_person`: mask of that mode. `need_experiences`: (64,)
    uint64, for each bit of `needs` the experiences that speak to it, 0 where none does. The rest is as in `Policy`.
    """

    weights: Floats
    session_hours: int
    ample_hours: float
    similar_age_years: int
    far_age_years: float
    far_miles: float
    exploring: int
    in_person: int
    need_experiences: Masks


def check_arrays(seekers: SeekerArrays, peers: PeerArrays) -> None:
    """Raises `WrongArrays` where lengths or types differ from what is promised, or a number is out of range."""
    for rows in (seekers, peers):
        _check_columns(rows, len(rows.modes))
    if len(seekers.priority) and seekers.priority.min() < 1:
        raise WrongArrays("priority is at least 1")
    if len(peers.capacity) and (peers.places_free.min() < 0 or (peers.places_free > peers.capacity).any()):
        raise WrongArrays("places_free lies between 0 and capacity")
    for start, found in ((seekers.earlier_start, seekers.earlier), (seekers.never_start, seekers.never)):
        if (
            len(start) != len(seekers.modes) + 1
            or start[0] != 0
            or start[-1] != len(found)
            or (np.diff(start) < 0).any()
        ):
            raise WrongArrays("a start column must rise from 0 to the number of positions")
        if len(found) and (found.min() < 0 or found.max() >= len(peers.modes)):
            raise WrongArrays("a position of a peer is out of range")


_WIDTH_OF = {"hours": (3,)}
_LISTS = frozenset({"earlier_start", "earlier", "never_start", "never"})
_INTS = frozenset({"age", "priority", "places_free", "capacity"}) | _LISTS
_FLOATS = frozenset({"latitude", "longitude", "max_miles"})
_BOOLS = frozenset({"hours_known", "gender_known", "has_earlier"})


def type_of(column: str) -> Any:
    """NumPy type of a column of `SeekerArrays` or `PeerArrays`."""
    if column in _INTS:
        return np.int64
    if column in _FLOATS:
        return np.float64
    return np.bool_ if column in _BOOLS else np.uint64


def _check_columns(rows: SeekerArrays | PeerArrays, count: int) -> None:
    for name, column in zip(rows._fields, rows, strict=True):
        if column.dtype != type_of(name) or not column.flags.c_contiguous:
            raise WrongArrays(f"{name}: {type_of(name).__name__} in one piece, not {column.dtype}")
        if name not in _LISTS and column.shape != (count, *_WIDTH_OF.get(name, ())):
            raise WrongArrays(f"{name}: {count} rows, not shape {column.shape}")
