"""A list as a market: who asks, what is free, which pairs there are; and what an answer is worth, with its bound."""

from typing import Any, NamedTuple

import numpy as np

from alongside.rules.matching.arrays import Ints
from alongside.rules.matching.errors import ListTooLarge
from alongside.rules.matching.solver import LOAD_SCALE


class Pairs(NamedTuple):
    """Possible pairs of n people: those of person i are start[i]:start[i + 1] of `peer` and `milli` (int32, int32).

    Within a person by falling fit, ties by position of the peer. start: (n + 1,) int64.
    """

    start: Ints
    peer: Any
    milli: Any


class Market(NamedTuple):
    """What everybody brings. priority: (n,) int64 in steps larger than n. Free places of peer j:
    place_start[j]:place_start[j + 1] of `place_cost` (int64, never falling). floor: in thousandths, 0 for none.
    scale: how
    many units of place cost a thousandth of fit is worth, more than any place costs."""

    priority: Ints
    place_start: Ints
    place_cost: Ints
    floor: int
    scale: int


class Answer(NamedTuple):
    """match: (n,) int64 pair or -1. load: (m,) people given. high, low: (m,) int64 prices that prove it. work:
    figures."""

    match: Ints
    load: Ints
    high: Ints
    low: Ints
    work: dict[str, Any]


def place_costs(free: Any, capacity: Any) -> tuple[Ints, Ints]:
    """(start, costs): of each free place of each peer, never falling: the growth of load * load / capacity."""
    start = np.zeros(len(free) + 1, dtype=np.int64)
    np.cumsum(free, out=start[1:])
    peer = np.repeat(np.arange(len(free)), free)
    load = np.arange(start[-1]) - start[peer] + (capacity - free)[peer]
    return start, np.asarray(np.rint(LOAD_SCALE * (2 * load + 1) / capacity[peer]), dtype=np.int64)


def make_market(priority: Any, free: Any, capacity: Any, floor: int) -> Market:
    """Raises `ListTooLarge`."""
    n = len(priority)
    if n and int(priority.max()) * (n + 1) > 2**61:
        raise ListTooLarge(f"{n} people with priorities up to {priority.max()}")
    start, cost = place_costs(free, capacity)
    # Two answers differ by simple cycles, which pass the sink once: so a step of fit that outweighs the dearest place
    # outweighs every change in load.
    return Market(priority * (n + 1), start, cost, floor, 1 + int(cost.max(initial=0)))


def make_pairs(n: int, people: Any, peer: Any, milli: Any) -> Pairs:
    """Pairs from three columns, sorted, doubles left out."""
    people, peer, milli = (np.asarray(column, dtype=np.int64) for column in (people, peer, milli))
    bits = max(1, int(peer.max(initial=0)).bit_length())
    top = max(1, int(milli.max(initial=0)))
    width = top.bit_length() + bits
    key = np.sort((people << width) | ((top - milli) << bits) | peer)
    if len(key):
        key = key[np.concatenate([[True], key[1:] != key[:-1]])]
    start = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(key >> width, minlength=n), out=start[1:])
    return Pairs(
        start,
        (key & ((1 << bits) - 1)).astype(np.int32),
        (top - ((key >> bits) & ((1 << top.bit_length()) - 1))).astype(np.int32),
    )


def worth_now(market: Market, pairs: Pairs, answer: Answer) -> tuple[Ints, Ints]:
    """(high, low): what everybody has at the prices of the answer; zero for who is not served."""
    served = answer.match >= 0
    pair = np.where(served, answer.match, 0)
    if not len(pairs.peer):
        return np.zeros_like(market.priority), np.zeros_like(market.priority)
    peer, milli = pairs.peer[pair], pairs.milli[pair].astype(np.int64)
    over = (milli >= market.floor).astype(np.int64) if market.floor else 0
    high = np.where(served, market.priority + over - answer.high[peer], 0)
    return high, np.where(served, milli * market.scale - answer.low[peer], 0)


def value_of(market: Market, pairs: Pairs, answer: Answer) -> tuple[int, int, int, int]:
    pair = answer.match[answer.match >= 0]
    milli = pairs.milli[pair].astype(np.int64)
    step = len(market.priority) + 1
    taken = np.arange(len(market.place_cost)) - np.repeat(
        market.place_start[:-1], np.diff(market.place_start)
    ) < np.repeat(answer.load, np.diff(market.place_start))
    return (
        int((market.priority[answer.match >= 0] // step).sum()),
        int((milli >= market.floor).sum()) if market.floor else 0,
        int(milli.sum()),
        -int(market.place_cost[taken].sum()),
    )


def bound_of(market: Market, pairs: Pairs, answer: Answer) -> tuple[int, int, int, int]:
    """What no answer exceeds, from prices alone: what everybody has, and what each place earns above its cost."""
    have_high, have_low = worth_now(market, pairs, answer)
    peer = np.repeat(np.arange(len(answer.load)), np.diff(market.place_start))
    high, low = answer.high[peer], answer.low[peer] - market.place_cost
    earns = (high > 0) | ((high == 0) & (low > 0))
    total_high = sum(have_high.tolist()) + sum(high[earns].tolist())
    total_low = sum(have_low.tolist()) + sum(low[earns].tolist())
    step = len(market.priority) + 1
    served, over = divmod(total_high, step)
    value = value_of(market, pairs, answer)
    # Fit and load share one number; the answer's own load splits it.
    fit, rest = divmod(total_low - value[3], market.scale)
    return served, over, fit, value[3] + rest
