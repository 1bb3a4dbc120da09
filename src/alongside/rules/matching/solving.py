"""A whole list from arrays: solved over few pairs, then proven over all of them.

A person has a handful of pairs that matter, out of thousands that are possible. `solve` lets a scan pick them, solves
exactly over these, and then asks the scan, with the prices of that answer, for any pair in the whole list that would be
worth more. None: no other answer over all pairs is better, in any of the objectives (linear programming duality: the
prices are a solution of the dual problem with the same value). Some: they join, and it is solved again.

Objectives, in this order: the greatest sum of priorities served; the fewest matches below the floor; the greatest sum
of
fits; the least load cost (`flow`). Where they tie, people and peers count in the order they are given.
"""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import numpy as np

from alongside.rules.matching import kernel
from alongside.rules.matching.arrays import Ints, PeerArrays, PolicyArrays, SeekerArrays, check_arrays
from alongside.rules.matching.compiled import fast, plain
from alongside.rules.matching.exact import solve_pairs
from alongside.rules.matching.markets import Answer, Market, Pairs, bound_of, make_market, make_pairs, value_of
from alongside.rules.matching.proving import solve_by_scans
from alongside.rules.matching.scanning import Scan
from alongside.rules.matching.table import Rows, Table, fits_table, make_rows, make_table

EVERY_PAIR: Final = 400_000
"""Up to so many pairs each of them is given to the solver, and there is nothing left to prove."""


class Solved(NamedTuple):
    """The answer for a list. peer: (n,) int64 positions, -1 for unserved. milli: (n,) int64 their fits, -1.

    possible: (n,) int64, how many peers are possible for each. high, low: (m,) int64, the prices that prove the answer.
    value and bound: (priority served, matches at or above the floor, sum of fits, -load cost): the answer's, and what
    no
    answer exceeds; equal where it is proven. pairs: those the solver saw; has_all_pairs: every possible one. work:
    figures on how it was found.
    """

    peer: Ints
    milli: Ints
    possible: Ints
    high: Ints
    low: Ints
    value: tuple[int, int, int, int]
    bound: tuple[int, int, int, int]
    pairs: Pairs
    has_all_pairs: bool
    work: dict[str, Any]


def solve(
    seekers: SeekerArrays, peers: PeerArrays, policy: PolicyArrays, *, floor: int = 0, workers: int = 2,
    compiled: bool = True, most_pairs: int = EVERY_PAIR,
) -> Solved:  # fmt: skip
    """The best answer for the whole list, with its proof. floor: thousandths of a point, 0 for none.

    compiled: whether kernels are compiled, which takes half a minute unless `compiled.is_warm`. most_pairs: up to so
    many pairs each of them is given to the solver. Raises `WrongArrays`, `ListTooLarge`.
    """
    check_arrays(seekers, peers)
    n, m = len(seekers.priority), len(peers.capacity)
    market = make_market(seekers.priority, peers.places_free, peers.capacity, floor)
    run: Callable[[Any], Any] = fast if compiled else plain
    table, rows = make_table(peers), make_rows(seekers)
    takes_all = n * m <= most_pairs or not compiled or not fits_table(seekers, peers)
    if takes_all:
        pairs, possible = _all_pairs(seekers, rows, table, policy, m, run)
        answer = solve_pairs(market, pairs, run)
        work: dict[str, Any] = {"pairs": len(pairs.peer), "scans": 0}
    else:
        scan = Scan(seekers, rows, table, policy, floor, workers)
        answer, pairs, possible, work = solve_by_scans(market, scan, peers, run)
    return solved(market, pairs, answer, possible, takes_all, work)


def solved(
    market: Market, pairs: Pairs, answer: Answer, possible: Ints, has_all_pairs: bool, work: dict[str, Any]
) -> Solved:
    """An answer over pairs as one over people, with its value and its bound."""
    n = len(market.priority)
    value, bound = value_of(market, pairs, answer), bound_of(market, pairs, answer)
    served = answer.match >= 0
    pair = np.where(served, answer.match, 0)
    none = np.full(n, -1, dtype=np.int64)
    peer = np.where(served, pairs.peer[pair], none) if len(pairs.peer) else none
    milli = np.where(served, pairs.milli[pair], none) if len(pairs.peer) else none
    return Solved(
        peer, milli, possible, answer.high, answer.low, value, bound, pairs, has_all_pairs, {**work, **answer.work}
    )


def _all_pairs(
    seekers: SeekerArrays, rows: Rows, table: Table, policy: PolicyArrays, m: int, run: Callable[[Any], Any]
) -> tuple[Pairs, Ints]:
    n = len(seekers.priority)
    people, peer = np.divmod(np.arange(n * m), max(1, m))
    milli = np.empty(n * m, dtype=np.int32)
    run(kernel).score_pairs(rows, table, policy, people, peer, milli)
    is_possible = milli >= 0
    possible = np.bincount(people[is_possible], minlength=n).astype(np.int64)
    return make_pairs(n, people[is_possible], peer[is_possible], milli[is_possible]), possible
