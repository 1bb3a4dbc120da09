"""The rough fit of one person and a chunk of the peer table, feature by feature. Compiled; called by `scan`.

Names as there. Each function adds to the two sums of a weighted mean, NUM and DEN.
"""

from math import asin, isnan, sqrt
from types import ModuleType
from typing import Any

import numpy as np

from alongside.rules.matching import kernel
from alongside.rules.matching.distance import EARTH_RADIUS_MILES
from alongside.rules.matching.kernel import count_bits
from alongside.rules.matching.table import (
    CHUNK,
    EXPERIENCES,
    GENDER,
    GENDER_KNOWN,
    HOURS_KNOWN,
    INTERESTS,
    LANGUAGES,
    LIFE_STAGES,
    LIKES,
    MILES,
    MODES,
    PATHWAYS,
    PERSON_HOURS_KNOWN,
    PREFERRED,
    X,
)

SHORT_MILES = 190.0
"""Up to here a series of three terms gives the miles of a chord; beyond, the inverse sine does."""

OK, BEYOND, OVERLAP, NUM, DEN, CHORD, MET, KNOWN, AGES = range(9)
"""Rows of scratch: possible (1 or 0), too far to meet in person, shared hours, the two sums of the mean, ..."""
W_ROWS = 9

ONE, NIL = np.float32(1.0), np.float32(0.0)


def keep_ages(age: int, ages: Any, similar: int, wanted: Any, answers: Any) -> None:
    """1 in `answers` for each peer known to be younger, similar or older, as wanted; else 0."""
    for k in range(CHUNK):
        answers[k] = NIL
    if age < 0:
        return
    for k in range(CHUNK):
        by = ages[k] - age
        found = (1 if by < 0 else 0) | (2 if abs(by) <= similar else 0) | (4 if by > 0 else 0)
        answers[k] = ONE if (ages[k] >= 0) & ((found & int(wanted)) != 0) else NIL


def shared_weights(weight: float, wanted: Any) -> tuple[Any, Any]:
    """What a feature adds where one thing is shared, and where more are: two in common are as good as it gets."""
    full = np.float32(weight) if wanted else NIL
    return (full if count_bits(wanted) < 2 else np.float32(full / 2)), full


def add_common(q: Any, age: int, b: Any, ages: Any, rules: Any, w: Any) -> None:
    """Begin both sums with the features that nearly everybody has: in one pass, a weight of 0 where not answered."""
    weights = rules.weights
    life, pathways, interests, experiences = q[LIFE_STAGES], q[PATHWAYS], q[INTERESTS], q[EXPERIENCES]
    languages, preferred, exploring = q[LANGUAGES], q[PREFERRED], np.uint32(rules.exploring)
    one_life, all_life = shared_weights(weights[0], life)
    one_interest, all_interests = shared_weights(weights[8], interests)
    one_experience, all_experiences = shared_weights(weights[10], experiences)
    of_pathway = np.float32(weights[1]) if pathways and not pathways & exploring else NIL
    of_language = np.float32(weights[2]) if languages else NIL
    half_language = np.float32(of_language / 2)
    of_hours = np.float32(weights[3]) if q[PERSON_HOURS_KNOWN] else NIL
    each_hour = np.float32(of_hours / rules.ample_hours)
    of_age = np.float32(weights[5]) if age >= 0 else NIL
    each_year = np.float32(of_age / rules.far_age_years)
    one = np.uint32(1)
    for k in range(CHUNK):
        x = b[LIFE_STAGES, k]
        y = np.uint32(x & life)
        num = (all_life if y & np.uint32(y - one) else one_life) if y else NIL
        den = all_life if x else NIL
        x = b[INTERESTS, k]
        y = np.uint32(x & interests)
        num += (all_interests if y & np.uint32(y - one) else one_interest) if y else NIL
        den += all_interests if x else NIL
        x = b[EXPERIENCES, k]
        y = np.uint32(x & experiences)
        num += (all_experiences if y & np.uint32(y - one) else one_experience) if y else NIL
        den += all_experiences if x else NIL
        w[NUM, k] = num
        w[DEN, k] = den
    for k in range(CHUNK):
        x = b[PATHWAYS, k]
        open_to_any = x & exploring
        num = NIL if open_to_any else of_pathway
        den = num if x else NIL
        num = num if x & pathways else NIL
        x = b[LANGUAGES, k]
        num += of_language if x & preferred else half_language if x & languages else NIL
        den += of_language if x else NIL
        w[NUM, k] += num
        w[DEN, k] += den
    for k in range(CHUNK):
        years = np.float32(np.int32(abs(ages[k] - age)))
        num = max(NIL, of_age - each_year * years)
        num = num if ages[k] >= 0 else NIL
        den = of_age if ages[k] >= 0 else NIL
        known = b[HOURS_KNOWN, k]
        num += min(of_hours, each_hour * w[OVERLAP, k]) if known else NIL
        den += of_hours if known else NIL
        w[NUM, k] += num
        w[DEN, k] += den


