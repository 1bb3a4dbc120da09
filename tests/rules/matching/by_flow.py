"""The same three objectives by another formulation and another solver: one min-cost flow of OR-Tools, scaled apart.

The product does not use it; the tests compare. Two flows differ by simple cycles of the residual graph. Such a cycle
passes the sink at most once, so it changes the load cost by at most the dearest place; it passes each peer at most
once, so it changes the fit by at most (peers x full fit). A scale beyond these bounds keeps the order exact.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from ortools.graph.python import min_cost_flow

from alongside.rules.matching.fit import FULL_MILLI
from alongside.rules.matching.solver import Edge, Places, place_costs

INT64_MAX: Final = 2**63 - 1


def assign(priorities: Sequence[int], peers: Sequence[Places], edges: Sequence[Edge]) -> list[int | None]:
    """Position of the peer for each person, or None. Optimal in the three objectives of this module, in their order.

    priorities: positive int per person. peers: places per peer. edges: possible pairs, each at most once.
    """
    chosen: list[int | None] = [None] * len(priorities)
    if not edges:
        return chosen
    people, sink = len(priorities), len(priorities) + len(peers)
    wanted = [0] * len(peers)
    for edge in edges:
        wanted[edge.peer] += 1
    costs = [place_costs(places, min(places.free, wanted[j])) for j, places in enumerate(peers)]
    fit_scale = 1 + max((peer_costs[-1] for peer_costs in costs if peer_costs), default=0)
    serve_scale = 1 + min(people, len(peers)) * FULL_MILLI * fit_scale + fit_scale
    _refuse_overflow(max(priorities) * serve_scale + FULL_MILLI * fit_scale, people, nodes=sink + 1)

    place_peers = np.repeat(np.arange(len(peers)), [len(peer_costs) for peer_costs in costs])
    place_unit_costs = np.array([cost for peer_costs in costs for cost in peer_costs], dtype=np.int64)
    pairs = np.array(edges, dtype=np.int64)
    everyone = np.arange(people)
    # Each person sends one unit: through a peer and one of the peer's places, or straight to the sink, not served.
    tails = np.concatenate([pairs[:, 0], everyone, people + place_peers])
    heads = np.concatenate([people + pairs[:, 1], np.full(people, sink), np.full(len(place_peers), sink)])
    unserved = np.array(priorities, dtype=np.int64) * serve_scale
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        tails,
        heads,
        np.ones(len(tails), dtype=np.int64),
        np.concatenate([-pairs[:, 2] * fit_scale, unserved, place_unit_costs]),
    )
    flow.set_nodes_supplies(np.append(everyone, sink), np.append(np.ones(people, dtype=np.int64), -people))
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise RuntimeError(f"the flow solver answered {status}")
    for k in np.flatnonzero(flow.flows(arcs[: len(pairs)])).tolist():
        chosen[edges[k].seeker] = edges[k].peer
    return chosen


def _refuse_overflow(largest_cost: int, people: int, *, nodes: int) -> None:
    """The solver multiplies costs by the number of nodes, and adds up one cost per person."""
    if largest_cost * 4 * (nodes + 1) > INT64_MAX or largest_cost * (people + 1) > INT64_MAX:
        raise OverflowError(f"{people} people and {nodes - people - 1} peers")
