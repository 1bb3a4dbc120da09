"""What is going to happen, drawn by seed before any mode runs: every mode meets the same people and the same luck.

Every number here is an assumption for comparing modes. Those with a source: mentorships last 131 days on average,
nearly half of them under three months (as in `benchmarks.population`, after Ashford 2021); 12 in 100 come back.
"""

from dataclasses import dataclass
from math import exp
from random import Random

from alongside.rules.matching import DEFAULT_POLICY, Peer, Seeker
from alongside.rules.matching.fit import score_milli
from alongside.rules.matching.rankings import would_meet

from .people import draw_peer, draw_seeker

WARM_UP_DAYS, YEAR_DAYS = 150, 365
"""The program fills up first; only the year after that is counted."""

PATIENCE_DAYS = 90
"""Mean days after which somebody who waits gives up (exponential: about 1 in 100 a day)."""
RETURNS = 0.12
LAPSES, LAPSE_DAYS = 0.06, 7
PEER_SAYS_NO = 0.04
PEER_STOPS_DAYS = 900
"""Mean days a peer stays with the program."""
REPLACED_AFTER_DAYS = 14
LEAVES_PER_YEAR, LEAVE_DAYS = 1.5, 21


@dataclass(frozen=True)
class Setting:
    """`peers` at any time, with six places each on average; `asks_per_day` new people."""

    name: str
    peers: int
    asks_per_day: float


SETTINGS = (Setting("ample", 36, 1.1), Setting("tight", 36, 1.75), Setting("short", 36, 2.3))
"""Two thirds of places taken; most of them; and more people than places."""


def accept_chance(milli: int) -> float:
    """Whether a participant says yes to a peer who is proposed: better fits are taken more often."""
    return 0.70 + 0.28 * milli / 100_000


def change_chance(milli: int) -> float:
    """Whether a participant asks for another peer in the first two months."""
    return 0.24 - 0.18 * milli / 100_000


class World:
    """All draws of one seed and setting. Draws about a person or a pair do not depend on when they are asked for."""

    def __init__(self, setting: Setting, seed: int):
        self.setting, self.seed = setting, seed
        self._fits: dict[tuple[str, str], int | None] = {}
        rng = self.chance("arrivals")
        self.asks: dict[int, list[Seeker]] = {}
        for day in range(WARM_UP_DAYS + YEAR_DAYS):
            for _ in range(poisson(rng, setting.asks_per_day)):
                number = sum(map(len, self.asks.values()))
                self.asks.setdefault(day, []).append(draw_seeker(self.chance("seeker", number), f"s{number:05}"))
        self.peers: dict[int, list[Peer]] = {}
        self.stops: dict[int, list[str]] = {}
        self.away: dict[str, set[int]] = {}
        for line in range(setting.peers):
            self._draw_line(line)

    def chance(self, *about: object) -> Random:
        """A stream of its own for one thing."""
        return Random(":".join(map(str, (self.setting.name, self.seed, *about))))

    def fit(self, seeker: Seeker, peer: Peer) -> int | None:
        """Thousandths of a point, None where the pair is impossible; kept, because it is asked for daily."""
        key = seeker.id, peer.id
        if key not in self._fits:
            possible = would_meet(seeker, peer, DEFAULT_POLICY, frozenset())
            self._fits[key] = score_milli(seeker, peer, DEFAULT_POLICY) if possible else None
        return self._fits[key]

    def _draw_line(self, line: int) -> None:
        """One chair and the peers who sit on it one after the other, with their times of leave."""
        day, number = 0, 0
        while day < WARM_UP_DAYS + YEAR_DAYS:
            rng, id_ = self.chance("peer", line, number), f"p{line:03}.{number}"
            self.peers.setdefault(day, []).append(draw_peer(rng, id_))
            stays = int(rng.expovariate(1 / PEER_STOPS_DAYS)) + 1
            self.stops.setdefault(day + stays, []).append(id_)
            self.away[id_] = set()
            for _ in range(poisson(rng, LEAVES_PER_YEAR * stays / 365)):
                start = day + rng.randrange(stays)
                self.away[id_] |= set(range(start, start + LEAVE_DAYS))
            day, number = day + stays + REPLACED_AFTER_DAYS, number + 1


def mentorship_days(rng: Random) -> int:
    """How long one lasts when nobody asks for a change: mean 131, 47 in 100 within three months (gamma)."""
    return 1 + int(rng.gammavariate(1.25, 130.5 / 1.25))


def poisson(rng: Random, mean: float) -> int:
    """Knuth's method; means here are small."""
    limit, product, count = exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count
