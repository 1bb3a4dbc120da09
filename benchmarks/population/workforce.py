"""Which peer walks with whom: the ten years played once, so that nobody ever has more people than places."""

import heapq
from dataclasses import dataclass
from random import Random

from ..sizes import Size
from .clock import MINUTES, Clock
from .timeline import Walk, draw_arrival

MEAN_DAYS_AS_PEER = 900
LOOKS = 10


@dataclass
class Peer:
    """A peer to be: from when until when (None: still), how many places, how many are taken at this moment."""

    start: int
    left: int | None
    capacity: int
    taken: int = 0
    busy: bool = False
    id: str = ""
    language: str = "en"
    supervisor: str | None = None
    status: str = "active"


def draw_peers(rng: Random, clock: Clock, size: Size) -> list[Peer]:
    """Peers in the order of their start: growing like those they walk with, a little ahead of them."""
    starts = sorted(max(0, draw_arrival(rng, clock, clock.now) - 90 * MINUTES) for _ in range(size.peers))
    peers = []
    for number, start in enumerate(starts):
        end = start + int((60 + rng.expovariate(1 / MEAN_DAYS_AS_PEER)) * MINUTES)
        # Somebody is always there, from the first day on.
        stays = end >= clock.now - 2 * MINUTES or number % 10 == 0
        peers.append(Peer(0 if number % 10 == 0 and number < size.peers // 3 else start, None if stays else end,
                          rng.choice((4, 5, 6, 6, 7, 8))))  # fmt: skip
        if stays and rng.random() < 0.03:
            peers[-1].status = "unavailable"
        elif not stays:
            peers[-1].status = "left"
    here = [peer for peer in peers if peer.left is None and peer.status == "active"]
    for peer in here[len(here) // 4 :][: size.busy_peers]:
        peer.busy, peer.capacity = True, size.people_each + 10
    return peers


def assign(rng: Random, clock: Clock, size: Size, peers: list[Peer], walks: list[Walk]) -> None:
    """Give each mentorship, in the order of their starts, a peer who is there and has a place until it ends."""
    walks.sort(key=lambda walk: walk.start)
    _fill_busy_peers(peers, walks, size)
    order = sorted(range(len(peers)), key=lambda number: peers[number].start)
    here, ends, arriving = [], [], iter(order)
    coming = next(arriving, None)
    for walk in walks:
        while coming is not None and peers[coming].start <= walk.start:
            here.append(coming)
            coming = next(arriving, None)
        while ends and ends[0][0] <= walk.start:
            peers[heapq.heappop(ends)[1]].taken -= 1
        if walk.peer < 0:
            walk.peer = _find(rng, peers, here, walk)
            peers[walk.peer].taken += 1
        # Places of busy peers are kept for their own people from the beginning.
        if walk.end is not None:
            heapq.heappush(ends, (walk.end, walk.peer))


def _fill_busy_peers(peers: list[Peer], walks: list[Walk], size: Size) -> None:
    busy = [number for number, peer in enumerate(peers) if peer.busy]
    still_open = [walk for walk in walks if walk.end is None]
    wanted = size.people_each * len(busy)
    # Every so many-th, so that a busy peer has people of all times; long ones among them.
    step = max(1, len(still_open) // max(1, wanted))
    for number, walk in enumerate(still_open[::step][:wanted]):
        walk.peer = busy[number % len(busy)]
        peers[walk.peer].taken += 1
        peers[walk.peer].start = min(peers[walk.peer].start, walk.start)


def _find(rng: Random, peers: list[Peer], here: list[int], walk: Walk) -> int:
    """Somebody with a free place for the whole time; else the one who stays longest, and it ends when they leave."""
    best, best_left = -1, -1
    for look in range(LOOKS * 20):
        place = int(rng.random() * len(here))
        number = here[place]
        peer = peers[number]
        if peer.left is not None and peer.left <= walk.start + MINUTES:
            here[place] = here[-1]
            here.pop()
            continue
        if peer.taken >= peer.capacity or peer.status == "unavailable":
            continue
        if peer.left is None or (walk.end is not None and peer.left >= walk.end):
            return number
        if peer.left > best_left:
            best, best_left = number, peer.left
        if look > LOOKS and best >= 0 and walk.end is not None:
            break
    if best < 0 or walk.end is None:
        # Everybody asked was full: the program finds one more place with somebody who stays.
        number = next(number for number in reversed(here) if peers[number].left is None)
        peers[number].capacity = max(peers[number].capacity, peers[number].taken + 1)
        return number
    walk.end, walk.reason = best_left, "peer_unavailable"
    return best
