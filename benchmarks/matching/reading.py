"""The machine's own limit beside the scan: a compiled loop that only reads what a scan reads."""

import time

import numpy as np

from alongside.rules.matching.table import CHUNK, Table, make_table
from benchmarks.matching.lists import make_list


def read_all(masks, ages, within, globe, times):
    """Add up every number of the table, again and again."""
    total = 0
    for _ in range(times):
        for c in range(masks.shape[0]):
            for row in range(masks.shape[1]):
                for k in range(CHUNK):
                    total += masks[c, row, k]
            for k in range(CHUNK):
                total += ages[c, k]
            for row in range(5):
                for k in range(CHUNK):
                    total += np.int64(globe[c, row, k] > within[c, k])
    return total


def pairs_read_per_second() -> float:
    """Pairs a second on one core, best of three."""
    from numba import njit

    _, peers = make_list(10, 10_000, seed=5)
    table: Table = make_table(peers)
    read = njit(nogil=True)(read_all)
    columns = (table.masks, table.ages, table.within, table.globe)
    read(*columns, 1)
    best = 1e9
    for _ in range(3):
        started = time.process_time()
        read(*columns, 200)
        best = min(best, time.process_time() - started)
    return 200 * len(table.order) / best
