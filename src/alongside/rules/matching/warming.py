"""Everything compiled ahead and kept on disk, so that no long list has to wait for it: `alongside warm`."""

from shutil import rmtree

import numpy as np

from alongside.rules.matching.compiled import can_compile, folder_of_cache, is_warm, note_warm
from alongside.rules.matching.compiling import compile_peers, compile_policy, compile_seekers, make_codebook
from alongside.rules.matching.people import best_peers
from alongside.rules.matching.scanning import Scan
from alongside.rules.matching.solving import Solved, solve
from alongside.rules.matching.table import make_rows, make_table
from alongside.rules.matching.values import DEFAULT_POLICY, Peer, Seeker
from alongside.rules.vocabulary import KINDS

PEOPLE, PEERS = 40, 12


class NotTheSame(Exception):
    """Compiled functions answered otherwise than the plain ones: nobody may use them on this machine."""


def warm() -> bool:
    """Compile what is not compiled yet: half a minute of one processor the first time. False where nothing can be kept.

    Each compiled function is used once, on a small list, and has to say what the plain one says: `NotTheSame`.
    """
    folder = folder_of_cache()
    if not can_compile() or folder is None:
        return False
    if is_warm():
        return True
    compiled, uncompiled = _use_everything(is_compiled=True), _use_everything(is_compiled=False)
    if compiled.value != uncompiled.value or not np.array_equal(compiled.possible, uncompiled.possible):
        raise NotTheSame
    note_warm()
    for older in folder.parent.glob("compiled-*"):
        if older != folder:
            rmtree(older, ignore_errors=True)
    return True


def _use_everything(*, is_compiled: bool) -> Solved:
    seekers = [Seeker(id=f"s{i:02}", kind=KINDS[0], age=20 + i, waiting_days=i) for i in range(PEOPLE)]
    peers = [Peer(id=f"p{j:02}", places_free=1 + j % 3, capacity=5, age=30 + j) for j in range(PEERS)]
    book = make_codebook(seekers, peers)
    at = {peer.id: j for j, peer in enumerate(peers)}
    people = compile_seekers(seekers, [1 + i % 7 for i in range(PEOPLE)], at, book)
    arrays, policy = compile_peers(peers, book), compile_policy(DEFAULT_POLICY, book)
    if not is_compiled:
        return solve(people, arrays, policy, floor=60_000, compiled=False)
    scan = Scan(people, make_rows(people), make_table(arrays), policy, 0, 1)
    best_peers(scan, PEERS, 3)
    solve(people, arrays, policy, floor=60_000)
    return solve(people, arrays, policy, floor=60_000, most_pairs=0)
