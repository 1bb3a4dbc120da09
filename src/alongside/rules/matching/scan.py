"""One person beside a chunk of the peer table at once: exact in feasibility, rough in fit. Compiled by `compiled.fast`.

Column by column, in 32-bit floats, which a processor does for eight peers in one step. A fit is off by less than
`ROUGH` thousandths of a point; whoever uses it asks `kernel.pair_milli` about the few pairs that matter.

Names: `q` and `v` are one person's masks and places (`table.Rows`), `b`, `ages`, `within` and `g` a chunk's masks,
ages,
miles and places (`table.Table`), `w` is scratch: (W_ROWS, CHUNK) float32, and `chord` (CHUNK,) float64.
"""

from math import isnan, sqrt
from types import ModuleType
from typing import Any

import numpy as np

from alongside.rules.matching import kernel, scan_fit
from alongside.rules.matching.kernel import miles_between
from alongside.rules.matching.scan_fit import (
    AGES,
    BEYOND,
    CHORD,
    DEN,
    NIL,
    NUM,
    OK,
    ONE,
    OVERLAP,
    add_common,
    add_distance,
    add_needs,
    add_wishes,
    keep_ages,
)
from alongside.rules.matching.table import (
    CHUNK,
    EVERY,
    EXPERIENCES,
    FAR,
    GENDER,
    HAS_EARLIER,
    HAS_LIKES,
    HAS_MUSTS,
    HAS_NEVER,
    HOURS,
    HOURS_KNOWN,
    KIND,
    LANGUAGES,
    LATITUDE,
    LIFE_STAGES,
    LIKES,
    LIMITS,
    LONGITUDE,
    MEET,
    MILES,
    MODES,
    MUSTS,
    NEAR,
    NEEDS,
    PATHWAYS,
    PERSON_HOURS_KNOWN,
    SERVE,
    SPEAK,
    X,
    Y,
    Z,
)

ROUGH = 1.0
"""More than the 32-bit sums of eleven features can err: some 40 roundings of 6e-8 each, of 100,000."""

HIGH = 1 << 31
"""The bit that only who did not say has."""


def may_hold(q: Any, v: Any, some: Any, bounds: Any, in_person: Any) -> bool:
    """Whether a chunk may hold somebody whom this person can have, by what its peers have at most."""
    if some[0] & q[KIND] == 0 or (q[LANGUAGES] != 0 and some[1] & q[LANGUAGES] == 0):
        return False
    if q[MUSTS] != 0 and some[3] & q[MUSTS] == 0:
        return False
    if q[MODES] == 0:
        return True
    shared = some[2] & q[MODES]
    # Somebody who did not say how to meet is not too far for anybody.
    if shared == in_person and some[2] & np.uint32(HIGH) == 0 and not isnan(v[X]) and v[FAR] < 4.0:
        dx, dy, dz = bounds[0] - v[X], bounds[1] - v[Y], bounds[2] - v[Z]
        return bool(sqrt(dx * dx + dy * dy + dz * dz) - bounds[3] <= sqrt(v[FAR]) + 1e-9)
    return bool(shared != 0)


def find_too_far(v: Any, g: Any, w: Any, chord: Any) -> None:
    """Squared chords (also as float32 in CHORD), and 1 in BEYOND where meeting in person is known to be too far."""
    x, y, z, s_near, s_far = v[X], v[Y], v[Z], v[NEAR], v[FAR]
    unsure = 0
    for k in range(CHUNK):
        dx, dy, dz = g[X, k] - x, g[Y, k] - y, g[Z, k] - z
        d = dx * dx + dy * dy + dz * dz
        chord[k] = d
        unsure += 1 if (d > min(s_near, g[NEAR, k])) & (d <= min(s_far, g[FAR, k])) else 0
    for k in range(CHUNK):
        w[CHORD, k] = np.float32(chord[k])
        w[BEYOND, k] = ONE if chord[k] > min(s_far, g[FAR, k]) else NIL
    if unsure == 0:
        return
    for k in range(CHUNK):  # so near the limit that only the formula may decide
        if chord[k] > min(s_near, g[NEAR, k]) and chord[k] <= min(s_far, g[FAR, k]):
            allowed = v[MILES] if isnan(g[MILES, k]) or v[MILES] < g[MILES, k] else g[MILES, k]
            miles = miles_between(v[LATITUDE], v[LONGITUDE], g[LATITUDE, k], g[LONGITUDE, k])
            w[BEYOND, k] = ONE if miles > allowed else NIL


