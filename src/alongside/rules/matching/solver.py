"""Who gets which peer, as a plain assignment: priorities, places and pairs in, positions out.

The objectives are those of `solving`. It is the door for whoever has pairs and fits of their own: any published
assignment problem is one, with priority 1 for all and the fit of a pair being the greatest cost less its cost.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from alongside.rules.matching.errors import ListTooLarge

LOAD_SCALE: Final = 1000
"""Load cost is kept in thousandths of a place."""

GREATEST_FIT: Final = 2**31 - 1


class Edge(NamedTuple):
    """A possible pair: positions in the lists of people and peers, and `milli`, a fit from 0 to `GREATEST_FIT`."""

    seeker: int
    peer: int
    milli: int


class Places(NamedTuple):
    """Free places of a peer and the whole capacity."""

    free: int
    capacity: int


def place_costs(places: Places, count: int) -> list[int]:
    """Cost of each of the first `count` free places, never falling: the growth of load * load / capacity."""
    taken = places.capacity - places.free
    return [round(LOAD_SCALE * (2 * (taken + k) + 1) / places.capacity) for k in range(count)]


def assign(
    priorities: Sequence[int], peers: Sequence[Places], edges: Sequence[Edge], floor: int = 0
) -> list[int | None]:
    """Position of the peer for each person, or None. Optimal in the objectives of `solving`, in their order.

    priorities: positive int per person. peers: places per peer. edges: possible pairs, each at most once. floor: in
    thousandths of a point. Raises `ListTooLarge`.
    """
    if not edges:
        return [None] * len(priorities)
    # Loaded here: NumPy is a fifth of a second of every start of a web process.
    import numpy as np

    from alongside.rules.matching.compiled import choose
    from alongside.rules.matching.exact import solve_pairs
    from alongside.rules.matching.markets import make_market, make_pairs

    if max(priorities) > GREATEST_FIT**2:
        raise ListTooLarge(f"a priority of {max(priorities)}")
    columns = np.array(edges, dtype=np.int64).reshape(len(edges), 3)
    places = np.array(peers, dtype=np.int64).reshape(len(peers), 2)
    market = make_market(np.array(priorities, dtype=np.int64), places[:, 0], places[:, 1], floor)
    pairs = make_pairs(len(priorities), columns[:, 0], columns[:, 1], columns[:, 2])
    answer = solve_pairs(market, pairs, choose(len(edges)))
    return [None if pair < 0 else int(pairs.peer[pair]) for pair in answer.match]
