"""A long list solved over few pairs, and proven over all of them by scans with prices: the steps of `solving`."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from alongside.rules.matching.arrays import Ints, PeerArrays
from alongside.rules.matching.exact import solve_pairs
from alongside.rules.matching.guessing import guess_prices
from alongside.rules.matching.markets import Answer, Market, Pairs, make_pairs, worth_now
from alongside.rules.matching.scanning import Scan

SAMPLE: Final = 3
"""One person of so many takes part in the auction whose prices guide the first scan. With one of ten a later scan finds
twenty times as many pairs that the first one should have kept, and all is solved once more."""

KEPT: Final = 24
"""Pairs that the first scan keeps for each person."""

ADDED: Final = 24
"""Pairs that a later scan may add for each person."""

NEAR: Final = 1_500
"""A later scan also adds pairs that are worth almost as much as what somebody has, in thousandths of a point: prices
move when others join, and then these may count."""

EXPOSED: Final = 12
"""Pairs of each person with peers of a small share of all, whatever their fit."""


def solve_by_scans(
    market: Market, scan: Scan, peers: PeerArrays, run: Callable[[Any], Any]
) -> tuple[Answer, Pairs, Ints, dict[str, Any]]:
    n = len(market.priority)
    everyone = np.arange(n)
    shown = scan.exposed(everyone, peers, EXPOSED)
    guess = _guess_from_some(market, scan, shown, run)
    found, milli, counts, possible = scan.best(everyone, KEPT, prices=guess)
    is_found = found >= 0
    pairs = make_pairs(
        n,
        np.concatenate([np.repeat(everyone, counts), shown[0]]),
        np.concatenate([found[is_found].astype(np.int64), shown[1]]),
        np.concatenate([milli[is_found].astype(np.int64), shown[2]]),
    )
    answer = solve_pairs(market, pairs, run)
    scanned, added = 1, []
    while True:
        high, low = answer.high, answer.low
        have_high, have_low = worth_now(market, pairs, answer)
        level = np.column_stack([market.priority - have_high, market.priority + (1 if market.floor else 0) - have_high])
        least = have_low / market.scale - NEAR
        found, milli, counts, _ = scan.best(
            everyone, ADDED, prices=low / market.scale, levels=high, level=level, least=least
        )
        scanned += 1
        is_found = found >= 0
        people = np.repeat(everyone, counts)
        peer, fit = found[is_found].astype(np.int64), milli[is_found].astype(np.int64)
        gets_high = market.priority[people] + ((fit >= market.floor) if market.floor else 0) - high[peer]
        gets_low = fit * market.scale - low[peer]
        is_same = gets_high == have_high[people]
        is_better = (gets_high > have_high[people]) | (is_same & (gets_low > have_low[people]))
        added.append(int(is_better.sum()))
        if not is_better.any():
            break
        old = np.repeat(everyone, np.diff(pairs.start))
        pairs = make_pairs(
            n,
            np.concatenate([old, people]),
            np.concatenate([pairs.peer.astype(np.int64), peer]),
            np.concatenate([pairs.milli.astype(np.int64), fit]),
        )
        # Few new pairs move few prices. Many make the old ones a bad guess, which costs more than a new auction.
        answer = solve_pairs(market, pairs, run, prices=(high, low) if added[-1] <= n // 100 else None)
    return answer, pairs, possible, {"pairs": len(pairs.peer), "scans": scanned, "added": added}


def _guess_from_some(market: Market, scan: Scan, shown: tuple[Ints, Ints, Ints], run: Callable[[Any], Any]) -> Any:
    """Prices (m,) in thousandths of a point from an auction among some of the people for as many of the places."""
    n = len(market.priority)
    some = np.arange(0, n, max(1, min(SAMPLE, n // 2000)), dtype=np.int64)
    share = len(some) / n
    free = np.diff(np.floor(market.place_start * share).astype(np.int64))
    start = np.zeros(len(free) + 1, dtype=np.int64)
    np.cumsum(free, out=start[1:])
    small = Market(market.priority[some], start, np.zeros(int(start[-1]), dtype=np.int64), 0, 1)
    found, milli, counts, _ = scan.best(some, KEPT)
    is_found = found >= 0
    at = np.full(n, -1, dtype=np.int64)
    at[some] = np.arange(len(some))
    of_some = at[shown[0]] >= 0
    pairs = make_pairs(
        len(some),
        np.concatenate([np.repeat(np.arange(len(some)), counts), at[shown[0]][of_some]]),
        np.concatenate([found[is_found].astype(np.int64), shown[1][of_some]]),
        np.concatenate([milli[is_found].astype(np.int64), shown[2][of_some]]),
    )
    order = np.argsort(-small.priority, kind="stable")
    _, low = guess_prices(small, pairs, order, run)
    return low.astype(np.float64)
