"""Peers laid out once, for many shortlists: `engine.shortlist` without the refused, in milliseconds."""

from collections.abc import Iterable

from alongside.rules.matching.compiled import is_warm
from alongside.rules.matching.compiling import (
    Codebook,
    compile_peers,
    compile_policy,
    compile_seekers,
    extend_codebook,
    make_codebook,
)
from alongside.rules.matching.engine import candidate_of, check_length, in_order, shortlist
from alongside.rules.matching.people import best_peers
from alongside.rules.matching.results import Candidate
from alongside.rules.matching.scanning import Scan
from alongside.rules.matching.table import fits_table, make_rows, make_table
from alongside.rules.matching.values import Exclusions, Peer, Policy, Seeker


class PeerTable:
    """Peers under one policy, with the places they have free now. Make it anew when either changes."""

    def __init__(self, peers: Iterable[Peer], policy: Policy) -> None:
        """Raises `DuplicateIds`."""
        self.peers, self.policy = in_order(peers, "peers"), policy
        self._at = {peer.id: at for at, peer in enumerate(self.peers)}
        self._book: Codebook = make_codebook([], self.peers)
        self._arrays = compile_peers(self.peers, self._book)
        self._table = make_table(self._arrays)

    def shortlist(self, seeker: Seeker, exclusions: Exclusions = frozenset(), k: int = 5) -> tuple[Candidate, ...]:
        """The k best possible peers for one person, best first, ties by id, each with its reasons.

        Raises ValueError for k < 1.
        """
        check_length(k)
        book = extend_codebook(self._book, seeker)
        people = compile_seekers([seeker], [1], self._at, book, exclusions)
        if not is_warm() or not fits_table(people, self._arrays):
            return shortlist(seeker, self.peers, self.policy, exclusions, k).candidates
        scan = Scan(people, make_rows(people), self._table, compile_policy(self.policy, book), 0, 1)
        (best,) = best_peers(scan, len(self.peers), k)
        return tuple(candidate_of(seeker, self.peers[at], self.policy, rank) for rank, at in enumerate(best, start=1))
