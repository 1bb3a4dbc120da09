"""A weakly stable matching of nearly the greatest size, where lists hold ties on both sides.

With ties and incomplete lists stable matchings differ in size, and finding the largest is NP-hard. This is the 3/2
approximation of Z. Király, "Linear Time Local Approximation Algorithm for Maximum Stable Marriage", Algorithms 6(3)
(2013) 471-484, section 3 (the bound itself: E. McDermid, ICALP 2009; ideas of K. Paluch, WAOA 2011): at least two
thirds of the largest. A peer with several places stands for so many peers with one place each, all alike.

How it differs from deferred acceptance, in the paper's roles:
1. A participant whose list is used up asks once more from its top, and now wins against an equal who is in the first
   round (the paper's bachelor against the lad). Whoever is refused by all a second time stops.
2. Among equals a participant in the first round asks a peer with a free place first.
3. Who was given a free place, and has another peer with a free place among equals, is *uncertain*: a full peer gives
   this place to anybody who asks, and the uncertain one takes the other free place, without having been refused.
A peer who is full stays full, so pointers into the lists only ever move on.
"""

import heapq

from alongside.rules.matching.ranked_lists import RankedLists
from alongside.rules.matching.stable import Matching

FIRST, SECOND, DONE = 0, 1, 2


def match_with_ties(lists: RankedLists) -> Matching:
    """Weakly stable; serves at least 2/3 of the most any weakly stable matching serves. O(pairs x log places).

    With strict lists it is the same matching as `stable.match_by_participants`.
    """
    return _Asking(lists).run()


class _Asking:
    def __init__(self, lists: RankedLists) -> None:
        self.people = lists.participants
        # Memory views: numpy's own indexing of single numbers is slow, lists of all rows would be large.
        self.peer: memoryview[int] = lists.peer.data
        self.rank: memoryview[int] = lists.rank.data
        self.peer_rank: memoryview[int] = lists.peer_rank.data
        self.starts: list[int] = lists.starts.tolist()
        self.free = list(lists.places)
        self.turn = [FIRST] * self.people
        self.row: list[int] = [-1] * self.people  # by which row each participant is held
        # The equals a participant is at in the first round: rows [start, end); `fresh` looks for free places among
        # them, `ask` goes through all of them once none is left.
        self.tie_end: list[int] = self.starts[:-1]
        self.fresh: list[int] = self.starts[:-1]
        self.ask: list[int] = self.starts[:-1]
        self.refused = bytearray(len(lists.peer))
        # For each peer: (-key, participant, row) of those held, worst first; who got a free place and may be uncertain.
        self.held: list[list[tuple[int, int, int]]] = [[] for _ in lists.places]
        self.given: list[list[int]] = [[] for _ in lists.places]
        # The key of the worst held, where nobody there can be uncertain any more: who does not beat it is refused.
        self.bar: list[int | None] = [None] * len(lists.places)

    def run(self) -> Matching:
        for one in range(self.people):
            asking: int | None = one
            while asking is not None:
                asking = self.ask_next(asking)
        return [self.peer[row] if row >= 0 else None for row in self.row]

    def ask_next(self, i: int) -> int | None:
        """One participant asks until held; the participant who lost a place by it, or None."""
        while (row := self.next_row(i)) is not None:
            j = self.peer[row]
            bar = self.bar[j]
            if bar is not None and self.key(row, i) >= bar:
                self.refused[row] = 1
                continue
            if self.free[j]:
                self.free[j] -= 1
                self.given[j].append(i)
                self.hold(i, row)
                return None
            uncertain = self.take_uncertain(j)
            if uncertain is not None:
                self.hold(i, row)
                return uncertain
            worst = self.worst(j)
            if worst is not None and self.key(row, i) < -worst[0]:
                _, loser, lost = heapq.heappop(self.held[j])
                self.row[loser] = -1
                self.refused[lost] = 1
                self.hold(i, row)
                return loser
            self.refused[row] = 1
            self.bar[j] = -worst[0] if worst is not None else 0
        return None

    def key(self, row: int, i: int) -> int:
        """How a peer orders who asks, smaller is better: own rank, then who asks for the second time."""
        return 2 * self.peer_rank[row] + (self.turn[i] == FIRST)

    def hold(self, i: int, row: int) -> None:
        self.row[i] = row
        self.bar[self.peer[row]] = None
        heapq.heappush(self.held[self.peer[row]], (-self.key(row, i), i, row))

    def worst(self, j: int) -> tuple[int, int, int] | None:
        """The worst of those a peer holds; entries of participants who went elsewhere are dropped on the way."""
        heap = self.held[j]
        while heap and (self.row[heap[0][1]] != heap[0][2] or self.key(heap[0][2], heap[0][1]) != -heap[0][0]):
            heapq.heappop(heap)
        return heap[0] if heap else None

    def take_uncertain(self, j: int) -> int | None:
        """Somebody held by this peer who can have a free place among equals, now let go; None where there is none."""
        while self.given[j]:
            i = self.given[j].pop()
            row = self.row[i]
            if row >= 0 and self.peer[row] == j and self.turn[i] == FIRST and self.find_free(i) is not None:
                self.row[i] = -1
                return i
        return None

    def find_free(self, i: int) -> int | None:
        """The next row with a free place among the equals a participant is at. Only full ones are passed, for good."""
        while self.fresh[i] < self.tie_end[i]:
            if self.free[self.peer[self.fresh[i]]]:
                return self.fresh[i]
            self.fresh[i] += 1
        return None

    def next_row(self, i: int) -> int | None:
        """Whom to ask now, by row; None for who was refused by all twice."""
        end = self.starts[i + 1]
        while self.turn[i] == FIRST:
            free = self.find_free(i)
            if free is not None:
                return free
            while self.ask[i] < self.tie_end[i]:
                row = self.ask[i]
                if not self.refused[row]:
                    return row
                self.ask[i] += 1
            if self.tie_end[i] == end:
                self.turn[i], self.ask[i] = SECOND, self.starts[i]
                break
            self.enter_tie(i)
        if self.turn[i] == SECOND:
            if self.ask[i] < end:
                self.ask[i] += 1
                return self.ask[i] - 1
            self.turn[i] = DONE
        return None

    def enter_tie(self, i: int) -> None:
        """Go on to the next equals on the list."""
        start, end = self.tie_end[i], self.starts[i + 1]
        rank, stop = self.rank[start], start
        while stop < end and self.rank[stop] == rank:
            stop += 1
        self.fresh[i] = self.ask[i] = start
        self.tie_end[i] = stop
