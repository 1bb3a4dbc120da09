"""Who gets which peer, over given pairs: successive shortest paths with prices, exact in whole numbers. Compiled.

Every peer has a price, and so has each of their places a cost. A person takes the peer who leaves them most: worth of
the
pair less price. Somebody new looks for the cheapest chain of moves that ends at a free place, or at somebody who is
worse
off unserved than all others; the chain is made, and prices rise by what it cost. After each step the answer is the best
one for those who have come, and the prices prove it: no pair is worth more than what its person has plus its peer's
price.
(Busacker and Gowen 1960 with the potentials of Edmonds and Karp 1972; convex costs as parallel arcs.)

Worth is two whole numbers, compared as words are: first `high` (priority, then whether the fit reaches the floor),
then `low` (fit and load). One number could not hold both for a long list.
"""

from types import ModuleType
from typing import Any

from alongside.rules.matching import heaps
from alongside.rules.matching.heaps import sift_down, sift_up

AWAY = -2

SCRATCH = 9
"""Columns of working memory, handed in so that short lists can be solved on Python's own lists."""


def serve(
    order: Any, start: Any, peer: Any, milli: Any, priority: Any, floor: int, scale: int,
    place_start: Any, place_cost: Any, match: Any, load: Any, holder: Any, spot: Any, high: Any, low: Any,
    held_high: Any, held_low: Any, least_high: Any, least_low: Any, reach: int, scratch: Any, counters: Any,
) -> None:  # fmt: skip
    """Add the people of `order`, one after the other, to an answer that is the best for those who are in it.

    Pairs of person i are start[i]:start[i + 1] of `peer` (int32) and `milli` (int32), by falling milli. priority:
    (n,) int64, in
    steps larger than the number of people. floor: fits of at least this count one more in `high`; 0 for none. scale:
    of a
    thousandth of fit in `low`. place_start: (m + 1,) and place_cost: int64, never falling for a peer: its free places.
    match: (n,) int64 pair, -1 for unserved, AWAY for who has not come yet. load: (m,). holder: (places,) int64 who
    has it. spot: (n,) which place. high, low: (m,)
    prices. All of these are changed; at first AWAY, 0, any, any, any and the cost of each peer's first place.
    held_high, held_low: (m,) what a free place costs at least, for peers whose price is still too high (`settle`).
    least_high, least_low: (m,) the prices of the start, by which the pairs of each person are sorted (`sorting`).
    reach: how far (in `low`) a chain is looked for at first. scratch: SCRATCH columns (m,) int64, zero in the third
    and fourth.
    counters: (4,) int64: paths, peers looked at, pairs looked at, and moves.
    """
    far_high, far_low, seen, done, by_person, by_pair, heap, where, closed = scratch
    stamp, usual, most = 0, reach, reach << 12
    for i in order:
        counters[0] += 1
        match[i] = -1
        # What the person has at best, at the prices of now: unserved is worth nothing.
        top_high, top_low = 0, 0
        for e in range(start[i], start[i + 1]):
            j = peer[e]
            h = priority[i] + (1 if floor > 0 and milli[e] >= floor else 0) - least_high[j]
            w = int(milli[e]) * scale - least_low[j]
            if h < top_high or (h == top_high and w <= top_low):
                break
            h += least_high[j] - high[j]
            w += least_low[j] - low[j]
            if place_start[j] < place_start[j + 1] and (h > top_high or (h == top_high and w > top_low)):
                top_high, top_low = h, w
        reach = usual
        while True:
            # Most chains are short: what is farther than a few times the latest is first left out.
            stamp += 1
            is_near = reach < most and (top_high > 0 or top_low > reach)
            end_high, end_low, end_peer, end_person = top_high, top_low, -1, i
            if is_near:
                end_high, end_low, end_person = 0, reach, -1
            size, closed_count = 0, 0
            person, base_high, base_low, own_high, own_low = i, 0, 0, top_high, top_low
            pair, last = start[i], start[i + 1]
            at, upto, j = 0, 0, -1  # the occupants of peer j that are still to be looked at
            while True:
                # Pairs of `person`, who stands at distance `base` and has `own` now.
                for e in range(pair, last):
                    x = peer[e]
                    worth_high = priority[person] + (1 if floor > 0 and milli[e] >= floor else 0)
                    h = base_high + own_high - worth_high + least_high[x]
                    w = base_low + own_low - int(milli[e]) * scale + least_low[x]
                    # No price is below these, and later pairs leave less: none of them leads to a nearer end.
                    if h > end_high or (h == end_high and w >= end_low):
                        break
                    counters[2] += 1
                    h += high[x] - least_high[x]
                    w += low[x] - least_low[x]
                    if h > end_high or (h == end_high and w >= end_low) or place_start[x] == place_start[x + 1]:
                        continue
                    if seen[x] != stamp:
                        seen[x] = stamp
                        far_high[x], far_low[x], by_person[x], by_pair[x] = h, w, person, e
                        heap[size] = x
                        where[x] = size
                        size += 1
                        sift_up(heap, where, far_high, far_low, size - 1)
                    elif done[x] != stamp and (h < far_high[x] or (h == far_high[x] and w < far_low[x])):
                        far_high[x], far_low[x], by_person[x], by_pair[x] = h, w, person, e
                        sift_up(heap, where, far_high, far_low, where[x])
                if at < upto:
                    person = holder[at]
                    at += 1
                else:
                    if size == 0:
                        break
                    j = heap[0]
                    if far_high[j] > end_high or (far_high[j] == end_high and far_low[j] >= end_low):
                        break
                    size -= 1
                    if size > 0:
                        heap[0] = heap[size]
                        sift_down(heap, where, far_high, far_low, size)
                    done[j] = stamp
                    closed[closed_count] = j
                    closed_count += 1
                    counters[1] += 1
                    base_high, base_low = far_high[j], far_low[j]
                    at = place_start[j]
                    upto = at + load[j]
                    if upto < place_start[j + 1]:  # a free place
                        h, w = 0, place_cost[upto]
                        if held_high[j] > h or (held_high[j] == h and held_low[j] > w):
                            h, w = held_high[j], held_low[j]
                        h += base_high - high[j]
                        w += base_low - low[j]
                        if h < end_high or (h == end_high and w < end_low):
                            end_high, end_low, end_peer, end_person = h, w, j, -1
                    if at == upto:
                        pair, last = 0, 0  # nobody to move: on to the next peer
                        continue
                    person = holder[at]
                    at += 1
                e = match[person]
                pair, last = start[person], start[person + 1]
                own_high = priority[person] + (1 if floor > 0 and milli[e] >= floor else 0) - high[j]
                own_low = int(milli[e]) * scale - low[j]
                h, w = base_high + own_high, base_low + own_low  # this person could go unserved instead
                if h < end_high or (h == end_high and w < end_low):
                    end_high, end_low, end_peer, end_person = h, w, -1, person
            if end_peer >= 0 or end_person >= 0:
                break
            reach *= 8
        if end_high == 0 and end_person != i:
            usual = min(max(2 * end_low, scale), most)
        for c in range(closed_count):
            j = closed[c]
            if far_high[j] < end_high or (far_high[j] == end_high and far_low[j] < end_low):
                high[j] += end_high - far_high[j]
                low[j] += end_low - far_low[j]
        # Make the moves from the end back to the beginning.
        if end_peer >= 0:
            place = place_start[end_peer] + load[end_peer]
            load[end_peer] += 1
            j = end_peer
        else:
            if end_person == i:
                continue
            place = spot[end_person]
            j = peer[match[end_person]]
            match[end_person] = -1
        while True:
            counters[3] += 1
            person = by_person[j]
            left = match[person]
            free = spot[person]
            match[person], spot[person], holder[place] = by_pair[j], place, person
            if person == i:
                break
            place = free
            j = peer[left]


CALLS: tuple[ModuleType, ...] = (heaps,)
ENTRIES: tuple[str, ...] = ("serve",)
COMPILED: tuple[str, ...] = ("serve",)
