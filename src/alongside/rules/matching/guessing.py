"""A guess of prices by auctions with ever smaller steps (`opening`), so that `exact` has to find few chains.

What matters is how prices differ. A wrong level of all prices costs as much as wrong prices do, for every chain then
leads through the whole list; so those who will go without, or the places that will stay free, take part.
"""

from typing import Any, Final

import numpy as np

from alongside.rules.matching import opening
from alongside.rules.matching.arrays import Ints
from alongside.rules.matching.compiled import as_given
from alongside.rules.matching.markets import Market, Pairs
from alongside.rules.matching.ordering import NO_PLACE, sort_pairs

STEPS: Final = (8000.0, 2000.0, 500.0, 120.0, 30.0, 8.0)
"""By how many thousandths of a point bids rise, auction after auction."""

ROUGH_STEPS: Final = (8000.0, 2000.0, 500.0)
"""Where prices need only tell which pairs to look at."""

NEXT_STEPS: Final = (2000.0, 500.0, 120.0)
"""Where such prices are made finer."""

LATE_STEPS: Final = (500.0, 120.0, 30.0, 8.0)
"""Where prices are known roughly."""

MOST_PAID: Final = 300_000.0
"""Three times the best fit: who would have to pay more is left to the exact steps."""

ROOM: Final = 50_000.0
"""How far prices rise before those at the edge of being served begin to leave: as far as prices will differ, for none
can be below the cost of its place."""

BIDS_EACH: Final = 15
"""Bids for each person at most in an auction: who is outbid more often waits for a chain."""

FEW_FREE: Final = 0.05
"""Up to this share of free places, a nobody for each of them takes part."""

CHEAPEST: Final = 200
"""Peers among whom a nobody looks for the cheapest place."""


def edge_of(market: Market, pairs: Pairs, order: Ints) -> int:
    """The priority of the first who would go without if any place were good for anybody; 0 where all have one."""
    can = order[pairs.start[order] < pairs.start[order + 1]]
    places = len(market.place_cost)
    return int(market.priority[can[places]]) if len(can) > places else 0


def guess_prices(
    market: Market, pairs: Pairs, order: Ints, run: Any, *,
    steps: tuple[float, ...] = STEPS, most_paid: float = MOST_PAID, begin: Any = None,
) -> tuple[Ints, Ints]:  # fmt: skip
    """Prices (high, low) from auctions with ever smaller steps.

    Where there are more people than places, those at the edge, who are the first to go without, leave before prices
    have risen much further than they differ: how they differ is all that is asked here, `exact` finds their level.
    Whoever comes before the edge bids almost without end (`most_paid` more than those at the edge), and who comes after
    it not at all. begin: (m,) prices known before, in thousandths of a point.
    """
    m, places = len(market.place_start) - 1, len(market.place_cost)
    can = order[pairs.start[order] < pairs.start[order + 1]]
    edge = edge_of(market, pairs, order)
    people = can[market.priority[can] >= edge]
    is_above = market.priority[people] > edge
    base = market.place_cost / market.scale
    price, free = base.copy(), np.ones(places, dtype=bool)
    none = np.full(len(pairs.start) - 1, -1)
    origin = np.empty(len(pairs.peer), dtype=np.int32)
    begins, peer, milli, origin = as_given(run, pairs.start, pairs.peer.copy(), pairs.milli.copy(), origin)
    rows = begins, peer, milli
    start, end = market.place_start[:-1], market.place_start[1:]
    has = start < end
    room = ROOM
    if begin is not None:
        price, room = np.maximum(base, np.repeat(begin, end - start)), 4 * steps[0]
    for step in steps:
        of_peer = np.full(m, np.inf)
        of_peer[has] = np.minimum.reduceat(price, start[has])
        lows = np.where(np.isfinite(of_peer), np.rint(np.minimum(of_peer, 1e9) * market.scale), NO_PLACE)
        zeros, lows = np.zeros(m, dtype=np.int64), lows.astype(np.int64)
        matched, hint = as_given(run, none, none.copy())
        sort_pairs(run, *rows, origin, matched, hint, 0, market.scale, zeros, lows)
        limit = np.full(len(people), -MOST_PAID)
        asking, limits = (people, *rows), limit
        if edge:
            left = np.sort(best_left(pairs, people[~is_above], of_peer))[::-1]
            spare = places - int(is_above.sum())
            limit[~is_above] = max(-MOST_PAID, left[min(spare, len(left) - 1)] - room)
            limit[is_above] = limit[~is_above].max(initial=-MOST_PAID) - most_paid
            room = 2 * step
        elif step < steps[0] and 0 < free.sum() <= places * FEW_FREE:
            asking, limits = _with_nobody(people, rows, of_peer, int(free.sum()), limit)
        price, free, level = _hold(market, asking, limits, price, step, len(people), run)
    if not edge:
        price = np.maximum(base, price - level)
    # A peer's price is that of the cheapest place, and not below what the latest place taken costs.
    least, taken = np.zeros(m), np.zeros(m, dtype=np.int64)
    if has.any():
        least[has] = np.minimum.reduceat(price, start[has])
        taken[has] = np.add.reduceat(~free, start[has])
    low = np.asarray(np.rint(least * market.scale), dtype=np.int64)
    some = taken > 0
    low[some] = np.maximum(low[some], market.place_cost[start[some] + taken[some] - 1])
    if edge == 0:
        return np.zeros(m, dtype=np.int64), low
    full = some & (taken == end - start)
    return np.where(full, edge, 0), low


