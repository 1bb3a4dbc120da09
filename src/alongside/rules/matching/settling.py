"""The way back of `flow`: prices of free places come down to what these cost. Compiled."""

from types import ModuleType
from typing import Any

from alongside.rules.matching import heaps
from alongside.rules.matching.flow import AWAY
from alongside.rules.matching.heaps import sift_down, sift_up


def settle(
    start: Any, peer: Any, milli: Any, priority: Any, floor: int, scale: int, place_start: Any, place_cost: Any,
    by_peer: Any, person_of: Any, pair_of: Any, milli_of: Any, now_peer: Any, now_milli: Any, match: Any, load: Any,
    holder: Any, spot: Any, high: Any, low: Any,
    scratch: Any, counters: Any,
) -> None:  # fmt: skip
    """Lower the prices of peers with a free place to what that place costs, and bring in whom that makes better off.

    The way back of `serve`: from a free place that is priced too high, the cheapest chain of moves that fills it:
    somebody comes from another peer, whose place somebody else takes, until a place may stay free at its price, or
    somebody comes who was not served; or nobody comes, and the price falls. by_peer: (m + 1,), person_of, pair_of
    and milli_of: the pairs of each peer, as `opening.transpose` makes them. now_peer, now_milli: (n,) int32, peer and
    fit of everybody's pair, or what `match` says for who has none. Others as in `serve`.
    """
    far_high, far_low, seen, done, by_person, by_pair, heap, where, closed = scratch
    stamp = 0
    for hole in range(len(load)):
        while True:
            at = place_start[hole] + load[hole]
            if at >= place_start[hole + 1] or high[hole] < 0 or (high[hole] == 0 and low[hole] <= place_cost[at]):
                break
            stamp += 1
            counters[0] += 1
            end_high, end_low = high[hole], low[hole] - place_cost[at]
            end_peer, end_person, end_pair = -1, -1, -1
            seen[hole] = stamp
            far_high[hole], far_low[hole] = 0, 0
            heap[0], where[hole] = hole, 0
            size, closed_count = 1, 0
            while size > 0:
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
                if j != hole:  # its latest place may stay free
                    h = far_high[j] + high[j]
                    w = far_low[j] + low[j] - place_cost[place_start[j] + load[j] - 1]
                    if h < end_high or (h == end_high and w < end_low):
                        end_high, end_low, end_peer, end_person = h, w, j, -1
                for at in range(by_peer[j], by_peer[j + 1]):
                    person, fit = person_of[at], int(milli_of[at])
                    x = now_peer[person]
                    if x in (j, AWAY):
                        continue
                    counters[2] += 1
                    h = far_high[j] + high[j] - (1 if floor > 0 and fit >= floor else 0)
                    w = far_low[j] + low[j] - fit * scale
                    e = pair_of[at]
                    if x < 0:
                        h -= priority[person]
                        if h < end_high or (h == end_high and w < end_low):
                            end_high, end_low, end_peer, end_person, end_pair = h, w, -1, person, e
                        continue
                    fit = int(now_milli[person])
                    h += (1 if floor > 0 and fit >= floor else 0) - high[x]
                    w += fit * scale - low[x]
                    if h > end_high or (h == end_high and w >= end_low):
                        continue
                    if seen[x] != stamp:
                        seen[x] = stamp
                        far_high[x], far_low[x], by_person[x], by_pair[x] = h, w, person, e
                        heap[size], where[x] = x, size
                        size += 1
                        sift_up(heap, where, far_high, far_low, size - 1)
                    elif done[x] != stamp and (h < far_high[x] or (h == far_high[x] and w < far_low[x])):
                        far_high[x], far_low[x], by_person[x], by_pair[x] = h, w, person, e
                        sift_up(heap, where, far_high, far_low, where[x])
            for c in range(closed_count):
                j = closed[c]
                if far_high[j] < end_high or (far_high[j] == end_high and far_low[j] < end_low):
                    high[j] -= end_high - far_high[j]
                    low[j] -= end_low - far_low[j]
            if end_peer < 0 and end_person < 0:
                continue  # nobody comes: the price has fallen to the cost
            # Make the moves: each person of the chain goes one peer nearer to the free place.
            if end_peer >= 0:
                j = end_peer
                person, e = by_person[j], by_pair[j]
                gone = spot[person]
                last = place_start[j] + load[j] - 1
                holder[gone] = holder[last]  # whoever stood on the latest place takes the one left
                spot[holder[last]] = gone
                load[j] -= 1
            else:
                person, e = end_person, end_pair
            while True:
                counters[3] += 1
                j = peer[e]
                now_peer[person], now_milli[person] = j, milli[e]
                if j == hole:
                    place = place_start[j] + load[j]
                    load[j] += 1
                    match[person], spot[person], holder[place] = e, place, person
                    break
                follower, next_pair = by_person[j], by_pair[j]
                place = spot[follower]
                match[person], spot[person], holder[place] = e, place, person
                person, e = follower, next_pair


CALLS: tuple[ModuleType, ...] = (heaps,)
ENTRIES: tuple[str, ...] = ("settle",)
COMPILED: tuple[str, ...] = ("settle",)