def add_wishes(
    q: Any, v: Any, age: int, b: Any, ages: Any, similar: int, in_person: Any, weight: float, w: Any
) -> None:
    """Would-likes: share of those met among those known."""
    full = np.float32(weight)
    for k in range(CHUNK):
        w[MET, k] = NIL
        w[KNOWN, k] = NIL
    like = q[LIKES]
    if like:
        for k in range(CHUNK):
            w[KNOWN, k] += ONE if b[GENDER_KNOWN, k] else NIL
            w[MET, k] += ONE if (b[GENDER_KNOWN, k] != 0) & ((b[GENDER, k] & like) != 0) else NIL
    if q[LIKES + 1] and age >= 0:
        keep_ages(age, ages, similar, q[LIKES + 1], w[AGES])
        for k in range(CHUNK):
            w[KNOWN, k] += ONE if ages[k] >= 0 else NIL
            w[MET, k] += w[AGES, k]
    for at in range(2, 7):
        like = q[LIKES + at]
        row = (
            LANGUAGES
            if at == 2
            else PATHWAYS
            if at == 3
            else EXPERIENCES
            if at == 4
            else LIFE_STAGES
            if at == 5
            else MODES
        )
        while like:  # each value by itself: there are few
            rest = np.uint32(like & (like - np.uint32(1)))
            value = np.uint32(like ^ rest)
            like = rest
            for k in range(CHUNK):
                w[KNOWN, k] += ONE if b[row, k] else NIL
                w[MET, k] += ONE if b[row, k] & value else NIL
    if q[LIKES + 6] & in_person and not isnan(v[X]):
        for k in range(CHUNK):
            w[MET, k] -= ONE if (w[BEYOND, k] > NIL) & ((b[MODES, k] & in_person) != 0) else NIL
    for k in range(CHUNK):
        w[NUM, k] += full * w[MET, k] / max(w[KNOWN, k], ONE)
        w[DEN, k] += full if w[KNOWN, k] > NIL else NIL


def add_needs(needs: Any, speaking: Any, b: Any, weight: float, w: Any) -> None:
    """Share of the needs to which some experience speaks and the peer's does. `speaking`: (64,) uint64, see policy."""
    asked = 0
    for k in range(CHUNK):
        w[MET, k] = NIL
    for need in range(32):
        mask = np.uint32(speaking[need])
        if (needs >> np.uint32(need)) & np.uint32(1) and mask:
            asked += 1
            for k in range(CHUNK):
                w[MET, k] += ONE if b[EXPERIENCES, k] & mask else NIL
    if asked == 0:
        return
    full, each = np.float32(weight), np.float32(weight / asked)
    for k in range(CHUNK):
        w[NUM, k] += each * w[MET, k]
        w[DEN, k] += full if b[EXPERIENCES, k] else NIL


def add_distance(v: Any, b: Any, within: Any, far_miles: float, in_person: Any, weight: float, w: Any) -> None:
    """1 next door, 0 where it gets far; only where both may meet in person."""
    own = np.float32(np.inf if isnan(v[MILES]) else v[MILES])
    full, radius, endless = np.float32(weight), np.float32(EARTH_RADIUS_MILES), np.float32(np.inf)
    otherwise, first, second = np.float32(far_miles), np.float32(1.0 / 24.0), np.float32(3.0 / 640.0)
    for k in range(CHUNK):
        allowed = min(own, within[k])  # the shorter way of the two, or what the policy calls far
        far = otherwise if allowed == endless else max(allowed, ONE)
        d = w[CHORD, k]
        miles = radius * np.sqrt(d) * (ONE + d * (first + d * second))
        value = ONE - miles / far
        counts = full if b[MODES, k] & in_person else NIL
        counts = counts if d >= NIL else NIL  # NaN where the peer's place is unknown
        counts = NIL if w[BEYOND, k] > NIL else counts
        w[NUM, k] += counts * value if value > NIL else NIL
        w[DEN, k] += counts
    if own <= SHORT_MILES and otherwise <= SHORT_MILES:
        return
    for k in range(CHUNK):  # a series of three terms is too short for these
        allowed = min(own, within[k])
        far = otherwise if allowed == endless else max(allowed, ONE)
        d = w[CHORD, k]
        if far > SHORT_MILES and d == d and w[BEYOND, k] == NIL and b[MODES, k] & in_person:
            miles = radius * np.sqrt(d) * (ONE + d * (first + d * second))
            sure = np.float32(2 * EARTH_RADIUS_MILES * asin(min(1.0, sqrt(float(d)) / 2)))
            w[NUM, k] += full * (max(NIL, ONE - sure / far) - max(NIL, ONE - miles / far))


CALLS: tuple[ModuleType, ...] = (kernel,)
ENTRIES: tuple[str, ...] = ()
COMPILED: tuple[str, ...] = ("keep_ages", "shared_weights", "add_common", "add_wishes", "add_needs", "add_distance")
