"""Whom each side would take, and in which order: the plain instance of two-sided matching (hospitals and residents).

Lists may be incomplete and may hold ties on both sides. A pair counts only where both list each other. Published
instances can be given as they are printed; the app makes the same lists from people (`rankings`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Entry = int | Sequence[int]
"""One line of a printed list: a position on the other side, or several that are liked alike."""


class RankedPair(NamedTuple):
    """A pair both sides accept. `rank`: the participant's of the peer, `peer_rank`: the peer's; 1 best, equal is a tie.
    Only the order of ranks counts, so gaps are allowed."""

    participant: int
    peer: int
    rank: int
    peer_rank: int


@dataclass(frozen=True, slots=True)
class RankedLists:
    """All lists of one instance, in rows sorted by (participant, rank, peer).

    `places`: per peer. `starts` (participants + 1,): where each participant's rows begin. `participant`, `peer`,
    `rank`, `peer_rank` (pairs,): one row per pair.
    """

    places: tuple[int, ...]
    starts: Ints
    participant: Ints
    peer: Ints
    rank: Ints
    peer_rank: Ints

    @classmethod
    def from_pairs(cls, participants: int, places: Sequence[int], pairs: Iterable[RankedPair] | Ints) -> "RankedLists":
        """From pairs in any order, also as an (n, 4) array of integers.

        Raises ValueError for positions out of range, a pair given twice, negative places or ranks.
        """
        rows = np.array(pairs if isinstance(pairs, np.ndarray) else list(pairs), dtype=np.int64).reshape(-1, 4)
        participant, peer, rank, peer_rank = rows[np.lexsort((rows[:, 1], rows[:, 2], rows[:, 0]))].T.copy()
        if len(rows) and (rows.min() < 0 or participant.max() >= participants or peer.max() >= len(places)):
            raise ValueError("a position or rank out of range")
        if min(places, default=0) < 0:
            raise ValueError("places are not negative")
        if len(np.unique(participant * len(places) + peer)) < len(rows):
            raise ValueError("a pair is listed twice")
        starts = np.searchsorted(participant, np.arange(participants + 1))
        return cls(tuple(places), starts.astype(np.int64), participant, peer, rank, peer_rank)

    @classmethod
    def from_lists(
        cls, participants: Sequence[Sequence[Entry]], peers: Sequence[Sequence[Entry]], places: Sequence[int]
    ) -> "RankedLists":
        """From printed lists, best first, positions from 0. Raises ValueError as `from_pairs` does.

        >>> lists = RankedLists.from_lists([[0, 1], [(0, 1)]], [[1, 0], [0]], [1, 1])
        >>> [int(value) for value in lists.peer], [int(value) for value in lists.rank]
        ([0, 1, 0], [1, 2, 1])
        """
        if len(peers) != len(places):
            raise ValueError("each peer needs a list and places")
        by_peer = [_ranks(entries) for entries in peers]
        pairs = [
            RankedPair(i, j, rank, by_peer[j][i])
            for i, entries in enumerate(participants)
            for j, rank in _ranks(entries).items()
            if i in by_peer[j]
        ]
        return cls.from_pairs(len(participants), places, pairs)

    @property
    def participants(self) -> int:
        """How many participants, also those whose list is empty."""
        return len(self.starts) - 1

    @property
    def has_ties(self) -> bool:
        """Whether anybody likes two alike."""
        return _has_ties(self.participant, self.rank) or _has_ties(self.peer, self.peer_rank)


def _ranks(entries: Sequence[Entry]) -> dict[int, int]:
    """Position to rank. Raises ValueError where somebody is named twice."""
    ranks: dict[int, int] = {}
    for rank, entry in enumerate(entries, start=1):
        for position in (entry,) if isinstance(entry, int) else entry:
            if position in ranks:
                raise ValueError(f"{position} is listed twice")
            ranks[position] = rank
    return ranks


def _has_ties(who: Ints, rank: Ints) -> bool:
    order = np.lexsort((rank, who))
    return bool(np.any((np.diff(who[order]) == 0) & (np.diff(rank[order]) == 0)))
