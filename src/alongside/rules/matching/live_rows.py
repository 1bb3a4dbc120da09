"""The possible pairs of a list that changes, found from either side: the peers of a person, the people of a peer."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from alongside.rules.matching.live_prices import Ints

GONE: Final = 2**60
"""What somebody who left has: so much that they never move again."""

_NOTHING: Ints = np.zeros(0, dtype=np.int64)


class Rows:
    """For each person their peers, sorted, and the value of each pair."""

    def __init__(self, people: int, person: Ints, peer: Ints, value: Ints) -> None:
        order = np.lexsort((peer, person))
        bounds = np.searchsorted(person[order], np.arange(people + 1)).tolist()
        peers, values = peer[order], value[order]
        self._peers = [peers[bounds[i] : bounds[i + 1]] for i in range(people)]
        self._values = [values[bounds[i] : bounds[i + 1]] for i in range(people)]

    def of(self, i: int) -> tuple[Ints, Ints]:
        """(peers, values) of one person."""
        return self._peers[i], self._values[i]

    def of_all(self, people: Sequence[int]) -> tuple[Ints, Ints, Ints]:
        """(peers, people, values) of several, one after the other."""
        if not people:
            return _NOTHING, _NOTHING, _NOTHING
        return (
            np.concatenate([self._peers[i] for i in people]),
            np.repeat(people, [len(self._peers[i]) for i in people]),
            np.concatenate([self._values[i] for i in people]),
        )

    def count(self, i: int) -> int:
        return len(self._peers[i])

    def has(self, i: int, j: int) -> bool:
        at = int(self._peers[i].searchsorted(j))
        return at < len(self._peers[i]) and bool(self._peers[i][at] == j)

    def value(self, i: int, j: int) -> int:
        """Value of a pair that is there."""
        return int(self._values[i][self._peers[i].searchsorted(j)])

    def add(self, peers: Ints, values: Ints) -> None:
        self._peers.append(peers)
        self._values.append(values)

    def add_peer(self, j: int, people: Ints, values: Ints) -> None:
        """A peer behind all others, so that rows stay sorted."""
        for i, value in zip(people.tolist(), values.tolist(), strict=True):
            self._peers[i] = np.append(self._peers[i], j)
            self._values[i] = np.append(self._values[i], value)

    def drop(self, i: int, j: int) -> None:
        keep = self._peers[i] != j
        self._peers[i], self._values[i] = self._peers[i][keep], self._values[i][keep]

    def clear(self, i: int) -> None:
        self._peers[i] = self._values[i] = _NOTHING


class Columns:
    """For each peer the people who could be there, with the value of each pair; with room to grow at the end."""

    def __init__(self, peers: int, person: Ints, peer: Ints, value: Ints) -> None:
        """From rows sorted by peer."""
        bounds = np.searchsorted(peer, np.arange(peers + 1)).tolist()
        self._people = [person[bounds[j] : bounds[j + 1]] for j in range(peers)]
        self._values = [value[bounds[j] : bounds[j + 1]] for j in range(peers)]
        self._counts = [len(people) for people in self._people]

    def of(self, j: int) -> tuple[Ints, Ints]:
        """(people, values) of one peer. Also people who are gone."""
        count = self._counts[j]
        return self._people[j][:count], self._values[j][:count]

    def add_person(self, i: int, peers: Ints, values: Ints) -> None:
        for j, value in zip(peers.tolist(), values.tolist(), strict=True):
            count = self._counts[j]
            if count == len(self._people[j]):
                room = np.zeros(max(8, count // 2), dtype=np.int64)
                self._people[j] = np.concatenate([self._people[j], room])
                self._values[j] = np.concatenate([self._values[j], room])
            self._people[j][count], self._values[j][count] = i, value
            self._counts[j] = count + 1

    def add_peer(self, people: Ints, values: Ints) -> None:
        self._people.append(people)
        self._values.append(values.copy())
        self._counts.append(len(people))

    def drop(self, i: int, j: int) -> None:
        people, values = self.of(j)
        keep = people != i
        self._people[j], self._values[j] = people[keep], values[keep]
        self._counts[j] = len(self._people[j])
