"""Small cells hidden, so that no published table tells of few people: no cell of 1-10 is shown, none can be derived.

The rule is the cell suppression policy of CMS: 1-10 is never shown, zero may be, and nothing else that is shown may
lead back to a value of 1-10 (totals, percentages, counts of what was left out). Privacy rule C8.

How it works. A table with its totals is a circulation: grand total -> row total -> cell -> column total -> grand total,
where each number is the flow on one arc. Whoever reads the table knows the shown arcs, and that hidden ones are at
least 1 (zeros are never hidden). A hidden cell can have another value exactly when the hidden arcs hold a cycle through
it along which one unit can still move (Gusfield 1988, "A graph theoretic approach to statistical data security").
Any tree of subtotals along one side is a circulation as well, so tables of shares use the same rule.
1. Hide every number of 1-10, totals too.
2. Take a hidden small number that has no second possible value from 1 to 10.
3. Hide the cheapest further numbers that close such a cycle (small numbers are cheap, totals dear), until none is left.
   Ten ones and their total of ten have no smaller solution: there the second value is 11, which nobody can rule out.
"""

import heapq
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

THRESHOLD = 11
"""The smallest number of people that may be shown."""

Grid = list[list[int | None]]
Price = Callable[[int], int | None]


@dataclass(frozen=True)
class Arc:
    """One published number as a flow from node to node. `is_total` makes it dear to hide, `kept` the last resort."""

    tail: str
    head: str
    count: int
    is_total: bool = False
    kept: bool = False


def is_small(count: int, threshold: int = THRESHOLD) -> bool:
    """Whether this count may not be shown: 1 to threshold - 1. Zero may."""
    return 0 < count < threshold


def is_share_hidden(numerator: int, denominator: int, threshold: int = THRESHOLD) -> bool:
    """Whether a share would tell of few people: by those who are in it, or by those who are not."""
    return is_small(numerator, threshold) or is_small(denominator - numerator, threshold)


def suppress(counts: Sequence[Sequence[int]], threshold: int = THRESHOLD, *, keep_row_totals: bool = False) -> Grid:
    """The table with its totals as it may be shown: (rows, columns) counts in, (rows + 1, columns + 1) out.

    None is hidden. The last column holds row totals, the last row column totals. `keep_row_totals` shows every row
    total, for rows whose size is told elsewhere (but not of a row that is all ones); then each must be zero or at least
    `threshold`.
    Raises ValueError for ragged rows, negative counts, a threshold below 3, or small row totals that must be kept.
    """
    grid = with_totals(counts)
    arcs = []
    for r, row in enumerate(grid[:-1]):
        arcs += [Arc(f"row {r}", f"column {c}", count) for c, count in enumerate(row[:-1])]
        arcs.append(Arc("rows", f"row {r}", row[-1], is_total=True, kept=keep_row_totals))
    arcs += [Arc(f"column {c}", "columns", count, is_total=True) for c, count in enumerate(grid[-1][:-1])]
    arcs.append(Arc("columns", "rows", grid[-1][-1], is_total=True, kept=keep_row_totals))
    hidden = hide(arcs, threshold)
    width = len(grid[0])
    return [[None if r * width + c in hidden else count for c, count in enumerate(row)] for r, row in enumerate(grid)]


def with_totals(counts: Sequence[Sequence[int]]) -> list[list[int]]:
    """The same counts with a column of row totals and a row of column totals."""
    if not counts or not counts[0] or any(len(row) != len(counts[0]) for row in counts):
        raise ValueError("a table needs rows of one length")
    grid = [[*row, sum(row)] for row in counts]
    grid.append([sum(column) for column in zip(*grid, strict=True)])
    return grid


def hide(arcs: Sequence[Arc], threshold: int = THRESHOLD) -> set[int]:
    """Positions of the numbers to hide. At every node as much must flow in as out (ValueError otherwise)."""
    _check(arcs, threshold)
    hidden = {at for at, arc in enumerate(arcs) if is_small(arc.count, threshold)}
    dear = 1 + sum(arc.count for arc in arcs)

    def price(at: int) -> int | None:
        if at in hidden:
            return 0
        return 1 + arcs[at].count + dear * arcs[at].is_total if arcs[at].count else None

    def price_without_kept(at: int) -> int | None:
        return None if arcs[at].kept and at not in hidden else price(at)

    for at in sorted(hidden, key=lambda at: (arcs[at].count, at)):
        if not is_protected(arcs, hidden, at, threshold):
            # A kept total gives way only where a line is all ones, so that no number in it can change.
            cover = _cheapest_cover(arcs, at, threshold, price_without_kept)
            hidden |= cover or _cheapest_cover(arcs, at, threshold, price)
    return hidden


def is_protected(arcs: Sequence[Arc], hidden: Collection[int], at: int, threshold: int = THRESHOLD) -> bool:
    """Whether this hidden small number has at least two possible values from 1 to threshold - 1."""
    return any(
        _round_trip(arcs, at, up, lambda other: 0 if other in hidden else None)
        for up in _directions(arcs[at].count, threshold)
    )


def _check(arcs: Sequence[Arc], threshold: int) -> None:
    if threshold < 3:
        raise ValueError("two values below the threshold are needed to hide one")
    balance: dict[str, int] = {}
    for arc in arcs:
        if arc.count < 0:
            raise ValueError("counts below zero")
        if arc.kept and is_small(arc.count, threshold):
            raise ValueError("a total that must be shown is small: merge small rows first")
        balance[arc.tail] = balance.get(arc.tail, 0) - arc.count
        balance[arc.head] = balance.get(arc.head, 0) + arc.count
    if any(balance.values()):
        raise ValueError("the totals are not the sums")


def _cheapest_cover(arcs: Sequence[Arc], at: int, threshold: int, price: Price) -> set[int]:
    """Numbers to hide beside this one. With all at hand some exist: what is above zero flows round on such numbers."""
    ways = [way for up in _directions(arcs[at].count, threshold) if (way := _round_trip(arcs, at, up, price))]
    ways = ways or [way for way in [_round_trip(arcs, at, True, price)] if way]
    return min(ways, key=lambda way: way[0])[1] if ways else set()


def _directions(count: int, threshold: int) -> list[bool]:
    """The ways in which a small number may change and stay from 1 to threshold - 1: up (True), down (False)."""
    return [up for up in (True, False) if (count < threshold - 1 if up else count > 1)]


def _round_trip(arcs: Sequence[Arc], at: int, up: bool, price: Price) -> tuple[int, set[int]] | None:
    """The cheapest way (price, numbers) by which one more or one less through this arc comes round; None: no way."""
    start, goal = (arcs[at].head, arcs[at].tail) if up else (arcs[at].tail, arcs[at].head)
    steps: dict[str, list[tuple[str, int, int]]] = {}
    for other, arc in enumerate(arcs):
        cost = price(other)
        if cost is None or other == at:
            continue
        steps.setdefault(arc.tail, []).append((arc.head, cost, other))
        if arc.count > 1:  # a hidden number never falls below 1
            steps.setdefault(arc.head, []).append((arc.tail, cost, other))
    queue: list[tuple[int, str, tuple[int, ...]]] = [(0, start, ())]
    seen: set[str] = set()
    while queue:
        total, node, used = heapq.heappop(queue)
        if node == goal:
            return total, set(used)
        if node in seen:
            continue
        seen.add(node)
        for neighbor, cost, through in steps.get(node, ()):
            if neighbor not in seen:
                heapq.heappush(queue, (total + cost, neighbor, (*used, through)))
    return None
