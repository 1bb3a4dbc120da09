"""The matching engine from a county to a nation: `python -m benchmarks.matching [--size 1000x100 ...] [--dense]`.

Solves made-up lists from arrays to a proven answer and prints a table; `--write` puts it into
docs/matching-benchmarks.md. Compiled code is loaded before anything is measured. `--dense` also solves lists of up to
a hundred million pairs with SciPy's dense assignment, in the same run.
"""

import argparse
import resource
import time
from pathlib import Path

import numpy as np

from alongside.rules.matching.solving import Scan, Solved, solve
from alongside.rules.matching.table import make_rows, make_table
from benchmarks.matching.lists import make_list, make_policy
from benchmarks.matching.reading import pairs_read_per_second

DOCUMENT = Path(__file__).parents[2] / "docs" / "matching-benchmarks.md"
SIZES = ("1000x100", "10000x1000")
HEADER = (
    "people x peers", "places", "possible pairs", "served", "mean fit", "seconds", "CPU seconds", "peak MB", "scans",
    "pairs kept", "proven", "dense (SciPy), CPU s",
)  # fmt: skip


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--size", action="append", help="as 10000x1000; may be given several times")
    options.add_argument("--dense", action="store_true", help="SciPy's dense assignment beside it")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--write", action="store_true", help=f"write {DOCUMENT.name}")
    chosen = options.parse_args()
    policy = make_policy()
    for people in (1500, 30):
        solve(*make_list(people, 300, seed=9), policy, compiled=True)
    rate, limit = scan_rate(policy), pairs_read_per_second()
    rows = [measure(size, policy, chosen.seed, dense=chosen.dense) for size in chosen.size or SIZES]
    text = "\n".join(
        [
            *table(rows),
            "",
            f"Scan on one core: {rate / 1e6:.0f} million pairs a second, every pair looked at or ruled out with its",
            f"chunk. Reading the same bytes and doing nothing else: {limit / 1e6:.0f} million.",
        ]
    )
    print(text)
    if chosen.write:
        before = DOCUMENT.read_text().split("<!-- measured -->")[0]
        DOCUMENT.write_text(f"{before}<!-- measured -->\n\n{text}\n")
    return 0


def table(rows: list[list[str]]) -> list[str]:
    """A Markdown table."""
    line = "| " + " | ".join(HEADER) + " |"
    return [line, "|" + "--:|" * len(HEADER), *("| " + " | ".join(row) + " |" for row in rows)]


def measure(size: str, policy, seed: int, *, dense: bool) -> list[str]:
    """One row of the table."""
    n, m = map(int, size.split("x"))
    people, peers = make_list(n, m, seed=seed)
    started, worked = time.perf_counter(), time.process_time()
    found = solve(people, peers, policy)
    seconds, work = time.perf_counter() - started, time.process_time() - worked
    served = found.peer >= 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        size,
        f"{peers.places_free.sum():,}",
        f"{found.possible.sum():,}",
        f"{served.sum():,}",
        f"{found.milli[served].mean() / 1000:.2f}",
        f"{seconds:.2f}",
        f"{work:.2f}",
        f"{peak:.0f}",
        str(found.work["scans"]),
        f"{len(found.pairs.peer):,}",
        "yes" if found.value == found.bound else f"gap {gap(found):.4%}",
        f"{dense_seconds(people, peers, policy, found):.1f}" if dense and n * m <= 10**8 else "",
    ]


def gap(found: Solved) -> float:
    """By how much the first objective that is not proven may be short of its bound."""
    return next((b - v) / max(1, abs(b)) for v, b in zip(found.value, found.bound, strict=True) if v != b)


def scan_rate(policy) -> float:
    """Pairs a second of one core, best of three."""
    people, peers = make_list(1000, 10_000, seed=5)
    scan = Scan(people, make_rows(people), make_table(peers), policy, 0, 1)
    best = 1e9
    for _ in range(3):
        started = time.process_time()
        scan.best(np.arange(1000), 8)
        best = min(best, time.process_time() - started)
    return 1000 * 10_000 / best


def dense_seconds(people, peers, policy, found: Solved) -> float:
    """Processor seconds of SciPy for the fits alone, once it has the dense matrix with a column for each place."""
    from scipy.optimize import linear_sum_assignment

    n, m = len(people.priority), len(peers.capacity)
    scan = Scan(people, make_rows(people), make_table(peers), policy, 0, 2)
    matched, milli, *_ = scan.best(np.arange(n), int(found.possible.max(initial=1)))
    fits = np.full((n, m), -1e6)
    rows, at = np.nonzero(matched >= 0)
    fits[rows, matched[rows, at]] = milli[rows, at] + 1e7 * people.priority[rows]
    started = time.process_time()
    linear_sum_assignment(np.repeat(fits, peers.places_free, axis=1), maximize=True)
    return time.process_time() - started


if __name__ == "__main__":
    raise SystemExit(main())
