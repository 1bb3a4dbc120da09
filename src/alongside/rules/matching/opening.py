"""A good guess of prices before `flow` makes the answer exact: it changes how long that takes, never what it finds.
Compiled.

An auction in which bids rise in large steps, then in smaller ones (Bertsekas 1979, 1988; several places of one peer as
similar objects, Bertsekas and Castanon 1989).
"""

from types import ModuleType
from typing import Any

NOTHING = -1e300


def sort_places(j: int, place_start: Any, price: Any, cheapest: Any, first: Any, second: Any) -> None:
    """Note the cheapest place of peer j, its price and that of the next one."""
    a, b, at = -NOTHING, -NOTHING, -1
    for p in range(place_start[j], place_start[j + 1]):
        if price[p] < a:
            b, a, at = a, price[p], p
        elif price[p] < b:
            b = price[p]
    cheapest[j], first[j], second[j] = at, a, b


def bid(
    people: Any, least: Any, start: Any, peer: Any, milli: Any, place_start: Any, price: Any, step: float, most: int,
    match: Any, holder: Any, whole: Any, prices_of: Any,
) -> int:  # fmt: skip
    """One auction among `people` with bids that rise by at least `step`. Nobody has a place at first.

    The pairs of each are sorted by what they leave at the prices of the start (`sorting`).

    least: (people,) what a place must leave somebody, or they go without. price: (places,) float64 thousandths of fit.
    most: bids at most. match: (n,) pair or -1. holder: (places,) position in `people` or -1.
    whole, prices_of: working memory, two int64 columns (m,) and (people,), three float64 columns (m,).
    Returns the number of bids.
    """
    cheapest, queue = whole
    first, second, opened = prices_of
    for place in range(len(holder)):
        holder[place] = -1
    for j in range(len(place_start) - 1):
        sort_places(j, place_start, price, cheapest, first, second)
        opened[j] = first[j]
    size = len(people)
    for x in range(size):
        queue[x] = x
    for x in range(size):
        match[people[x]] = -1
    head, waiting, bids = 0, size, 0
    while waiting > 0 and bids < most:
        x = queue[head]
        i = people[x]
        head = head + 1 if head + 1 < size else 0
        waiting -= 1
        bids += 1
        best, other, pair = NOTHING, least[x], -1
        for e in range(start[i], start[i + 1]):
            j = peer[e]
            if milli[e] - opened[j] <= other:
                break  # prices only rise, and later pairs left less at first
            left = milli[e] - first[j]
            if left > best:
                other = max(other, best, milli[e] - second[j])
                best, pair = left, e
            elif left > other:
                other = left
        if pair < 0 or best < least[x] or cheapest[peer[pair]] < 0:
            continue
        j = int(peer[pair])
        place = cheapest[j]
        price[place] += best - other + step
        out = holder[place]
        holder[place] = x
        match[i] = pair
        sort_places(j, place_start, price, cheapest, first, second)
        if out >= 0:
            match[people[out]] = -1
            tail = head + waiting
            queue[tail if tail < size else tail - size] = out
            waiting += 1
    return bids


def take_places(
    people: Any, hint: Any, start: Any, peer: Any, milli: Any, priority: Any, floor: int, scale: int,
    place_start: Any, place_cost: Any, match: Any, load: Any, holder: Any, spot: Any, high: Any, low: Any, rest: Any,
) -> int:  # fmt: skip
    """At given prices, give everybody of `people` a peer who leaves them most while there is a place for the price.

    Arrays as in `flow.serve`, with nobody served; pairs sorted by what they leave at these prices. hint: (n,) pair or
    below 0: who leaves nobody less than another does comes first, and is given before others choose.
    Fills `rest` with those who want a place and got none; how many.
    """
    count = 0
    for is_hint in (True, False):
        for i in people:
            if (is_hint and hint[i] < 0) or match[i] >= 0:
                continue
            match[i] = -1 if not is_hint else match[i]
            top_high, top_low, wants = 0, 0, False
            for e in range(start[i], start[i + 1]):
                j = peer[e]
                if place_start[j] == place_start[j + 1]:
                    continue
                h = priority[i] + (1 if floor > 0 and milli[e] >= floor else 0) - high[j]
                w = int(milli[e]) * scale - low[j]
                if not wants and (h < 0 or (h == 0 and w <= 0)):
                    break  # at these prices nobody is worth it
                if wants and (h != top_high or w != top_low):
                    break  # less than another
                top_high, top_low, wants = h, w, True
                if is_hint and e != hint[i]:
                    continue
                place = place_start[j] + load[j]
                if place < place_start[j + 1] and (high[j] > 0 or place_cost[place] <= low[j]):
                    match[i], spot[i], holder[place] = e, place, i
                    load[j] += 1
                    break
            if wants and not is_hint and match[i] < 0:
                rest[count] = i
                count += 1
    return count


def transpose(
    start: Any, peer: Any, milli: Any, by_peer: Any, at: Any, person_of: Any, pair_of: Any, milli_of: Any
) -> None:
    """The pairs of each peer j, by person: positions by_peer[j]:by_peer[j + 1] of person_of, pair_of and milli_of.

    by_peer: (m + 1,) zeros at first. at: (m,) working memory.
    """
    for e in range(len(peer)):
        by_peer[peer[e] + 1] += 1
    for j in range(len(at)):
        at[j] = by_peer[j]
        by_peer[j + 1] += by_peer[j]
    for i in range(len(start) - 1):
        for e in range(start[i], start[i + 1]):
            j = peer[e]
            person_of[at[j]] = i
            pair_of[at[j]] = e
            milli_of[at[j]] = milli[e]
            at[j] += 1


CALLS: tuple[ModuleType, ...] = ()
ENTRIES: tuple[str, ...] = ("bid", "take_places", "transpose")
COMPILED: tuple[str, ...] = ("sort_places", "bid", "take_places", "transpose")