def _with_nobody(people: Ints, rows: Any, of_peer: Any, count: int, limit: Any) -> Any:
    """The asking people and beside them, for each place that will stay free, a nobody who takes the cheapest place.

    So a place that is too dear is not simply left free: all others rise until somebody wants it. How they differ is
    then right, and what the nobodies pay is by how much all are too high.
    """
    begin, peer, milli = (np.asarray(column) for column in rows)
    n, cheap = len(begin) - 1, np.argsort(of_peer, kind="stable")[:CHEAPEST]
    cheap = cheap[np.isfinite(of_peer[cheap])]
    start = np.concatenate([begin, begin[-1] + len(cheap) * np.arange(1, count + 1)])
    peer = np.concatenate([peer, np.tile(cheap.astype(np.int32), count)]).astype(np.int32)
    milli = np.concatenate([milli, np.zeros(len(cheap) * count, dtype=np.int32)]).astype(np.int32)
    asking = np.concatenate([people, np.arange(n, n + count)]), start, peer, milli
    return asking, np.concatenate([limit, np.full(count, -1e12)])


def _hold(market: Market, asking: Any, limits: Any, price: Any, step: float, real: int, run: Any) -> Any:
    """One auction: (prices, which places stay free or go to nobody, what a nobody pays)."""
    people, start, peer, milli = (as_given(run, np.asarray(column))[0] for column in asking)
    limits, bids = as_given(run, limits, price)
    n, m, places = len(asking[1]) - 1, len(market.place_start) - 1, len(price)
    match, holder, place_start = as_given(run, np.full(n, -1), np.full(places, -1), market.place_start)
    whole = as_given(run, np.empty(m, dtype=np.int64), np.empty(len(people), dtype=np.int64))
    prices_of = as_given(run, np.empty(m), np.empty(m), np.empty(m))
    most = BIDS_EACH * len(people)
    run(opening).bid(people, limits, start, peer, milli, place_start, bids, step, most, match, holder, whole, prices_of)
    price, holds = np.asarray(bids, dtype=np.float64), np.asarray(holder, dtype=np.int64)
    by_nobody = holds >= real
    return price, (holds < 0) | by_nobody, float(np.median(price[by_nobody])) if by_nobody.any() else 0.0


def best_left(pairs: Pairs, people: Ints, price: Any) -> Any:
    """What the best pair leaves each of `people` at these prices (m,), in the unit of prices; -inf for no pair."""
    count = pairs.start[people + 1] - pairs.start[people]
    some, found = count > 0, np.full(len(people), -np.inf)
    begin = np.cumsum(count) - count
    pair = np.arange(int(count.sum())) + np.repeat(pairs.start[people] - begin, count)
    if len(pair):
        found[some] = np.maximum.reduceat(pairs.milli[pair] - price[pairs.peer[pair]], begin[some])
    return found
