"""What a scan leaves behind: that no pair it did not keep is worth more than so much, at its prices.

With other prices such a pair is worth at most as much more as a peer has become cheaper. So after prices have moved,
most people need no other scan: only those whose bound no longer suffices do, and all the others with the few peers who
are much cheaper now.
"""

from typing import Any, Final, NamedTuple

import numpy as np

from alongside.rules.matching.arrays import Ints

MARGIN: Final = 4.0
"""Thousandths of a point: twice what a rough fit may err (`scan.ROUGH`), and the rounding of prices and bounds."""

TRIED: Final = 40
"""Ways to divide peers into those whom a bound covers and those who are looked at again."""


class Certain(NamedTuple):
    """One scan of the whole list. prices: (m,) float64 thousandths of a point. levels: (m,) int64 and level: (n,) int64
    as it used them, None where it used none. bounds: (n,) float64. has: (n,) bool, whose bound is this one."""

    prices: Any
    levels: Any
    level: Any
    bounds: Any
    has: Any


def still_open(one: Certain, high: Ints, low: Any, level: Ints, have: Any, is_open: Any) -> tuple[Any, Any]:
    """(people (n,), peers (m,)), masks: any pair worth more than its person has now, of those who have this bound, is a
    pair of one of these people, or with one of these peers, or was kept.

    high: (m,) and low: (m,), the prices of now, low in thousandths of a point. level: (n,) what `high` of a peer must
    not be below, lest any fit there is better. have: (n,) what people have now, in thousandths of a point. is_open:
    (m,) bool, who has a place.
    """
    if one.levels is None:
        # Peers of the commonest level: nobody who stands there or lower finds a better one but by fit.
        values, counts = np.unique(high[is_open], return_counts=True)
        usual = values[counts.argmax()] if len(values) else 0
        is_out, is_lost = is_open & (high < usual), one.has & (level > usual)
    else:
        is_out, is_lost = is_open & (high != one.levels), one.has & (level > one.level)
    cheaper = np.where(is_open & ~is_out, one.prices - low, -np.inf)
    room = have - one.bounds - MARGIN
    known = np.sort(room[one.has & ~is_lost])
    steps = np.sort(cheaper[np.isfinite(cheaper)])
    if not len(steps):
        return is_lost, is_out
    # By how much a peer may have become cheaper: where both together are least to look at.
    count, people = len(steps), int(one.has.sum())
    tried = np.unique(np.append(count - 1 - (np.arange(TRIED) * count // (4 * TRIED)), count - 1))
    cost = (count - 1 - tried) / count * people + np.searchsorted(known, steps[tried], side="left")
    most = steps[tried[cost.argmin()]]
    return is_lost | (one.has & (room < most)), is_out | (is_open & (cheaper > most))
