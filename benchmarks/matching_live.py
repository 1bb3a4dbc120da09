"""`python -m benchmarks.matching_live`: how long one event takes when a whole list is kept the best (`LiveFlow`).

A made list with languages, sites and musts, so that most pairs are impossible; events of every kind, one after the
other; at the end, and now and then, the three objectives beside a full solve of the same list.
"""

import argparse
import sys
from collections import defaultdict
from random import Random
from time import perf_counter, process_time

import numpy as np

from alongside.rules.matching.live_flow import LiveFlow
from alongside.rules.matching.solver import Edge, Places, assign, place_costs

EVENTS = ("arrival", "decline", "leave", "place lost", "place gained")


class MadeList:
    """People and peers as numbers: who can meet whom, and how well they fit."""

    def __init__(self, people: int, peers: int, load: float, seed: int):
        self.rng, self.chance = np.random.default_rng(seed), Random(seed)
        self.sites = max(1, peers // 50)
        self.peer_language = self.rng.choice(4, size=peers, p=[0.75, 0.15, 0.06, 0.04])
        self.peer_site, self.peer_gender = self.rng.integers(self.sites, size=peers), self.rng.integers(2, size=peers)
        self.peer_remote, self.liking = self.rng.random(peers) < 0.4, self.rng.integers(0, 30_000, size=peers)
        capacities = self.rng.integers(5, 16, size=peers)
        free = np.minimum(capacities, np.ceil(capacities * people / capacities.sum() * load)).astype(int)
        self.places = [Places(int(f), int(c)) for f, c in zip(free, capacities, strict=True)]
        self.priorities: list[int] = []
        self.pairs: dict[int, dict[int, int]] = {}
        for _ in range(people):
            self.draw_person()

    def draw_person(self) -> int:
        """One who waits, with every possible pair."""
        i, rng = len(self.priorities), self.rng
        possible = self.peer_language == rng.choice(4, p=[0.75, 0.15, 0.06, 0.04])
        possible &= self.peer_remote | (self.peer_site == rng.integers(self.sites))
        if rng.random() < 0.3:
            possible &= self.peer_gender == rng.integers(2)
        found = np.flatnonzero(possible)
        milli = np.minimum(100_000, self.liking[found] + rng.integers(0, 70_001, size=len(found)))
        self.priorities.append(int(1 + 30 * rng.choice(3, p=[0.8, 0.15, 0.05]) + min(365, rng.exponential(40))))
        self.pairs[i] = dict(zip(found.tolist(), milli.tolist(), strict=True))
        return i

    def edges(self) -> list[Edge]:
        """Every possible pair of those who are here."""
        return [Edge(i, j, milli) for i, pairs in self.pairs.items() for j, milli in pairs.items()]

    def solve(self) -> list[int | None]:
        """In full."""
        return assign(self.priorities, self.places, [edge for edge in self.edges() if self.places[edge.peer].free])

    def reached(self, chosen: list[int | None]) -> tuple[int, int, int]:
        """The three objectives of an answer."""
        served = [(i, j) for i, j in enumerate(chosen) if j is not None]
        loads = np.bincount([j for _, j in served], minlength=len(self.places)).tolist()
        cost = sum(sum(place_costs(places, load)) for places, load in zip(self.places, loads, strict=True))
        return sum(self.priorities[i] for i, _ in served), sum(self.pairs[i][j] for i, j in served), cost

    def happen(self, flow: LiveFlow, event: str) -> tuple[float, float]:
        """One event of this kind; milliseconds it took by the clock and of the processor."""
        chance, here = self.chance, list(self.pairs)
        if event == "arrival":
            i = self.draw_person()
            pairs = list(self.pairs[i].items())
            start = perf_counter(), process_time()
            flow.add_person(self.priorities[i], pairs)
        elif event == "leave":
            i = chance.choice(here)
            del self.pairs[i]
            start = perf_counter(), process_time()
            flow.remove_person(i)
        elif event == "decline":
            chosen = flow.chosen
            i, with_peer = chance.choice([(i, chosen[i]) for i in here if chosen[i] is not None])
            del self.pairs[i][with_peer]
            start = perf_counter(), process_time()
            flow.forbid(i, with_peer)
        else:
            more = 1 if event == "place gained" else -1
            j = chance.choice([j for j, p in enumerate(self.places) if 0 <= p.free + more <= p.capacity])
            self.places[j] = Places(self.places[j].free + more, self.places[j].capacity)
            start = perf_counter(), process_time()
            flow.set_places(j, self.places[j])
        return (perf_counter() - start[0]) * 1000, (process_time() - start[1]) * 1000


def measure(people: int, peers: int, load: float, events: int, checks: int, seed: int) -> None:
    """Print a table of times by event, and whether the objectives equal those of a full solve."""
    made = MadeList(people, peers, load, seed)
    pairs = sum(map(len, made.pairs.values()))
    start = perf_counter()
    chosen = made.solve()
    solved = perf_counter()
    flow = LiveFlow(made.priorities, made.places, made.edges(), chosen)
    print(f"{people:,} people, {peers:,} peers, {sum(p.free for p in made.places):,} places, {pairs:,} possible pairs; "
          f"{sum(j is not None for j in chosen):,} served; full solve {solved - start:.1f} s, "
          f"prices and rows {perf_counter() - solved:.1f} s")  # fmt: skip
    times, same = defaultdict(list), 0
    for number in range(1, events + 1):
        event = EVENTS[number % len(EVENTS)]
        times[event].append(made.happen(flow, event))
        if number % (events // checks) == 0:
            same += made.reached(flow.chosen) == tuple(flow.objective) == made.reached(made.solve())
    print("\n| event | n | p50 ms | p95 ms | longest ms | processor: p50 ms | p95 ms | longest ms |")
    print("| --- |" + " ---: |" * 7)
    times["all"] = [ms for event in EVENTS for ms in times[event]]
    for event, found in times.items():
        parts = [f"{ms:.1f}" for way in zip(*found, strict=True) for ms in np.percentile(way, [50, 95, 100])]
        print(f"| {event} | {len(found)} | {' | '.join(parts)} |")
    print(f"\nall three objectives equal to a full solve: {same} of {checks} times")


def main(arguments: list[str] | None = None) -> int:
    """Measure at the size asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks.matching_live", description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--peers", type=int, default=1_000)
    parser.add_argument("--load", type=float, default=0.95, help="free places for each person who waits")
    parser.add_argument("--events", type=int, default=1_000)
    parser.add_argument("--checks", type=int, default=4, help="full solves to compare with")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args(arguments)
    measure(options.people, options.peers, options.load, options.events, options.checks, options.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
