"""Feasibility and fit of one pair, compiled by `compiled.fast`.

Exactly what `constraints.is_feasible` and `fit.score_milli` decide: every sum in the same order and in the same 64-bit
floats, so that not even the latest bit differs. `scan` looks at many peers at once and comes here with the few that
matter. Free places and secret pairs are the caller's business.

Names: `q` and `v` are one person's masks and places (`table.Rows`), `b`, `ages` and `g` the masks, ages and places of a
chunk of peers (`table.Table`), `k` which of them.
"""

from math import asin, cos, isnan, radians, sin, sqrt
from types import ModuleType
from typing import Any

import numpy as np

from alongside.rules.matching.distance import EARTH_RADIUS_MILES
from alongside.rules.matching.table import (
    CHUNK,
    EXPERIENCES,
    GENDER,
    GENDER_KNOWN,
    HAS_EARLIER,
    HAS_LIKES,
    HOURS,
    HOURS_KNOWN,
    INTERESTS,
    KIND,
    LANGUAGES,
    LATITUDE,
    LIFE_STAGES,
    LIKES,
    LIMITS,
    LONGITUDE,
    MILES,
    MODES,
    MUSTS,
    NEEDS,
    PATHWAYS,
    PERSON_HOURS_KNOWN,
    PREFERRED,
    SERVE,
)

FULL = 100_000.0
WEEK = (32, 32, 32, 32, 32, 8)
"""Hours in each of the six words."""


