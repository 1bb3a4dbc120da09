"""The best answer over given pairs, in whole numbers, with the prices that prove it. Steps of `solve_pairs`:

1. guess prices by an auction, 2. let people take places at these prices, 3. find chains for whoever wants a place and
got
none, 4. lower the prices of free places. Only 2 to 4 decide, and they hold for any guess (`flow`); 1 saves time.
"""

from typing import Any, Final

import numpy as np

from alongside.rules.matching import flow, opening, settling
from alongside.rules.matching.arrays import Ints
from alongside.rules.matching.compiled import as_given
from alongside.rules.matching.markets import Answer, Market, Pairs

STEPS: Final = ((8000.0, 1.0), (2000.0, 1.0), (500.0, 1.0), (120.0, 0.9), (30.0, 0.75))
"""By how many thousandths of a point bids rise, auction after auction; and by which share of the prices of places
nobody
took all prices fall before it: an auction leaves them too high, and a place that stays free has to be had for its
cost."""

FEW_PAIRS: Final = 5_000
"""Up to so many pairs no guess pays: prices start at what places cost."""

MOST_PAID: Final = 300_000.0
"""Three times the best fit: who would have to pay more is left to the exact steps."""

EDGE_PAID: Final = 100_000.0
"""The same for those at the edge of being served: enough to fill places that a chain of moves can reach."""

BIDS_EACH: Final = 15
"""Bids for each person at most: who is outbid more often waits for a chain."""


def solve_pairs(market: Market, pairs: Pairs, run: Any, prices: tuple[Ints, Ints] | None = None) -> Answer:
    """The best answer over these pairs. `run`: `compiled.fast` or the plain modules. prices: a guess, from an earlier
    answer."""
    n, m = len(market.priority), len(market.place_start) - 1
    places = len(market.place_cost)
    order = np.argsort(-market.priority, kind="stable")
    if prices is None and len(pairs.peer) <= FEW_PAIRS:
        high, low = np.zeros(m, dtype=np.int64), np.zeros(m, dtype=np.int64)
    elif prices is None:
        high, low = guess_prices(market, pairs, order, run)
    else:
        high, low = prices[0].copy(), prices[1].copy()
    first = np.zeros(m, dtype=np.int64)
    has = market.place_start[:-1] < market.place_start[1:]
    first[has] = market.place_cost[market.place_start[:-1][has]]
    low = np.where((high == 0) & (low < first), first, low)

    given = as_given(run, *pairs, market.priority, market.place_start, market.place_cost)
    start, peer, milli, priority, *shape = given
    of_pairs = (start, peer, milli, priority, market.floor, market.scale, *shape)
    empty, none = np.empty(n, dtype=np.int64), np.zeros(m, dtype=np.int64)
    state = as_given(run, np.full(n, flow.AWAY), none.copy(), np.full(places, -1), np.full(n, -1), high, low)
    wanting, rest = as_given(run, order, empty)
    left = run(opening).take_places(wanting, *of_pairs, *state, rest)
    held = as_given(run, high.copy(), low.copy())
    work = as_given(run, np.zeros(4, dtype=np.int64), np.zeros(4, dtype=np.int64))
    columns = [as_given(run, *(none.copy() for _ in range(flow.SCRATCH))) for _ in work]
    least = int(market.place_cost.min(initial=0))
    run(flow).serve(rest[:left], *of_pairs, *state, *held, least, columns[0], work[0])
    count = len(pairs.peer)
    by_peer, at, *of_peers = as_given(run, *(np.zeros(size, dtype=np.int64) for size in (m + 1, m, count, count)))
    run(opening).transpose(start, peer, by_peer, at, *of_peers)
    run(settling).settle(*of_pairs, by_peer, *of_peers, *state, columns[1], work[1])
    match, load, _, _, high, low = (np.asarray(column, dtype=np.int64) for column in state)
    return Answer(match, load, high, low, {"left": int(left), "steps": [list(map(int, step)) for step in work]})


def guess_prices(market: Market, pairs: Pairs, order: Ints, run: Any) -> tuple[Ints, Ints]:
    """Prices (high, low) from auctions with ever smaller steps.

    Where there are more people than places, those at the edge, who are the first to go without, bid up to a limit;
    whoever
    comes before them, much more; who comes after, nothing.
    """
    m, places = len(market.place_start) - 1, len(market.place_cost)
    can = order[pairs.start[order] < pairs.start[order + 1]]
    edge = int(market.priority[can[places]]) if len(can) > places else 0
    people = can[market.priority[can] >= edge]
    limit = np.where(market.priority[people] > edge, -MOST_PAID, -EDGE_PAID)
    base = market.place_cost / market.scale
    price = base.copy()
    asking = as_given(run, people, limit, *pairs, market.place_start)
    match, holder = as_given(run, np.full(len(market.priority), -1), np.full(places, -1))
    whole = as_given(run, np.empty(m, dtype=np.int64), np.empty(len(people), dtype=np.int64))
    prices_of = as_given(run, np.empty(m), np.empty(m))
    for step, share in STEPS:
        free = np.asarray(holder, dtype=np.int64) < 0
        if len(people) and free.any() and not free.all():
            price = np.maximum(base, price - np.quantile(price[free], share))
        (bids,) = as_given(run, price)
        run(opening).bid(*asking, bids, step, BIDS_EACH * len(people), match, holder, whole, prices_of)
        price = np.asarray(bids, dtype=np.float64)
    free = np.asarray(holder, dtype=np.int64) < 0
    if free.any() and not free.all():
        price = np.maximum(base, price - np.quantile(price[free], STEPS[-1][1]))
    # A peer's price is that of the cheapest place, and not below what the latest place taken costs.
    start, end = market.place_start[:-1], market.place_start[1:]
    has = start < end
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
    # Where going without is worth nothing, prices at the edge are lower by what people there were ready to lose.
    return np.where(full, edge, 0), np.where(full, low - int(EDGE_PAID) * market.scale, low)
