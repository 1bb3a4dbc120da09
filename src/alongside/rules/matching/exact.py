"""The best answer over given pairs, in whole numbers, with the prices that prove it. Steps of `solve_pairs`:

1. guess prices by auctions (`guessing`), 2. let people take places at these prices, 3. find chains for whoever wants a
place and got none, 4. lower the prices of free places. Only 2 to 4 decide, and they hold for any guess (`flow`); 1
saves time. Who may have to go without comes in after all others, when the level of prices can be told.
"""

from typing import Any, Final

import numpy as np

from alongside.rules.matching import flow, opening, settling
from alongside.rules.matching.arrays import Ints
from alongside.rules.matching.compiled import as_given
from alongside.rules.matching.guessing import LATE_STEPS, STEPS, best_left, edge_of, guess_prices
from alongside.rules.matching.markets import Answer, Market, Pairs
from alongside.rules.matching.ordering import sort_pairs

REACH: Final = 1_000
"""How far, in thousandths of a point, the first chain is looked for at first."""

FEW_PAIRS: Final = 5_000
"""Up to so many pairs no guess pays: prices start at what places cost."""


def solve_pairs(
    market: Market, pairs: Pairs, run: Any, prices: tuple[Ints, Ints] | None = None, hint: Ints | None = None,
    begin: Any = None,
) -> Answer:  # fmt: skip
    """The best answer over these pairs. `run`: `compiled.fast` or the plain modules. prices: a guess, from an earlier
    answer; hint: (n,) pairs of that answer, -1 for none. begin: prices known roughly, from which a guess begins."""
    n, m = len(market.priority), len(market.place_start) - 1
    places = len(market.place_cost)
    order = np.argsort(-market.priority, kind="stable")
    if prices is None and len(pairs.peer) <= FEW_PAIRS:
        high, low = np.zeros(m, dtype=np.int64), np.zeros(m, dtype=np.int64)
    elif prices is None:
        steps = STEPS if begin is None else LATE_STEPS
        high, low = guess_prices(market, pairs, order, run, steps=steps, begin=begin)
    else:
        high, low = prices[0].copy(), prices[1].copy()
    first = np.zeros(m, dtype=np.int64)
    has = market.place_start[:-1] < market.place_start[1:]
    first[has] = market.place_cost[market.place_start[:-1][has]]
    low = np.where((high == 0) & (low < first), first, low)

    given = as_given(run, pairs.start, pairs.peer.copy(), pairs.milli.copy(), market.priority, market.place_start)
    start, peer, milli, priority, place_start = given
    costs, origin = as_given(run, market.place_cost, np.arange(len(pairs.peer), dtype=np.int32))
    of_pairs = (start, peer, milli, priority, market.floor, market.scale, place_start, costs)
    none = np.zeros(m, dtype=np.int64)
    [of_hint] = as_given(run, np.full(n, -1) if hint is None else hint.copy())
    state = as_given(run, np.full(n, flow.AWAY), none.copy(), np.full(places, -1), np.full(n, -1), high, low)
    held = as_given(run, high.copy(), low.copy())
    work = as_given(run, np.zeros(4, dtype=np.int64), np.zeros(4, dtype=np.int64))
    left: list[int] = []
    edge = edge_of(market, pairs, order)
    for people in (order[market.priority[order] > edge], order[market.priority[order] <= edge]):
        if edge and left:
            _set_level(market, pairs, edge, people, run, state, held)
        high, low = (np.array(column, dtype=np.int64) for column in state[4:])
        sort_pairs(run, start, peer, milli, origin, state[0], of_hint, market.floor, market.scale, high, low)
        wanting, rest, *least = as_given(run, people, np.empty(len(people), dtype=np.int64), high, low)
        left.append(int(run(opening).take_places(wanting, of_hint, *of_pairs, *state, rest)))
        scratch = as_given(run, *(none.copy() for _ in range(flow.SCRATCH)))
        run(flow).serve(rest[: left[-1]], *of_pairs, *state, *held, *least, REACH * market.scale, scratch, work[0])
    count = len(pairs.peer)
    by_peer, at = as_given(run, np.zeros(m + 1, dtype=np.int64), none.copy())
    of_peers = as_given(run, *(np.zeros(count, dtype=np.int32) for _ in range(3)))
    run(opening).transpose(start, peer, milli, by_peer, at, *of_peers)
    pair = np.asarray(state[0], dtype=np.int64)
    now = (np.where(pair >= 0, np.asarray(column)[pair] if count else 0, pair) for column in (peer, milli))
    of_peers = (*of_peers, *as_given(run, *(column.astype(np.int32) for column in now)))
    scratch = as_given(run, *(none.copy() for _ in range(flow.SCRATCH)))
    run(settling).settle(*of_pairs, by_peer, *of_peers, *state, scratch, work[1])
    match, load, _, _, high, low = (np.asarray(column, dtype=np.int64) for column in state)
    if count:
        match = np.where(match >= 0, np.asarray(origin, dtype=np.int64)[match], match)
    return Answer(match, load, high, low, {"left": left, "steps": [list(map(int, step)) for step in work]})


def _set_level(market: Market, pairs: Pairs, edge: int, people: Ints, run: Any, state: Any, held: Any) -> None:
    """Raise or lower all prices at the edge alike, so that of the people there as many want a place as are left.

    Going without is worth nothing to them, so it is they who tell the level of all prices; how prices differ from each
    other is known before. No choice of those who have a place changes: all the peers they could choose between are as
    much dearer or cheaper, for other peers' prices differ by more than a floor is worth.
    """
    _, load, _, _, high, low = (np.asarray(column, dtype=np.int64) for column in state)
    step = len(market.priority) + 1
    apart = np.abs(high - edge)
    at_level = apart * 4 <= step
    if step < 8 or not at_level.any() or ((apart * 4 < 3 * step) & ~at_level).any():
        return
    left = int((np.diff(market.place_start) - load)[at_level].sum())
    at_edge = people[market.priority[people] == edge]
    best = np.sort(best_left(pairs, at_edge, np.where(at_level, low / market.scale, np.inf)))[::-1]
    best = best[np.isfinite(best)]
    if not len(best):
        return
    level = int(best[min(left, len(best) - 1)] * market.scale)
    for column in (state[5], held[1]):
        column[:] = as_given(run, np.where(at_level, np.asarray(column, dtype=np.int64) + level, column))[0]
