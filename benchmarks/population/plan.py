"""The ten years of one program before any row is written: who stays when, with whom, and what is still going on."""

from random import Random

from ..sizes import Size
from .clock import MINUTES, Clock
from .timeline import COMES_BACK, Stay, Walk, draw_arrival, draw_stay, share_out
from .workforce import Peer, assign, draw_peers

PAUSED = 0.05


def plan(rng: Random, clock: Clock, size: Size) -> tuple[list[Stay], list[Peer]]:
    """Stays in the order in which they opened, each mentorship with its peer and its number of contacts."""
    stays = []
    arrivals = sorted(draw_arrival(rng, clock, clock.now - 60) for _ in range(size.participants))
    for person, opened in enumerate(arrivals):
        stay = draw_stay(rng, clock, person, opened)
        while True:
            stays.append(stay)
            again = stay.closed + int(rng.expovariate(1 / 300) * MINUTES)
            if again >= clock.now - 60 or rng.random() > COMES_BACK:
                break
            stay = draw_stay(rng, clock, person, again)
    stays.sort(key=lambda stay: stay.opened)
    for stay in stays:
        _cut_at_now(stay, clock.now)
    latest = {stay.person: stay for stay in stays}
    _fill_waiting_list(rng, clock, latest, size.on_board)
    _keep_open(latest, size)
    walks = [walk for stay in stays for walk in stay.walks]
    peers = draw_peers(rng, clock, size)
    assign(rng, clock, size, peers, walks)
    for walk in walks:
        walk.paused = walk.end is None and not peers[walk.peer].busy and rng.random() < PAUSED
    for stay in stays:
        if stay.walks and stay.walks[-1].end is not None and stay.closed:
            stay.closed = stay.walks[-1].end + 30
    share_out(walks, size.contacts, clock.now)
    return stays, peers


def _cut_at_now(stay: Stay, now: int) -> None:
    """What lies after now has not happened."""
    stay.walks = [walk for walk in stay.walks if walk.start < now - 1]
    if stay.waiting >= now:
        stay.status, stay.closed = "intake", None
    elif stay.walks and (stay.walks[-1].end >= now or stay.closed >= now):
        stay.walks[-1].end, stay.walks[-1].reason = None, ""
        stay.status, stay.closed = "active", None
    elif stay.closed >= now:
        stay.status, stay.closed = "waiting", None


def _fill_waiting_list(rng: Random, clock: Clock, latest: dict[int, Stay], wanted: int) -> None:
    """The latest who came wait: in a made county as in a real one more of them than of those from last year."""
    count = sum(stay.status == "waiting" for stay in latest.values())
    for stay in sorted(latest.values(), key=lambda stay: -stay.opened):
        if count >= wanted:
            break
        if stay.status in ("waiting", "intake") or rng.random() < 0.3:
            continue
        stay.status, stay.closed, stay.reason, stay.walks = "waiting", None, "", []
        count += 1
    for stay in latest.values():
        stay.waiting = min(stay.waiting, clock.now - 1)
        if stay.status == "waiting" and rng.random() < 0.35:
            stay.status = "offered"


def _keep_open(latest: dict[int, Stay], size: Size) -> None:
    """A small program has fewer open mentorships than its busy peers walk in: the latest that ended go on."""
    wanted = int(size.busy_peers * size.people_each * 1.25)
    count = sum(stay.status == "active" for stay in latest.values())
    ended = [stay for stay in latest.values() if stay.status == "closed" and stay.walks]
    for stay in sorted(ended, key=lambda stay: -stay.walks[-1].start)[: max(0, wanted - count)]:
        walk: Walk = stay.walks[-1]
        walk.end, walk.reason, stay.status, stay.closed, stay.reason = None, "", "active", None, ""
