"""A heap of peers by distance, with the place of each in it, so that a distance may fall. Compiled.

A distance is two whole numbers, `high` and `low`, compared as words are; ties by position of the peer.
"""

from types import ModuleType
from typing import Any


def sift_up(heap: Any, where: Any, high: Any, low: Any, at: int) -> None:
    """Restore the order of a heap of peers by distance from `at` upwards; ties by position."""
    j = heap[at]
    while at > 0:
        above = (at - 1) >> 1
        o = heap[above]
        if high[o] < high[j] or (high[o] == high[j] and (low[o] < low[j] or (low[o] == low[j] and o < j))):
            break
        heap[at] = o
        where[o] = at
        at = above
    heap[at] = j
    where[j] = at


def sift_down(heap: Any, where: Any, high: Any, low: Any, size: int) -> None:
    """Restore the order of a heap whose first entry is new."""
    j, at = heap[0], 0
    while 2 * at + 1 < size:
        below = 2 * at + 1
        o = heap[below]
        if below + 1 < size:
            x = heap[below + 1]
            if high[x] < high[o] or (high[x] == high[o] and (low[x] < low[o] or (low[x] == low[o] and x < o))):
                o, below = x, below + 1
        if high[j] < high[o] or (high[j] == high[o] and (low[j] < low[o] or (low[j] == low[o] and j < o))):
            break
        heap[at] = o
        where[o] = at
        at = below
    heap[at] = j
    where[j] = at


CALLS: tuple[ModuleType, ...] = ()
ENTRIES: tuple[str, ...] = ()
COMPILED: tuple[str, ...] = ("sift_up", "sift_down")
