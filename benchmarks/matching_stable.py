"""`python -m benchmarks.matching_stable`: how long two-sided matching takes, and that it is stable."""

import argparse
import sys
from collections.abc import Callable
from time import process_time

import numpy as np

from alongside.rules.matching.ranked_lists import RankedLists
from alongside.rules.matching.stable import Matching, count_blocking_pairs, match_by_participants, match_by_peers
from alongside.rules.matching.stable_ties import match_with_ties


def make_lists(people: int, peers: int, length: int, ranks: int | None, seed: int) -> RankedLists:
    """Random lists; some peers are liked by most, so that chains are long. `ranks` different ranks make ties."""
    rng = np.random.default_rng(seed)
    participant = np.repeat(np.arange(people), length)
    # A draw without repeats for everybody at once: one peer from each of `length` equal slices of the peers.
    slices = np.linspace(0, peers, length + 1).astype(np.int64)
    peer = (slices[:-1] + (rng.random((people, length)) * np.diff(slices)).astype(np.int64)).ravel()
    own = rng.random(people * length) + rng.random(peers)[peer]
    other = rng.random(people * length)
    if ranks:
        own_rank, other_rank = (own / 2 * ranks).astype(np.int64), (other * ranks).astype(np.int64)
    else:
        own_rank, other_rank = own.argsort().argsort(), other.argsort().argsort()
    places = rng.integers(5, 16, size=peers).tolist()
    return RankedLists.from_pairs(people, places, np.column_stack([participant, peer, own_rank, other_rank]))


def show(name: str, match: Callable[[RankedLists], Matching], lists: RankedLists) -> None:
    """One row of the table."""
    start = process_time()
    found = match(lists)
    seconds = process_time() - start
    served = sum(peer is not None for peer in found)
    print(f"| {name} | {seconds:.1f} | {served:,} | {count_blocking_pairs(lists, found)} |")


def main(arguments: list[str] | None = None) -> int:
    """Measure at the size asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks.matching_stable", description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--peers", type=int, default=10_000)
    parser.add_argument("--length", type=int, default=50)
    parser.add_argument("--ranks", type=int, default=10, help="different ranks on the lists with ties")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args(arguments)
    size = options.people, options.peers, options.length
    strict, tied = (make_lists(*size, ranks, options.seed) for ranks in (None, options.ranks))
    places = sum(strict.places)
    print(f"{options.people:,} people, {options.peers:,} peers, {places:,} places, lists of {options.length}\n")
    print("| mode | processor seconds | served | blocking pairs |\n| --- | ---: | ---: | ---: |")
    show("strict, participants ask", match_by_participants, strict)
    show("strict, peers ask", match_by_peers, strict)
    show("ties, broken by position", match_by_participants, tied)
    show("ties, 3/2 approximation", match_with_ties, tied)
    return 0


if __name__ == "__main__":
    sys.exit(main())
