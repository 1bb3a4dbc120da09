"""The cheapest chain of moves that puts one unit of a whole list's answer right: Dijkstra over peers beside prices.

Nodes are the peers and, last of all, the sink: being unserved, or a free place. A forward search starts with one person
too many at a peer: who moves on, until there is a free place or somebody goes unserved? A backward search starts with a
gap: who moves in, until somebody unserved comes or a place stays free? Every step's length is what the one who moves
loses against what they have, at present prices: never below zero, so Dijkstra's order holds. Afterwards prices of all
nearer nodes move by what they were nearer, which keeps it so.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np

from alongside.rules.matching.live_prices import Ints
from alongside.rules.matching.live_rows import Columns, Rows
from alongside.rules.matching.solver import Places

UNSERVED: Final = -1
"""Where somebody is who has no peer; also the sink, the last of all nodes."""
FAR: Final = 2**62
"""A distance nothing reaches."""
BY_PLACE: Final = -1
"""No person moves: a free place is taken or left."""
START: Final = -2
"""Before the first node of a way."""

Step = Callable[[int, int, int], tuple[Ints, Ints, Ints]]


class Way(NamedTuple):
    """Distances to all nodes, and how each was reached: `person` moves between it and the node `before`."""

    distance: Ints
    person: Ints
    before: Ints

    @property
    def is_found(self) -> bool:
        """Whether the sink was reached nearer than the limit that was set."""
        return bool(self.before[UNSERVED] != START)


class Residual:
    """What searches look at and moves change. `own`: value of what each person has, 0 unserved, `GONE` who left."""

    def __init__(self, at: Ints, own: Ints, prices: Ints, places: Sequence[Places], costs: list[list[int]]) -> None:
        """`at` (people,): peer or UNSERVED. `prices` (peers + 1,): the last one stays 0."""
        self.at, self.own, self.prices = at, own, prices
        self.places, self.costs = list(places), costs
        self.members: list[list[int]] = [[] for _ in places]
        for i, j in enumerate(at.tolist()):
            if j != UNSERVED:
                self.members[j].append(i)
        self.loads = [len(members) for members in self.members]
        self.leaving: list[tuple[Ints, Ints, Ints] | None] = [None] * len(self.places)
        self.rows: Rows
        self.columns: Columns
        self._gains = own

    def start_at(self, j: int) -> tuple[Ints, Ints]:
        """(distance, person) of a search that starts at one peer."""
        distance, person = self.blank(FAR), self.blank(BY_PLACE)
        distance[j] = 0
        return distance, person

    def blank(self, fill: int) -> Ints:
        """One number per node."""
        return np.full(len(self.prices), fill, dtype=np.int64)

    def forward(self, distance: Ints, person: Ints, limit: int) -> Way:
        """From one too many. Only what is nearer than `limit` is found."""
        return self._search(distance, person, limit, self._step_on)

    def backward(self, distance: Ints, person: Ints, limit: int) -> Way:
        """From a gap. Only what is nearer than `limit` is found."""
        self._gains = self.own - self.prices[self.at]
        return self._search(distance, person, limit, self._step_in)

    def _search(self, distance: Ints, person: Ints, limit: int, step: Step) -> Way:
        before = self.blank(START)
        distance[UNSERVED] = limit
        queue = distance.copy()
        while True:
            j = int(queue.argmin())
            so_far, length = int(queue[j]), int(distance[UNSERVED])
            if so_far >= length:
                return Way(distance, person, before)
            queue[j] = FAR
            by_place = so_far + self._place_step(j, forward=step == self._step_on)
            if by_place < length:
                length = distance[UNSERVED] = by_place
                person[UNSERVED], before[UNSERVED] = BY_PLACE, j
            where, people, steps = step(j, so_far, length)
            nearer = (steps < distance[where]).nonzero()[0]
            if len(nearer):
                nearer = nearer[steps[nearer].argsort(kind="stable")[::-1]]  # of several ways the shortest is kept
                where, steps = where[nearer], steps[nearer]
                distance[where] = queue[where] = steps
                person[where], before[where] = people[nearer], j

    def _place_step(self, j: int, *, forward: bool) -> int:
        load, price = self.loads[j], int(self.prices[j])
        if forward:
            return self.costs[j][load] - price if load < self.places[j].free else FAR
        return price - self.costs[j][load - 1] if load else FAR

    def _step_on(self, j: int, so_far: int, length: int) -> tuple[Ints, Ints, Ints]:
        """(nodes, people, distances): whom of this peer could go where. Going unserved is among it."""
        found = self.leaving[j]
        if found is None:
            members = self.members[j]
            peers, people, value = self.rows.of_all(members)
            counts = [self.rows.count(i) for i in members]
            own = self.own[members]
            unserved = np.full(len(members), UNSERVED)
            found = self.leaving[j] = (
                np.concatenate([unserved, peers]),
                np.concatenate([np.array(members, dtype=np.int64), people]),
                np.concatenate([own, np.repeat(own, counts) - value]),
            )
        where, people, lost = found
        steps = lost + self.prices[where] + (so_far - int(self.prices[j]))
        near = (steps < length).nonzero()[0]
        return where[near], people[near], steps[near]

    def _step_in(self, j: int, so_far: int, length: int) -> tuple[Ints, Ints, Ints]:
        """(nodes, people, distances): who could come to this peer, from where."""
        people, value = self.columns.of(j)
        steps = self._gains[people] - value
        more = so_far + int(self.prices[j])
        near = (steps < length - more).nonzero()[0]
        people = people[near]
        return self.at[people], people, steps[near] + more

    def change_prices(self, way: Way, *, down: bool = False) -> None:
        """After a search, before its moves: whatever was nearer than the end gets dearer (forward) or less dear."""
        near = np.flatnonzero(way.distance < way.distance[UNSERVED])
        change = way.distance[UNSERVED] - way.distance[near]
        self.prices[near] += -change if down else change

    def move_on(self, way: Way) -> None:
        """Everybody on a forward way goes one node further."""
        if way.person[UNSERVED] == BY_PLACE:
            self.loads[int(way.before[UNSERVED])] += 1
        self._walk(way, forward=True)

    def move_in(self, way: Way) -> None:
        """Everybody on a backward way goes one node nearer to the gap."""
        if way.person[UNSERVED] == BY_PLACE:
            self.loads[int(way.before[UNSERVED])] -= 1
        self._walk(way, forward=False)

    def _walk(self, way: Way, *, forward: bool) -> None:
        j = UNSERVED
        while j != START:
            i, before = int(way.person[j]), int(way.before[j])
            if i != BY_PLACE:
                self.move(i, j if forward else before)
            j = before

    def move(self, i: int, into: int) -> None:
        """One person to a peer or to UNSERVED. Loads are the caller's matter."""
        self.take_from_peer(i)
        self.at[i], self.own[i] = into, 0
        if into >= 0:
            self.members[into].append(i)
            self.leaving[into] = None
            self.own[i] = self.rows.value(i, into)

    def take_from_peer(self, i: int) -> None:
        """Off the peer's members, if with one."""
        j = int(self.at[i])
        if j != UNSERVED:
            self.members[j].remove(i)
            self.leaving[j] = None