def miles_between(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """As `distance.miles_between`."""
    lat1, lon1, lat2, lon2 = radians(lat1), radians(lon1), radians(lat2), radians(lon2)
    of_latitude, of_longitude = sin((lat2 - lat1) / 2), sin((lon2 - lon1) / 2)
    half_chord = of_latitude * of_latitude + cos(lat1) * cos(lat2) * (of_longitude * of_longitude)
    return 2 * EARTH_RADIUS_MILES * asin(sqrt(min(1.0, half_chord)))


def count_bits(mask: Any) -> int:
    """Number of set bits."""
    found, left = 0, np.uint64(mask)
    while left != np.uint64(0):
        left &= left - np.uint64(1)
        found += 1
    return found


def longest_run(q: Any, b: Any, k: int) -> int:
    """Longest row of hours that both share. The week does not wrap round."""
    best, run = 0, 0
    for word in range(6):
        shared = np.uint64(b[HOURS + word, k] & q[HOURS + word])
        for _ in range(WEEK[word]):
            run = run + 1 if shared & np.uint64(1) != np.uint64(0) else 0
            shared >>= np.uint64(1)
            best = max(best, run)
    return best


def shared_hours(q: Any, b: Any, k: int) -> int:
    """Hours of a week that both share."""
    total = np.uint64(0)
    for word in range(6):
        x = np.uint64(b[HOURS + word, k] & q[HOURS + word])
        if word == 5:
            x &= np.uint64(0xFF)  # the rest of this word is no hour
        x -= (x >> np.uint64(1)) & np.uint64(0x55555555)
        x = (x & np.uint64(0x33333333)) + ((x >> np.uint64(2)) & np.uint64(0x33333333))
        total += (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F)
    total += total >> np.uint64(16)
    return int((total + (total >> np.uint64(8))) & np.uint64(0xFF))


def age_answers(of_seeker: int, of_peer: int, similar: int) -> int:
    """Bits of younger, similar and older that a peer is; 0 where an age is unknown."""
    if of_seeker < 0 or of_peer < 0:
        return 0
    older_by = of_peer - of_seeker
    return (1 if older_by < 0 else 0) | (2 if abs(older_by) <= similar else 0) | (4 if older_by > 0 else 0)


def is_too_far(v: Any, g: Any, k: int) -> bool:
    """Whether meeting in person is known to be beyond what either is ready to go."""
    allowed = v[MILES] if isnan(g[MILES, k]) or v[MILES] < g[MILES, k] else g[MILES, k]
    if isnan(allowed) or isnan(v[LATITUDE]) or isnan(g[LATITUDE, k]):
        return False
    return bool(miles_between(v[LATITUDE], v[LONGITUDE], g[LATITUDE, k], g[LONGITUDE, k]) > allowed)


def is_possible(q: Any, v: Any, age: int, b: Any, ages: Any, g: Any, k: int, rules: Any, too_far: bool) -> bool:
    """Whether nothing that is never broken stands between the two, but free places and secrets."""
    for feature in range(9):
        if b[LIMITS + feature, k] & q[LIMITS + feature]:
            return False
    if b[SERVE, k] & q[KIND] == 0:  # every bit where the peer did not say
        return False
    if q[LANGUAGES] and b[LANGUAGES, k] and q[LANGUAGES] & b[LANGUAGES, k] == 0:
        return False
    usable = q[MODES] & b[MODES, k]
    if q[MODES] and b[MODES, k] and (usable == 0 or (too_far and usable == rules.in_person)):
        return False
    if q[MUSTS] and q[MUSTS] & b[GENDER, k] == 0:
        return False
    if q[MUSTS + 1] and int(q[MUSTS + 1]) & age_answers(age, ages[k], rules.similar_age_years) == 0:
        return False
    if (
        q[MUSTS + 2] & b[LANGUAGES, k] != q[MUSTS + 2] or q[MUSTS + 3] & b[PATHWAYS, k] != q[MUSTS + 3]
        or q[MUSTS + 4] & b[EXPERIENCES, k] != q[MUSTS + 4] or q[MUSTS + 5] & b[LIFE_STAGES, k] != q[MUSTS + 5]
        or q[MUSTS + 6] & b[MODES, k] != q[MUSTS + 6]
    ):  # fmt: skip
        return False
    if too_far and int(q[MUSTS + 6]) & int(rules.in_person):
        return False
    if q[PERSON_HOURS_KNOWN] and b[HOURS_KNOWN, k]:
        if rules.session_hours == 1:
            return shared_hours(q, b, k) > 0
        return bool(longest_run(q, b, k) >= rules.session_hours)
    return True


def pair_milli(q: Any, v: Any, age: int, b: Any, ages: Any, g: Any, k: int, rules: Any, is_earlier: bool) -> int:
    """Fit of a person and a peer in thousandths of a point, or -1 where they are not possible."""
    in_person, exploring = int(rules.in_person), int(rules.exploring)
    places_known = not isnan(v[LATITUDE]) and not isnan(g[LATITUDE, k])
    in_person_matters = int(q[MODES] | q[MUSTS + 6] | q[LIKES + 6]) & int(b[MODES, k]) & in_person != 0
    too_far = in_person_matters and is_too_far(v, g, k)
    if not is_possible(q, v, age, b, ages, g, k, rules, too_far):
        return -1
    weights = rules.weights
    exact, total = 0.0, 0.0
    w = weights[0]
    if w > 0 and q[LIFE_STAGES] and b[LIFE_STAGES, k]:
        exact += w * shared_value(q[LIFE_STAGES], b[LIFE_STAGES, k])
        total += w
    w = weights[1]
    if w > 0 and q[PATHWAYS] and b[PATHWAYS, k] and int(q[PATHWAYS] | b[PATHWAYS, k]) & exploring == 0:
        exact += w * (1.0 if q[PATHWAYS] & b[PATHWAYS, k] else 0.0)
        total += w
    w = weights[2]
    if w > 0 and q[LANGUAGES] and b[LANGUAGES, k]:
        spoken = b[LANGUAGES, k]
        exact += w * (1.0 if q[PREFERRED] & spoken else 0.5 if q[LANGUAGES] & spoken else 0.0)
        total += w
    w = weights[3]
    if w > 0 and q[PERSON_HOURS_KNOWN] and b[HOURS_KNOWN, k]:
        exact += w * min(1.0, shared_hours(q, b, k) / rules.ample_hours)
        total += w
    w = weights[4]
    if w > 0 and q[HAS_LIKES]:
        met, known = count_wishes(q, age, b, ages, k, rules, too_far)
        if known > 0:
            exact += w * (met / known)
            total += w
    w = weights[5]
    if w > 0 and age >= 0 and ages[k] >= 0:
        exact += w * max(0.0, 1.0 - abs(age - ages[k]) / rules.far_age_years)
        total += w
    w = weights[6]
    if w > 0 and q[HAS_EARLIER]:
        exact += w * (1.0 if is_earlier else 0.0)
        total += w
    w = weights[7]
    if w > 0 and q[NEEDS] and b[EXPERIENCES, k]:
        spoken_to, asked, left, need = 0, 0, np.uint64(q[NEEDS]), 0
        while left != np.uint64(0):
            speaking = rules.need_experiences[need]
            if left & np.uint64(1) != np.uint64(0) and speaking != np.uint64(0):
                asked += 1
                spoken_to += 1 if speaking & np.uint64(b[EXPERIENCES, k]) != np.uint64(0) else 0
            left >>= np.uint64(1)
            need += 1
        if asked > 0:
            exact += w * (spoken_to / asked)
            total += w
    w = weights[8]
    if w > 0 and q[INTERESTS] and b[INTERESTS, k]:
        exact += w * shared_value(q[INTERESTS], b[INTERESTS, k])
        total += w
    w = weights[9]
    if w > 0 and places_known and not too_far and int(q[MODES] & b[MODES, k]) & in_person:
        allowed = v[MILES] if isnan(g[MILES, k]) or v[MILES] < g[MILES, k] else g[MILES, k]
        far = rules.far_miles if isnan(allowed) else max(allowed, 1.0)
        miles = miles_between(v[LATITUDE], v[LONGITUDE], g[LATITUDE, k], g[LONGITUDE, k])
        exact += w * max(0.0, 1.0 - miles / far)
        total += w
    w = weights[10]
    if w > 0 and q[EXPERIENCES] and b[EXPERIENCES, k]:
        exact += w * shared_value(q[EXPERIENCES], b[EXPERIENCES, k])
        total += w
    return int(np.rint(FULL * exact / total)) if total > 0 else 0


def shared_value(wanted: Any, offered: Any) -> float:
    """As `fit._measure_shared`: two things in common are as good as it gets."""
    return min(1.0, count_bits(wanted & offered) / min(count_bits(wanted), 2))


def count_wishes(q: Any, age: int, b: Any, ages: Any, k: int, rules: Any, too_far: bool) -> tuple[int, int]:
    """(would-likes that the peer meets, would-likes whose answer is known)."""
    met, known = 0, 0
    if q[LIKES] and b[GENDER_KNOWN, k]:
        known += 1
        met += 1 if q[LIKES] & b[GENDER, k] else 0
    if q[LIKES + 1] and age >= 0 and ages[k] >= 0:
        known += 1
        met += 1 if int(q[LIKES + 1]) & age_answers(age, ages[k], rules.similar_age_years) else 0
    for at in range(2, 7):
        like = q[LIKES + at]
        if like:
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
            if b[row, k]:
                known += count_bits(like)
                met += count_bits(like & b[row, k])
    if too_far and int(q[LIKES + 6] & b[MODES, k]) & int(rules.in_person):
        met -= 1
    return met, known


def is_listed(start: Any, found: Any, i: int, j: int) -> bool:
    """Whether j is in row i of positions."""
    for at in range(start[i], start[i + 1]):  # noqa: SIM110 — a kernel has no generators
        if found[at] == j:
            return True
    return False


def score_pairs(rows: Any, t: Any, rules: Any, people: Any, peers: Any, milli: Any) -> None:
    """Fill `milli` with the fit of each (people[r], peers[r]), -1 where not possible."""
    never_start, never, earlier_start, earlier = rows.never_start, rows.never, rows.earlier_start, rows.earlier
    everyone, person_ages, person_globe = rows.masks, rows.ages, rows.globe
    place, masks, ages, globe = t.place, t.masks, t.ages, t.globe
    for r in range(len(people)):
        i, j = people[r], peers[r]
        at = place[j]
        if at < 0 or is_listed(never_start, never, i, j):
            milli[r] = -1
            continue
        c, k = at // CHUNK, at % CHUNK
        milli[r] = pair_milli(
            everyone[i], person_globe[i], person_ages[i], masks[c], ages[c], globe[c], k, rules,
            is_listed(earlier_start, earlier, i, j),
        )  # fmt: skip


CALLS: tuple[ModuleType, ...] = ()
ENTRIES: tuple[str, ...] = ("score_pairs",)
COMPILED: tuple[str, ...] = (
    "miles_between", "count_bits", "longest_run", "shared_hours", "age_answers", "is_too_far", "is_possible",
    "shared_value", "count_wishes", "is_listed", "pair_milli", "score_pairs",
)  # fmt: skip
