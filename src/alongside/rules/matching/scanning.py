"""A scan of a whole list in threads: for many people, the peers who are worth most to each."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, NamedTuple

import numpy as np

from alongside.rules.matching import candidates
from alongside.rules.matching.arrays import Ints, PeerArrays, PolicyArrays, SeekerArrays
from alongside.rules.matching.compiled import fast
from alongside.rules.matching.table import CHUNK, Rows, Table, make_table

ROWS_AT_ONCE: Final = 256


class Found(NamedTuple):
    """What a scan found, as `candidates.find_best` says it."""

    peer: Any
    milli: Any
    counts: Any
    possible: Ints
    bounds: Any

    def pairs(self, people: Ints) -> tuple[Ints, Ints, Ints]:
        """(people, peers, milli) of those found."""
        is_found = self.peer >= 0
        found = self.peer[is_found].astype(np.int64), self.milli[is_found].astype(np.int64)
        return np.repeat(people, self.counts), *found


class Scan(NamedTuple):
    """What a scan of the list needs."""

    seekers: SeekerArrays
    rows: Rows
    table: Table
    policy: PolicyArrays
    floor: int
    workers: int

    def best(
        self, people: Ints, keep: int, *, prices: Any = None, levels: Any = None, level: Any = None, least: Any = None
    ) -> Found:
        """As `candidates.find_best` fills them. prices: (m,) in thousandths of a point, levels: (m,), level:
        (people, 2), least: (people,); zero, zero, zero and anything where not given."""
        count = len(people)
        found, milli = np.empty((count, keep), dtype=np.int32), np.empty((count, keep), dtype=np.int32)
        counts, possible = np.empty(count, dtype=np.int32), np.empty(count, dtype=np.int64)
        bounds = np.empty(count, dtype=np.float32)
        laid_prices = self._laid(prices, np.float32)
        laid_levels = self._laid(levels, np.int64)
        level = np.zeros((count, 2), dtype=np.int64) if level is None else level
        least = np.full(count, -np.inf, dtype=np.float32) if least is None else least.astype(np.float32)
        find_best = fast(candidates).find_best

        def some(lo: int) -> None:
            part = slice(lo, lo + ROWS_AT_ONCE)
            find_best(
                self.rows, self.table, self.policy, people[part], laid_prices, laid_levels, level[part],
                least[part], self.floor, found[part], milli[part], counts[part], possible[part], bounds[part],
            )  # fmt: skip

        with ThreadPoolExecutor(self.workers) as pool:
            list(pool.map(some, range(0, count, ROWS_AT_ONCE)))
        return Found(found, milli, counts, possible, bounds)

    def some_peers(self, peers: PeerArrays, is_in: Any) -> "Scan":
        """The same over the peers of a mask (m,)."""
        return self._replace(table=make_table(peers._replace(places_free=np.where(is_in, peers.places_free, 0))))

    def shown(
        self, people: Ints, peers: PeerArrays, keep: int, groups: int, turn: int, prices: Any = None
    ) -> tuple[Ints, Ints, Ints]:
        """(people, peers, milli): up to `keep` pairs of each person with peers of one share of all, the next one at
        the next turn. Peers who are nobody's best are seen by somebody this way: their places have to be given too."""
        share = np.arange(len(peers.capacity)) % groups
        rows = []
        for group in range(groups):
            some = people[group::groups].copy()
            found = self.some_peers(peers, share == (group + turn) % groups).best(some, keep, prices=prices)
            rows.append(found.pairs(some))
        return tuple(np.concatenate(column) for column in zip(*rows, strict=True))  # type: ignore[return-value]

    def _laid(self, column: Any, kind: Any) -> Any:
        laid = np.zeros(len(self.table.some) * CHUNK, dtype=kind)
        if column is not None:
            laid[: len(self.table.order)] = column[self.table.order]
        return laid.reshape(-1, CHUNK)
