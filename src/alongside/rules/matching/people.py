"""A whole list of frozen people solved as arrays, with the best peers of each."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from alongside.rules.matching import kernel
from alongside.rules.matching.arrays import Ints
from alongside.rules.matching.compiled import choose, fast, plain
from alongside.rules.matching.compiling import compile_peers, compile_policy, compile_seekers, make_codebook
from alongside.rules.matching.constraints import is_feasible
from alongside.rules.matching.exact import solve_pairs
from alongside.rules.matching.fit import score_milli
from alongside.rules.matching.markets import Pairs, make_market, make_pairs
from alongside.rules.matching.scan import ROUGH
from alongside.rules.matching.scanning import Scan
from alongside.rules.matching.solving import Solved, solve, solved
from alongside.rules.matching.table import make_rows, make_table
from alongside.rules.matching.values import Exclusions, Peer, Policy, Seeker

SPARE = 59
"""How many more than asked for a rough scan keeps, so that the exact order can be read from them."""


def solve_people(
    waiting: Sequence[Seeker],
    priorities: Sequence[int],
    serving: Sequence[Peer],
    policy: Policy,
    exclusions: Exclusions,
    k: int,
) -> tuple[Solved, list[list[int]]]:
    """The best answer, and for each person the positions of the k possible peers of best fit, ties by position."""
    if choose(len(waiting) * len(serving)) is plain:
        found = _solve_pair_by_pair(waiting, priorities, serving, policy, exclusions)
        return found, _first_of(found.pairs, k)
    book = make_codebook(waiting, serving)
    peer_at = {peer.id: at for at, peer in enumerate(serving)}
    seekers = compile_seekers(waiting, _as_ints(priorities).tolist(), peer_at, book, exclusions)
    peers, numbers = compile_peers(serving, book), compile_policy(policy, book)
    found = solve(seekers, peers, numbers, floor=policy.floor_milli)
    if found.has_all_pairs:
        return found, _first_of(found.pairs, k)
    scan = Scan(seekers, make_rows(seekers), make_table(peers), numbers, policy.floor_milli, 2)
    return found, best_peers(scan, len(serving), k)


def best_peers(scan: Scan, peer_count: int, k: int) -> list[list[int]]:
    """For each person the positions of the k possible peers of best fit, ties by position: exact."""
    everyone = np.arange(len(scan.seekers.priority))
    found, milli, counts, *_ = scan.best(everyone, k + SPARE)
    ranked = []
    for i, count in enumerate(counts.tolist()):
        order = np.lexsort((found[i, :count], -milli[i, :count]))
        best = found[i, :count][order].tolist()
        # A full list may hide peers who fit as well as the last of the k: then everybody is looked at exactly.
        if count == k + SPARE and milli[i, order[k - 1]] <= milli[i, :count].min() + 2 * ROUGH:
            best = _look_at_all(scan, i, peer_count)
        ranked.append(best[:k])
    return ranked


def _look_at_all(scan: Scan, i: int, peer_count: int) -> Any:
    milli = np.empty(peer_count, dtype=np.int32)
    people = np.full(peer_count, i)
    fast(kernel).score_pairs(scan.rows, scan.table, scan.policy, people, np.arange(peer_count), milli)
    order = np.argsort(-milli, kind="stable")
    return order[milli[order] >= 0].tolist()


def _solve_pair_by_pair(
    waiting: Sequence[Seeker],
    priorities: Sequence[int],
    serving: Sequence[Peer],
    policy: Policy,
    exclusions: Exclusions,
) -> Solved:
    """By the rules themselves, without arrays of people: for short lists, and where nothing can be compiled."""
    rows = [
        (i, j, score_milli(seeker, peer, policy))
        for i, seeker in enumerate(waiting)
        for j, peer in enumerate(serving)
        if is_feasible(seeker, peer, policy, exclusions)
    ]
    pairs_of = np.array(rows, dtype=np.int64).reshape(len(rows), 3)
    free = np.array([peer.places_free for peer in serving], dtype=np.int64)
    capacity = np.array([peer.capacity for peer in serving], dtype=np.int64)
    market = make_market(_as_ints(priorities), free, capacity, policy.floor_milli)
    pairs = make_pairs(len(waiting), pairs_of[:, 0], pairs_of[:, 1], pairs_of[:, 2])
    possible = np.diff(pairs.start)
    return solved(market, pairs, solve_pairs(market, pairs, plain), possible, True, {"pairs": len(rows), "scans": 0})


def _as_ints(priorities: Sequence[int]) -> Ints:
    """Priorities as 64-bit numbers; one that does not fit is cut down, to be refused as too large."""
    return np.array([min(number, 2**62) for number in priorities], dtype=np.int64)


def _first_of(pairs: Pairs, k: int) -> list[list[int]]:
    ends = np.minimum(pairs.start[:-1] + k, pairs.start[1:])
    return [pairs.peer[start:end].tolist() for start, end in zip(pairs.start[:-1], ends, strict=True)]
