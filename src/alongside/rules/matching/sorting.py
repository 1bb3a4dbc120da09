"""The pairs of each person in the order of what they leave at given prices. Compiled.

While prices only rise, a search that has found something better than the next pair leaves can stop there: it looks at a
few pairs of a person instead of all.
"""

from types import ModuleType
from typing import Any


def move_all(column: Any, first: int, count: int, order: Any, other: Any) -> None:
    """Put the entries of a row into this order."""
    for k in range(count):
        other[k] = column[first + k]
    for k in range(count):
        column[first + k] = other[order[k]]


def sort_rows(
    start: Any, peer: Any, milli: Any, origin: Any, match: Any, hint: Any, floor: int, scale: int, high: Any, low: Any,
    keys_high: Any, keys_low: Any, order: Any, other: Any,
) -> None:  # fmt: skip
    """Sort the pairs of each person by worth less price, the most first, in place; as they stand where that is equal.

    Arrays as in `flow.serve`. origin: (pairs,) int32, moved along. match, hint: (n,) pairs or below 0, which follow.
    keys_high, keys_low, order, other: int64 working memory, as long as the longest row.
    """
    for i in range(len(start) - 1):
        first = start[i]
        count = start[i + 1] - first
        is_sorted = True
        for k in range(count):
            j = peer[first + k]
            keys_high[k] = (1 if floor > 0 and milli[first + k] >= floor else 0) - high[j]
            keys_low[k] = int(milli[first + k]) * scale - low[j]
            order[k] = k
            if k > 0:
                before, h = keys_high[k - 1], keys_high[k]
                if h > before or (h == before and keys_low[k] > keys_low[k - 1]):
                    is_sorted = False
        if is_sorted:
            continue
        width = 1
        while width < count:
            for begin in range(0, count, 2 * width):
                middle, end = min(begin + width, count), min(begin + 2 * width, count)
                a, b = begin, middle
                for at in range(begin, end):
                    takes_a = b >= end
                    if not takes_a and a < middle:
                        x, y = order[a], order[b]
                        h, g = keys_high[x], keys_high[y]
                        takes_a = h > g or (h == g and keys_low[x] >= keys_low[y])
                    if takes_a:
                        other[at] = order[a]
                        a += 1
                    else:
                        other[at] = order[b]
                        b += 1
            for at in range(count):
                order[at] = other[at]
            width *= 2
        move_all(peer, first, count, order, other)
        move_all(milli, first, count, order, other)
        move_all(origin, first, count, order, other)
        for column in (match, hint):
            had = column[i] - first
            for k in range(count):
                if had >= 0 and order[k] == had:
                    column[i] = first + k
                    break


CALLS: tuple[ModuleType, ...] = ()
ENTRIES: tuple[str, ...] = ("sort_rows",)
COMPILED: tuple[str, ...] = ("move_all", "sort_rows")