def count_hours(q: Any, b: Any, w: Any) -> None:
    """Shared hours with each peer, 1 for peers who did not give theirs. Six words are added up as fields of four
    bits, then of eight."""
    sa, sb, sc = q[HOURS], q[HOURS + 1], q[HOURS + 2]
    sd, se, sf = q[HOURS + 3], q[HOURS + 4], q[HOURS + 5]
    two, four, eight = np.uint32(0x55555555), np.uint32(0x33333333), np.uint32(0x0F0F0F0F)
    s1, s2, s4, s8, s16 = np.uint32(1), np.uint32(2), np.uint32(4), np.uint32(8), np.uint32(16)
    for k in range(CHUNK):
        v = np.uint32(b[HOURS, k] & sa)
        v = np.uint32(v - ((v >> s1) & two))
        left = np.uint32((v & four) + ((v >> s2) & four))
        v = np.uint32(b[HOURS + 1, k] & sb)
        v = np.uint32(v - ((v >> s1) & two))
        left = np.uint32(left + ((v & four) + ((v >> s2) & four)))
        v = np.uint32(b[HOURS + 2, k] & sc)
        v = np.uint32(v - ((v >> s1) & two))
        left = np.uint32(left + ((v & four) + ((v >> s2) & four)))
        v = np.uint32(b[HOURS + 3, k] & sd)
        v = np.uint32(v - ((v >> s1) & two))
        right = np.uint32((v & four) + ((v >> s2) & four))
        v = np.uint32(b[HOURS + 4, k] & se)
        v = np.uint32(v - ((v >> s1) & two))
        right = np.uint32(right + ((v & four) + ((v >> s2) & four)))
        v = np.uint32(b[HOURS + 5, k] & sf)
        v = np.uint32(v - ((v >> s1) & two))
        right = np.uint32(right + ((v & four) + ((v >> s2) & four)))
        side = np.uint32((left & eight) + ((left >> s4) & eight) + (right & eight) + ((right >> s4) & eight))
        side = np.uint32(side + (side >> s16))
        w[OVERLAP, k] = np.float32(np.int32((side + (side >> s8)) & np.uint32(0xFF)))


def keep_runs(q: Any, b: Any, length: int, w: Any) -> None:
    """Clear OK where both gave their hours and share no such run of them: for sessions of more than one hour."""
    for k in range(CHUNK):
        if w[OK, k] == NIL or b[HOURS_KNOWN, k] == 0:
            continue
        best, run = 0, 0
        for word in range(6):
            shared = b[HOURS + word, k] & q[HOURS + word]
            for bit in range(32):
                run = run + 1 if (shared >> np.uint32(bit)) & np.uint32(1) else 0
                best = max(best, run)
        if best < length:
            w[OK, k] = NIL


def meet_musts(q: Any, v: Any, age: int, b: Any, ages: Any, similar: int, in_person: Any, w: Any) -> None:
    """Clear OK where a must is not known to be met."""
    must = q[MUSTS]
    if must:
        for k in range(CHUNK):
            w[OK, k] = w[OK, k] if b[GENDER, k] & must else NIL
    if q[MUSTS + 1]:
        keep_ages(age, ages, similar, q[MUSTS + 1], w[AGES])
        for k in range(CHUNK):
            w[OK, k] = w[OK, k] * w[AGES, k]
    for at in range(2, 7):
        must = q[MUSTS + at]
        if must:
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
            for k in range(CHUNK):
                w[OK, k] = w[OK, k] if (b[row, k] & must) == must else NIL
    if q[MUSTS + 6] & in_person and not isnan(v[X]):
        for k in range(CHUNK):
            w[OK, k] = NIL if w[BEYOND, k] > NIL else w[OK, k]


