"""Prices that prove a whole list's answer the best: what a place with each peer is worth, in the units of the flow.

The dual of the flow of `solver`, read as a market (G. Demange, D. Gale and M. Sotomayor, "Multi-Item Auctions",
Journal of Political Economy 94 (1986) 863-872). An answer is optimal exactly when prices exist such that
1. everybody has what gains them most, value less price, and nobody gains less than nothing (unserved gains nothing);
2. a peer's price lies between the cost of the latest place given and the cost of the next one (no bound on either side
   where there is no such place).
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from alongside.rules.matching.errors import ListTooLarge
from alongside.rules.matching.fit import FULL_MILLI
from alongside.rules.matching.solver import LOAD_SCALE, Places, place_costs

Ints = npt.NDArray[np.int64]

FIT_SCALE: Final = 2 * LOAD_SCALE + 1
"""Beyond what a move can change in load cost: no place costs more than 2 * load / capacity <= 2."""
SPARE_PEERS: Final = 1024
"""So many more peers may come than were there at the start before the scales have to grow."""
LARGEST_VALUE: Final = 2**56
"""Values stay far enough below 64 bits that sums along any path stay below, too."""


class NotOptimal(ValueError):
    """The answer given is not the best one, so nothing can be built upon it."""


def serve_scale(peers: int) -> int:
    """What one unit of priority weighs: beyond any change of fit and load along a path through so many peers."""
    return 1 + (peers + SPARE_PEERS) * FULL_MILLI * FIT_SCALE + FIT_SCALE


def value_pairs(priorities: Ints | int, milli: Ints, scale: int) -> Ints:
    """One number per pair that holds priority and fit in strict order. Raises `solver.ListTooLarge`."""
    largest = int(np.max(priorities, initial=0))
    if largest * scale + FULL_MILLI * FIT_SCALE > LARGEST_VALUE:
        raise ListTooLarge(f"a priority of {largest} in so long a list")
    return np.asarray(priorities, dtype=np.int64) * scale + milli * FIT_SCALE


def find_prices(
    places: Sequence[Places], loads: Sequence[int], at: Ints, person: Ints, peer: Ints, value: Ints
) -> Ints:
    """The lowest prices (peers,) that prove this answer, from rows sorted by peer; `at` (people,): peer or -1.

    Bellman-Ford from the costs of the latest places: whoever would rather be elsewhere lifts the price there. Raises
    `NotOptimal` where no prices can prove it.
    """
    costs = [place_costs(each, each.free) for each in places]
    floor = [row[load - 1] if load else (row[0] if row else 0) for row, load in zip(costs, loads, strict=True)]
    prices: Ints = np.array([*floor, 0], dtype=np.int64)  # the last one stands for being unserved
    if not len(peer):
        return prices[:-1]
    own = np.zeros(len(at), dtype=np.int64)
    held = at[person] == peer
    own[person[held]] = value[held]
    listed, begins = np.unique(peer, return_index=True)
    for _ in range(len(places) + 2):
        gains = own - prices[at]
        wanted = np.maximum.reduceat(value - gains[person], begins)
        lifted = np.maximum(prices[listed], wanted)
        if np.array_equal(lifted, prices[listed]):
            break
        prices[listed] = lifted
    else:
        raise NotOptimal("moving people round would gain")
    for row, load, price in zip(costs, loads, prices.tolist(), strict=False):
        if load < len(row) and price > row[load]:
            raise NotOptimal("a free place is worth more than it costs")
    if np.any(own < prices[at]):
        raise NotOptimal("somebody is served at a loss")
    return prices[:-1]
