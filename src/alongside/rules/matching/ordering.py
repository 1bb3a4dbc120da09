"""`sorting.sort_rows` for lists of any length: the pairs of each person by what they leave at given prices."""

from typing import Any, Final

import numpy as np

from alongside.rules.matching import sorting
from alongside.rules.matching.compiled import plain

NO_PLACE: Final = 1 << 60
"""Price (low) of a peer without a place in an auction: such a pair comes last."""


def sort_pairs(
    run: Any, start: Any, peer: Any, milli: Any, origin: Any, match: Any, hint: Any,
    floor: int, scale: int, high: Any, low: Any,
) -> None:  # fmt: skip
    """`sort_rows`; uncompiled by NumPy's stable sort, which says the same."""
    if run is not plain:
        longest = int(np.diff(start).max(initial=0))
        keys = (np.empty(longest, dtype=np.int64) for _ in range(4))
        run(sorting).sort_rows(start, peer, milli, origin, match, hint, floor, scale, high, low, *keys)
        return
    at, of_peer, fits = np.array(start), np.array(peer, dtype=np.int64), np.array(milli, dtype=np.int64)
    over = (fits >= floor).astype(np.int64) if floor > 0 else 0
    person = np.repeat(np.arange(len(at) - 1), np.diff(at))
    order = np.lexsort((np.array(low)[of_peer] - fits * scale, np.array(high)[of_peer] - over, person))
    for column in (peer, milli, origin):
        column[:] = [column[e] for e in order.tolist()]
    back = np.empty(len(order), dtype=np.int64)
    back[order] = np.arange(len(order))
    for column in (match, hint):
        column[:] = [int(back[e]) if e >= 0 else e for e in column]
