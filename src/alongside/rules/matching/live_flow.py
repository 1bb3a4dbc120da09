"""A whole list's best answer, kept the best while people come and go: shortest augmenting paths beside prices.

Each event changes one person or one peer, so that at most one unit of flow is missing or too much at one peer. A
Dijkstra search over peers, with the prices of `live_prices` as potentials, finds the cheapest chain of moves that puts
it right, and the prices move with it (J. Edmonds and R. M. Karp, "Theoretical Improvements in Algorithmic Efficiency
for Network Flow Problems", J. ACM 19 (1972) 248-264; R. K. Ahuja, T. L. Magnanti and J. B. Orlin, "Network Flows"
(1993), section 9.7). All numbers are whole, so the answer equals a full solve in all three objectives exactly; among
equal answers it may be another one than `solver.assign` would choose.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from alongside.rules.matching.errors import ListTooLarge
from alongside.rules.matching.live_prices import (
    FIT_SCALE,
    SPARE_PEERS,
    Ints,
    find_prices,
    serve_scale,
    value_pairs,
)
from alongside.rules.matching.live_rows import GONE, Columns, Rows
from alongside.rules.matching.live_search import FAR, UNSERVED, Residual
from alongside.rules.matching.solver import Edge, Places, place_costs


class Objective(NamedTuple):
    """The three values of `solver`, in their order: greatest, greatest, least. `load_cost` in thousandths."""

    priority: int
    fit_milli: int
    load_cost: int


class LiveFlow:
    """People and peers by position. Positions are given in order of coming and never used again."""

    def __init__(
        self,
        priorities: Sequence[int],
        places: Sequence[Places],
        edges: Sequence[Edge] | Ints,
        chosen: Sequence[int | None],
    ) -> None:
        """From a full solve: `edges` (pairs, 3) of person, peer, fit in thousandths; `chosen` as `solver.assign` gives.

        Raises `live_prices.NotOptimal` where `chosen` is not optimal, ValueError where it is no answer at all, and
        `solver.ListTooLarge` for too great priorities.
        """
        rows: Ints = np.asarray(edges, dtype=np.int64).reshape(-1, 3)
        rows = rows[np.lexsort((rows[:, 0], rows[:, 1]))]
        person, peer = np.ascontiguousarray(rows[:, 0]), np.ascontiguousarray(rows[:, 1])
        self._scale, self._most_peers = serve_scale(len(places)), len(places) + SPARE_PEERS
        self._priorities = list(priorities)
        value = value_pairs(self._priorities_of(person), rows[:, 2], self._scale)
        at: Ints = np.array([UNSERVED if j is None else j for j in chosen], dtype=np.int64)
        own = np.zeros(len(priorities), dtype=np.int64)
        held = at[person] == peer
        own[person[held]] = value[held]
        if np.count_nonzero(held) != np.count_nonzero(at != UNSERVED):
            raise ValueError("somebody is with a peer they have no pair with")
        loads = np.bincount(at[at != UNSERVED], minlength=len(places)).tolist()
        if any(load > each.free for load, each in zip(loads, places, strict=True)):
            raise ValueError("a peer has more than there are places")
        prices: Ints = np.append(find_prices(places, loads, at, person, peer, value), 0)
        self._now = Residual(at, own, prices, places, [place_costs(each, each.free) for each in places])
        self._now.columns = Columns(len(places), person, peer, value)
        self._now.rows = Rows(len(priorities), person, peer, value)

    @property
    def chosen(self) -> list[int | None]:
        """Position of the peer for each person, None for the unserved and for those who are gone."""
        return [None if j == UNSERVED else j for j in self._now.at.tolist()]

    @property
    def objective(self) -> Objective:
        """What the present answer reaches."""
        now = self._now
        served = np.flatnonzero(now.at != UNSERVED).tolist()
        priority = sum(self._priorities[i] for i in served)
        milli = (sum(now.own[served].tolist()) - priority * self._scale) // FIT_SCALE
        cost = sum(sum(costs[:load]) for costs, load in zip(now.costs, now.loads, strict=True))
        return Objective(priority, milli, cost)

    def add_person(self, priority: int, pairs: Iterable[tuple[int, int]]) -> int:
        """Somebody comes: `pairs` of peer and fit in thousandths, each peer once. The position of who came."""
        found: Ints = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
        value = value_pairs(priority, found[:, 1], self._scale)
        i, now = len(self._priorities), self._now
        self._priorities.append(priority)
        now.at, now.own = np.append(now.at, UNSERVED), np.append(now.own, 0)
        now.rows.add(found[:, 0].copy(), value)
        now.columns.add_person(i, found[:, 0], value)
        self._place(i)
        return i

    def remove_person(self, i: int) -> None:
        """Somebody leaves, served or not. Raises ValueError for who is gone already."""
        self._take_out(i)
        self._now.rows.clear(i)

    def forbid(self, i: int, j: int) -> None:
        """This pair becomes impossible (a decline, a boundary); nothing happens where it was already."""
        now = self._now
        if not now.rows.has(i, j):
            return
        where = int(now.at[i])
        if where == j:
            self._take_out(i)
        now.rows.drop(i, j)
        now.columns.drop(i, j)
        if where == j:
            self._place(i)
        elif where != UNSERVED:
            now.leaving[where] = None

    def set_places(self, j: int, places: Places) -> None:
        """A peer has other places from now on: one lost, one gained, or both numbers changed. Raises ValueError."""
        if not 0 <= places.free <= places.capacity:
            raise ValueError("free places lie between 0 and capacity")
        self._now.places[j] = places
        self._now.costs[j] = place_costs(places, places.free)
        while self._settle(j):
            pass

    def add_peer(self, places: Places, pairs: Iterable[tuple[int, int]]) -> int:
        """A peer comes: `pairs` of person and fit in thousandths, each person once. The position of who came.

        Raises `solver.ListTooLarge` when more have come than the scales allow for: solve in full again.
        """
        now = self._now
        j = len(now.places)
        if j >= self._most_peers:
            raise ListTooLarge(f"{j} peers")
        found: Ints = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
        people = found[:, 0].copy()
        value = value_pairs(self._priorities_of(people), found[:, 1], self._scale)
        # So dear that nobody who is here would rather go there: with no places yet, the answer stays the best.
        price = int(np.max(value - (now.own[people] - now.prices[now.at[people]]), initial=0))
        now.prices = np.insert(now.prices, j, price)
        now.columns.add_peer(people, value)
        now.rows.add_peer(j, people, value)
        now.members.append([])
        now.loads.append(0)
        now.places.append(Places(0, 0))
        now.costs.append([])
        now.leaving = [None] * (j + 1)
        self.set_places(j, places)
        return j

    def _priorities_of(self, people: Ints) -> Ints:
        return np.array([*self._priorities, 0], dtype=np.int64)[people]

    def _place(self, i: int) -> None:
        """Find the best chain for somebody who is nowhere; it may be to stay unserved."""
        now = self._now
        now.own[i] = 0
        peers, value = now.rows.of(i)
        gains = value - now.prices[peers]
        best = max(0, int(np.max(gains, initial=0)))
        distance, person = now.blank(FAR), now.blank(i)
        distance[peers] = best - gains
        way = now.forward(distance, person, limit=best)
        now.change_prices(way)
        if way.is_found:
            now.move_on(way)

    def _take_out(self, i: int) -> None:
        """Somebody is nowhere from now on; who gains most by it moves into the gap."""
        now = self._now
        if now.own[i] == GONE:
            raise ValueError(f"{i} is gone already")
        j = int(now.at[i])
        now.take_from_peer(i)
        now.at[i], now.own[i] = UNSERVED, GONE
        if j != UNSERVED:
            way = now.backward(*now.start_at(j), limit=FAR)
            now.change_prices(way, down=True)
            now.move_in(way)

    def _settle(self, j: int) -> bool:
        """Bring one peer's load nearer to its costs; whether there may be more to do.

        The limits also keep the peer's own places out of the search: costs never fall from place to place.
        """
        now = self._now
        load, free, costs, price = now.loads[j], now.places[j].free, now.costs[j], int(now.prices[j])
        if load > free or (load and costs[load - 1] > price):
            way = now.forward(*now.start_at(j), limit=FAR if load > free else costs[load - 1] - price)
            now.change_prices(way)
            if way.is_found:
                now.loads[j] -= 1
                now.move_on(way)
                return True
        elif load < free and costs[load] < price:
            way = now.backward(*now.start_at(j), limit=price - costs[load])
            now.change_prices(way, down=True)
            if way.is_found:
                now.loads[j] += 1
                now.move_in(way)
                return True
        return False
