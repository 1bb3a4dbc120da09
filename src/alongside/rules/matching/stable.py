"""Two-sided matching in which no two people would rather have each other (hospitals and residents, with capacities).

Deferred acceptance: D. Gale and L. S. Shapley, "College Admissions and the Stability of Marriage", American
Mathematical Monthly 69 (1962) 9-15; the hospital side and its properties: D. Gusfield and R. W. Irving, "The Stable
Marriage Problem: Structure and Algorithms" (1989), section 1.6; A. E. Roth, "On the allocation of residents to rural
hospitals", Econometrica 54 (1986) 425-427.

With strict lists the side that asks gets, person by person, the best that any stable matching gives; and every stable
matching serves the same participants and fills each peer to the same number (rural hospitals). With ties the same
procedure gives a matching that is stable in the weak sense (a pair blocks only where both *strictly* gain), but perhaps
not a large one: `stable_ties` does better. Ties go to the smaller position, so the same lists give the same answer.
"""

import heapq
from collections.abc import Sequence

import numpy as np

from alongside.rules.matching.ranked_lists import Ints, RankedLists

Matching = list[int | None]
"""Position of the peer for each participant, or None."""


class NotAMatching(ValueError):
    """The pairs given are not on the lists, or a peer has more than there are places."""


def match_by_participants(lists: RankedLists) -> Matching:
    """Participants ask, peers hold the best they were asked by. O(pairs x log places).

    With strict lists: the best stable matching for every participant at once, and the worst for every peer.
    """
    peer, peer_rank = lists.peer.data, lists.peer_rank.data
    following = lists.starts.tolist()
    ends = following[1:]
    people = lists.participants
    held: list[list[int]] = [[] for _ in lists.places]  # -(rank, participant) as one number: the worst held is first
    found: Matching = [None] * people
    for one in range(people):
        asking = one
        while following[asking] < ends[asking]:
            row = following[asking]
            following[asking] += 1
            j = peer[row]
            key = -(peer_rank[row] * people + asking)
            if len(held[j]) < lists.places[j]:
                heapq.heappush(held[j], key)
                found[asking] = j
                break
            if held[j] and key > held[j][0]:
                found[asking] = j
                asking = -heapq.heapreplace(held[j], key) % people
                found[asking] = None
    return found


def match_by_peers(lists: RankedLists) -> Matching:
    """Peers ask as many as they have places, participants hold the best who asked. O(pairs x log pairs).

    With strict lists: the best stable matching for every peer, and the worst for every participant.
    """
    order = np.lexsort((lists.participant, lists.peer_rank, lists.peer))
    following = np.searchsorted(lists.peer[order], np.arange(len(lists.places) + 1)).tolist()
    ends = following[1:]
    participant, rows = lists.participant[order].data, order.data
    open_places = list(lists.places)
    held: list[int] = [
        len(order)
    ] * lists.participants  # a row number: within a participant they are in order of liking
    asking = list(range(len(lists.places)))[::-1]
    while asking:
        j = asking.pop()
        while open_places[j] and following[j] < ends[j]:
            at = following[j]
            following[j] += 1
            row, i = rows[at], participant[at]
            if row < held[i]:
                open_places[j] -= 1
                if held[i] < len(order):
                    left = int(lists.peer[held[i]])
                    open_places[left] += 1
                    asking.append(left)
                held[i] = row
    return [int(lists.peer[row]) if row < len(order) else None for row in held]


def list_blocking_pairs(lists: RankedLists, matching: Sequence[int | None]) -> list[tuple[int, int]]:
    """Every (participant, peer) who accept each other and would both strictly gain, in order of position.

    A participant gains by having a peer, or one of better rank; a peer by a free place being filled, or by somebody of
    better rank than the worst they have. Raises `NotAMatching`.
    """
    rows = np.flatnonzero(_blocks(lists, matching))
    pairs = zip(lists.participant[rows].tolist(), lists.peer[rows].tolist(), strict=True)
    return sorted(pairs)


def count_blocking_pairs(lists: RankedLists, matching: Sequence[int | None]) -> int:
    """How many `list_blocking_pairs` lists."""
    return int(np.count_nonzero(_blocks(lists, matching)))


def _blocks(lists: RankedLists, matching: Sequence[int | None]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    if len(matching) != lists.participants:
        raise NotAMatching("one answer for each participant")
    peer_of: Ints = np.array([-1 if j is None else j for j in matching], dtype=np.int64)
    rows = np.flatnonzero(lists.peer == peer_of[lists.participant])
    if len(rows) != np.count_nonzero(peer_of != -1):
        raise NotAMatching("a pair that is not on the lists")
    places = np.array(lists.places, dtype=np.int64)
    loads = np.bincount(lists.peer[rows], minlength=len(places))
    if np.any(loads > places):
        raise NotAMatching("a peer has more than there are places")
    nobody = np.iinfo(np.int64).max
    own_rank = np.full(lists.participants, nobody)
    own_rank[lists.participant[rows]] = lists.rank[rows]
    worst_rank = np.full(len(places), -1)
    np.maximum.at(worst_rank, lists.peer[rows], lists.peer_rank[rows])
    worst_rank[loads < places] = nobody
    return (lists.rank < own_rank[lists.participant]) & (lists.peer_rank < worst_rank[lists.peer])