def find_possible(
    q: Any, v: Any, age: int, b: Any, ages: Any, g: Any, has_limits: Any, session: int, similar: int, in_person: Any,
    w: Any, chord: Any, never: Any, stamp: int,
) -> int:  # fmt: skip
    """Set OK for each peer of a chunk whom this person can have; returns how many. `never`: `stamp` where secret."""
    asked = np.uint32(q[LANGUAGES] if q[LANGUAGES] != 0 else EVERY)
    wanted = np.uint32(q[MODES] if q[MODES] != 0 else EVERY)
    kind = q[KIND]
    if q[PERSON_HOURS_KNOWN]:
        count_hours(q, b, w)
    else:
        for k in range(CHUNK):
            w[OVERLAP, k] = ONE
    for k in range(CHUNK):
        x = ONE if b[SERVE, k] & kind else NIL
        y = ONE if b[SPEAK, k] & asked else NIL
        z = ONE if b[MEET, k] & wanted else NIL
        w[OK, k] = x * y * z * (ONE if w[OVERLAP, k] > NIL else NIL)
    if session > 1 and q[PERSON_HOURS_KNOWN]:
        keep_runs(q, b, session, w)
    if q[HAS_NEVER]:
        for k in range(CHUNK):
            w[OK, k] = NIL if never[k] == stamp else w[OK, k]
    if has_limits:
        for feature in range(9):
            answer = q[LIMITS + feature]
            for k in range(CHUNK):
                w[OK, k] = NIL if b[LIMITS + feature, k] & answer else w[OK, k]
    if (q[MUSTS + 6] | q[LIKES + 6] | q[MODES]) & in_person and not isnan(v[X]):
        find_too_far(v, g, w, chord)
        if q[MODES] & in_person:
            other = np.uint32((q[MODES] ^ in_person) | HIGH)
            for k in range(CHUNK):
                w[OK, k] = NIL if (w[BEYOND, k] > NIL) & ((b[MEET, k] & other) == 0) else w[OK, k]
    if q[HAS_MUSTS]:
        meet_musts(q, v, age, b, ages, similar, in_person, w)
    count = np.int32(0)
    for k in range(CHUNK):
        count += np.int32(1) if w[OK, k] > NIL else np.int32(0)
    return int(count)


def scan_chunk(
    q: Any, v: Any, age: int, b: Any, ages: Any, within: Any, g: Any, has_limits: Any, rules: Any,
    w: Any, chord: Any, never: Any, earlier: Any, stamp: int,
) -> int:  # fmt: skip
    """Fill OK with the rough fit of this person and each peer of a chunk, -1 where not possible; how many are.

    rules: `PolicyArrays`. never, earlier: (CHUNK,) int32, `stamp` at peers never to be met, or known from before.
    """
    in_person = np.uint32(rules.in_person)
    similar, weights = rules.similar_age_years, rules.weights
    count = find_possible(
        q, v, age, b, ages, g, has_limits, rules.session_hours, similar, in_person, w, chord, never, stamp
    )
    if count == 0:
        return 0
    add_common(q, age, b, ages, rules, w)
    if weights[4] > 0 and q[HAS_LIKES]:
        add_wishes(q, v, age, b, ages, similar, in_person, weights[4], w)
    if weights[6] > 0 and q[HAS_EARLIER]:
        full = np.float32(weights[6])
        for k in range(CHUNK):
            w[NUM, k] += full if earlier[k] == stamp else NIL
            w[DEN, k] += full
    if weights[7] > 0 and q[NEEDS]:
        add_needs(q[NEEDS], rules.need_experiences, b, weights[7], w)
    if weights[9] > 0 and q[MODES] & in_person and not isnan(v[X]):
        add_distance(v, b, within, rules.far_miles, in_person, weights[9], w)
    all_points = np.float32(100_000.0)
    for k in range(CHUNK):
        rough = all_points * w[NUM, k] / w[DEN, k] if w[DEN, k] > NIL else NIL
        w[OK, k] = rough if w[OK, k] > NIL else -ONE
    return count


def mark_known(rows: Any, i: int, t: Any, mark: Any) -> None:
    """Note in `mark` (2, chunks, CHUNK) whom person i must never meet and whom they knew earlier, as i + 1."""
    for at in range(rows.never_start[i], rows.never_start[i + 1]):
        place = t.place[rows.never[at]]
        if place >= 0:
            mark[0, place // CHUNK, place % CHUNK] = i + 1
    for at in range(rows.earlier_start[i], rows.earlier_start[i + 1]):
        place = t.place[rows.earlier[at]]
        if place >= 0:
            mark[1, place // CHUNK, place % CHUNK] = i + 1


CALLS: tuple[ModuleType, ...] = (kernel, scan_fit)
ENTRIES: tuple[str, ...] = ()
COMPILED: tuple[str, ...] = (
    "may_hold", "mark_known", "find_too_far", "count_hours", "keep_runs", "meet_musts", "find_possible", "scan_chunk",
)  # fmt: skip
