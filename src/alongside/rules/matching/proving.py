"""A long list solved over few pairs, and proven over all of them by scans with prices: the steps of `solving`.

1. Everybody is shown a share of all peers; an auction over the best of these tells prices, roughly. Once more, with
   another share and those prices. 2. One scan of the whole list keeps the best of each at these prices, and says what
   no other pair exceeds (`certain`). 3. Solved over the pairs kept. 4. Whatever the prices of this answer leave open is
   looked at again. Nothing better: that is the proof. Else it joins, and 3 and 4 once more.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from alongside.rules.matching.arrays import Ints, PeerArrays
from alongside.rules.matching.certain import Certain, still_open
from alongside.rules.matching.exact import solve_pairs
from alongside.rules.matching.guessing import NEXT_STEPS, ROUGH_STEPS, guess_prices
from alongside.rules.matching.markets import Answer, Market, Pairs, make_pairs, worth_now
from alongside.rules.matching.scanning import Scan

SHARES: Final = 8
"""In so many shares peers are shown."""

SHOWN_PEERS: Final = 256
"""Peers in a share at least."""

SHOWN: Final = (32, 24)
"""Pairs kept for each person at each turn."""

SOFT: Final = 30_000.0
"""By how much, in thousandths of a point, those who will surely be served pay more than others in a guess. Over few
pairs there are shortages which all pairs do not have: without a limit, prices there rise endlessly and say nothing."""

KEPT: Final = 64
"""Pairs that the scan of the whole list keeps for each person at most."""

WANTED: Final = 40
"""Pairs that it should keep: what is worth less than so many, by the shares that were shown, is left out at once."""

ADDED: Final = 24
"""Pairs that a later scan may add for each person."""

NEAR: Final = 1_500
"""A later scan also adds pairs that are worth almost as much as what somebody has, in thousandths of a point: prices
move when others join, and then these may count."""

MOST_LEFT: Final = 1 << 20
"""Above any fit less price, in thousandths of a point."""

Rows = tuple[Ints, Ints, Ints]


def solve_by_scans(
    market: Market, scan: Scan, peers: PeerArrays, run: Callable[[Any], Any]
) -> tuple[Answer, Pairs, Ints, dict[str, Any]]:
    n, m = len(market.priority), len(peers.capacity)
    everyone, is_open = np.arange(n), peers.places_free > 0
    guess, least, looked_at = _guess(market, scan, peers, run)
    found = scan.best(everyone, KEPT, prices=guess, least=least)
    possible, looked_at = found.possible, looked_at + n * m
    pairs = _join(n, found.pairs(everyone))
    bounds = found.bounds.astype(np.float64)
    certain = [Certain(guess, None, None, bounds, np.ones(n, dtype=bool))]
    del found
    answer = solve_pairs(market, pairs, run, begin=guess)
    rounds, added = 1, []
    while True:
        rows, seen = _look_again(market, scan, peers, pairs, answer, certain, is_open)
        looked_at += seen
        count = _count_better(market, pairs, answer, rows)
        added.append(count)
        if not count:
            break
        old = pairs
        pairs = _join(n, _rows_of(pairs), rows)
        # Few new pairs move few prices. Many make the old ones a bad guess, which costs more than a new auction.
        keeps = count <= n // 20
        answer = solve_pairs(
            market, pairs, run,
            prices=(answer.high, answer.low) if keeps else None,
            hint=_same_pairs(old, pairs, answer) if keeps else None,
        )  # fmt: skip
        rounds += 1
    scans = round(looked_at / (n * m), 2)
    return answer, pairs, possible, {"pairs": len(pairs.peer), "scans": scans, "rounds": rounds, "added": added}


def _guess(market: Market, scan: Scan, peers: PeerArrays, run: Callable[[Any], Any]) -> tuple[Any, Any, int]:
    """(prices (m,) in thousandths of a point, what a pair must leave each person (n,) lest there are too many, pairs
    looked at), from shares of all peers."""
    n, m = len(market.priority), len(peers.capacity)
    groups = max(1, min(SHARES, m // SHOWN_PEERS))
    turns = min(groups, len(SHOWN))
    order = np.argsort(-market.priority, kind="stable")
    pairs, prices = _join(n), None
    for turn in range(turns):
        rows = scan.shown(np.arange(n), peers, SHOWN[turn], groups, turn, prices)
        pairs = _join(n, _rows_of(pairs), rows)
        steps = ROUGH_STEPS if prices is None else NEXT_STEPS
        prices = guess_prices(market, pairs, order, run, steps=steps, most_paid=SOFT, begin=prices)[1] / market.scale
    return prices, _worth_of(pairs, prices, round(WANTED * turns / groups)), n * m * turns // groups


def _worth_of(pairs: Pairs, prices: Any, rank: int) -> Any:
    """(n,) what the pair of this rank leaves each person; -inf where there are fewer."""
    people = np.repeat(np.arange(len(pairs.start) - 1), np.diff(pairs.start))
    left = np.clip(np.rint(pairs.milli - prices[pairs.peer]), -MOST_LEFT, MOST_LEFT - 1).astype(np.int64)
    key = np.sort(people * (2 * MOST_LEFT) + MOST_LEFT - 1 - left)
    at = pairs.start[:-1] + rank - 1
    found = np.full(len(at), -np.inf)
    has = at < pairs.start[1:]
    found[has] = MOST_LEFT - 1 - key[at[has]] % (2 * MOST_LEFT)
    return found


def _look_again(
    market: Market, scan: Scan, peers: PeerArrays, pairs: Pairs, answer: Answer, certain: list[Certain], is_open: Any
) -> tuple[Rows, int]:
    """(pairs that may be worth more than what people have, how many pairs were looked at). Notes in `certain` what is
    known now."""
    n, m = len(market.priority), len(is_open)
    have_high, have_low = worth_now(market, pairs, answer)
    level = np.column_stack([market.priority - have_high, market.priority + (1 if market.floor else 0) - have_high])
    have, low = have_low / market.scale, answer.low / market.scale
    is_lost, rows, seen = np.zeros(n, dtype=bool), [], 0
    looks = []
    for one in certain:
        lost, out = still_open(one, answer.high, low, level[:, 1], have, is_open)
        is_lost |= lost
        looks.append((one.has & ~lost, out))

    def look(people: Ints, over: Scan) -> Any:
        found = over.best(people, ADDED, prices=low, levels=answer.high, level=level[people], least=have[people] - NEAR)
        rows.append(found.pairs(people))
        return found.bounds

    for has, out in looks:
        people = np.flatnonzero(has)
        if len(people) and out.any():
            look(people, scan.some_peers(peers, out))
            seen += len(people) * int(out.sum())
    people = np.flatnonzero(is_lost)
    if len(people):
        bounds = np.full(n, -np.inf)
        bounds[people] = look(people, scan)
        seen += len(people) * m
        for one in certain:
            one.has[people] = False
        certain.append(Certain(low, answer.high, level[:, 1], bounds, is_lost))
    none = np.zeros(0, dtype=np.int64)
    return tuple(np.concatenate([none, *column]) for column in zip((none,) * 3, *rows, strict=True)), seen  # type: ignore[return-value]


def _count_better(market: Market, pairs: Pairs, answer: Answer, rows: Rows) -> int:
    """How many of these pairs are worth more than what their person has."""
    people, peer, fit = rows
    have_high, have_low = worth_now(market, pairs, answer)
    gets_high = market.priority[people] + ((fit >= market.floor) if market.floor else 0) - answer.high[peer]
    gets_low = fit * market.scale - answer.low[peer]
    is_same = gets_high == have_high[people]
    return int(((gets_high > have_high[people]) | (is_same & (gets_low > have_low[people]))).sum())


def _rows_of(pairs: Pairs) -> Rows:
    people = np.repeat(np.arange(len(pairs.start) - 1), np.diff(pairs.start))
    return people, pairs.peer.astype(np.int64), pairs.milli.astype(np.int64)


def _join(n: int, *several: Rows) -> Pairs:
    none = np.zeros(0, dtype=np.int64)
    return make_pairs(n, *(np.concatenate([none, *column]) for column in zip((none,) * 3, *several, strict=True)))


def _same_pairs(old: Pairs, pairs: Pairs, answer: Answer) -> Ints:
    """(n,) the pairs of an answer, by their positions among more pairs."""
    had, served = np.full(len(answer.match), -1, dtype=np.int64), answer.match >= 0
    had[served] = old.peer[answer.match[served]]
    people = np.repeat(np.arange(len(had)), np.diff(pairs.start))
    same = np.flatnonzero(pairs.peer == had[people])
    hint = np.full(len(had), -1, dtype=np.int64)
    hint[people[same]] = same
    return hint
