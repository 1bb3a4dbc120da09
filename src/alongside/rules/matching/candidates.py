"""For many people at once, the peers who are worth most to each: the pairs a solver gets to see. Compiled.

A pass looks at every possible pair and keeps few. With the prices of a solved list it is also the proof: a pair is
worth
seeing only if its fit, less the price of the peer, is more than the person has now.
"""

from types import ModuleType
from typing import Any

import numpy as np

from alongside.rules.matching import kernel, scan
from alongside.rules.matching.kernel import pair_milli
from alongside.rules.matching.scan import ROUGH, mark_known, may_hold, scan_chunk
from alongside.rules.matching.scan_fit import OK, W_ROWS
from alongside.rules.matching.table import CHUNK

MORE = np.float32(1e9)
"""Above any fit less price: for pairs that would serve somebody of a higher priority."""


def sink(best: Any, found: Any, at: int) -> None:
    """Restore a heap with the least on top, whose entry at `at` may be too large."""
    size, worth, who = len(best), best[at], found[at]
    while 2 * at + 1 < size:
        below = 2 * at + 1
        if below + 1 < size and best[below + 1] < best[below]:
            below += 1
        if best[below] >= worth:
            break
        best[at], found[at] = best[below], found[below]
        at = below
    best[at], found[at] = worth, who


def find_best(
    rows: Any, t: Any, rules: Any, people: Any, prices: Any, levels: Any, level: Any, least: Any,
    floor: int, found: Any, milli: Any, counts: Any, possible: Any, bounds: Any,
) -> None:  # fmt: skip
    """For each of `people` the up to K peers with the most of rough fit less price, above `least`.

    rows: `Rows`. t: `Table`. rules: `PolicyArrays`. people: (r,) positions.
    prices: (chunks, CHUNK) float32 thousandths of a point. levels: (chunks, CHUNK) int64 and level: (r, 2) int64:
    where a
    person's level (for a pair below the floor, at or above it) is above a peer's, any fit is enough; where it is below,
    none is. least: (r,) float32, what a pair must reach or exceed. `level` is compared only where levels matter.
    Fills found (r, K) int32 positions of peers and milli (r, K) int32 exact fits, both -1 where there are fewer, counts
    (r,) int32 of those found, possible (r,) int64, how many pairs there are for each, and bounds (r,) float32: what
    every pair that was not kept stays below, of those whose level did not rule them out.
    """
    w = np.empty((W_ROWS, CHUNK), dtype=np.float32)
    chord = np.empty(CHUNK, dtype=np.float64)
    chunks = len(t.some)
    mark = np.zeros((2, chunks, CHUNK), dtype=np.int32)
    width = found.shape[1]
    best = np.empty(width, dtype=np.float32)
    in_person = np.uint32(rules.in_person)
    masks, all_ages, all_within, globe, some, around = t.masks, t.ages, t.within, t.globe, t.some, t.bounds
    everyone, person_ages, person_globe = rows.masks, rows.ages, rows.globe
    order = t.order
    has_levels = np.zeros(chunks, dtype=np.bool_)
    for c in range(chunks):
        for k in range(CHUNK):
            has_levels[c] |= levels[c, k] != 0
    for r in range(len(people)):
        i = people[r]
        mark_known(rows, i, t, mark)
        q, v, age = everyone[i], person_globe[i], person_ages[i]
        count, total, bound = 0, 0, least[r]
        first = (i * 7919) % chunks  # where many fit alike, not everybody is shown the same few
        differs = level[r, 0] != 0 or level[r, 1] != 0
        for step in range(chunks):
            c = first + step if first + step < chunks else first + step - chunks
            if not may_hold(q, v, some[c], around[c], in_person):
                continue
            n = scan_chunk(
                q, v, age, masks[c], all_ages[c], all_within[c], globe[c], some[c, 4], rules,
                w, chord, mark[0, c], mark[1, c], i + 1,
            )  # fmt: skip
            total += n
            if n == 0:
                continue
            plain = not differs and not has_levels[c]
            if plain:
                any_above = np.int32(0)
                for k in range(CHUNK):
                    worth = w[OK, k] - prices[c, k]
                    any_above += np.int32(1) if (w[OK, k] >= np.float32(0.0)) & (worth >= bound) else np.int32(0)
                if any_above == 0:
                    continue
            for k in range(CHUNK):
                if w[OK, k] < np.float32(0.0):
                    continue
                worth = w[OK, k] - prices[c, k]
                if not plain:
                    mine = level[r, 1] if floor > 0 and w[OK, k] + ROUGH >= floor else level[r, 0]
                    if mine < levels[c, k]:
                        continue
                    if mine > levels[c, k]:
                        worth += MORE
                if worth < bound:
                    continue
                if count < width:
                    best[count] = worth
                    found[r, count] = c * CHUNK + k
                    count += 1
                    if count < width:
                        continue
                    for at in range(width // 2 - 1, -1, -1):
                        sink(best, found[r], at)
                else:  # from now on only what is better than the least of those kept
                    best[0] = worth
                    found[r, 0] = c * CHUNK + k
                    sink(best, found[r], 0)
                bound = np.nextafter(best[0], np.float32(np.inf))
        for b in range(count):
            c, k = found[r, b] // CHUNK, found[r, b] % CHUNK
            was_known = mark[1, c, k] == i + 1
            milli[r, b] = pair_milli(q, v, age, masks[c], all_ages[c], globe[c], k, rules, was_known)
            found[r, b] = order[found[r, b]]
        for b in range(count, width):
            found[r, b] = -1
            milli[r, b] = -1
        counts[r] = count
        possible[r] = total
        bounds[r] = bound


CALLS: tuple[ModuleType, ...] = (kernel, scan)
ENTRIES: tuple[str, ...] = ("find_best",)
COMPILED: tuple[str, ...] = ("sink", "find_best")
