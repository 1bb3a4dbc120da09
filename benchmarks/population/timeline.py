"""When people arrive, how long they wait and stay, and on which days they are called. Pure: chance is passed in.

Sources are the shared field notes: support lasts about 130 days on average, many leave in the first weeks (d, Ashford
2021 and attrition after a first meeting); contact is tightest in days 1-7, 7-30 and 30-90 (design consequence 3).
"""

from bisect import bisect
from dataclasses import dataclass, field
from random import Random

from .clock import DAYS, LOCAL, MINUTES, Clock

GROWTH = 4.0
"""At the end of the ten years five times as many people arrive in a day as at the beginning."""

NEVER_MATCHED, COMES_BACK, CHANGES_PEER = 0.07, 0.12, 0.11
LEAVES_SOON, LONG_MEAN_DAYS = 0.45, 190
WEEKDAYS = (1.25, 1.2, 1.1, 1.05, 1.0, 0.3, 0.1)
CADENCE = ((7, 2.0), (30, 4.5), (90, 8.0), (DAYS, 16.0))
"""Until this day of a mentorship, a contact or try every so many days."""


@dataclass
class Walk:
    """One mentorship to be: minutes from and to (None: still open), and how it ended."""

    start: int
    end: int | None
    reason: str = ""
    paused: bool = False
    peer: int = -1
    contacts: int = 0


@dataclass
class Stay:
    """One episode to be: who, when it opened, since when they wait, and its mentorships in order."""

    person: int
    opened: int
    waiting: int
    closed: int | None = None
    reason: str = ""
    status: str = "closed"
    walks: list[Walk] = field(default_factory=list)


def draw_arrival(rng: Random, clock: Clock, latest: int) -> int:
    """A minute of the ten years: growing through the years, on working days and in working hours."""
    while True:
        # The inverse of a density that grows in a straight line from 1 to 1 + GROWTH.
        share = ((1 + rng.random() * GROWTH * (GROWTH + 2)) ** 0.5 - 1) / GROWTH
        day = int(share * latest / MINUTES)
        if rng.random() * WEEKDAYS[0] < WEEKDAYS[clock.weekday[day]]:
            return min(latest, day * MINUTES + LOCAL + 8 * 60 + int(rng.random() * 9 * 60))


def draw_days_together(rng: Random) -> float:
    """How long a mentorship lasts: many end within weeks, others go on for a year and more."""
    return 2 + rng.random() * 93 if rng.random() < LEAVES_SOON else 30 + rng.expovariate(1 / LONG_MEAN_DAYS)


def draw_stay(rng: Random, clock: Clock, person: int, opened: int) -> Stay:
    """One stretch of support as it would go if nothing forced it; what lies after now has not happened yet."""
    stay = Stay(person, opened, opened + int(rng.random() * 3 * MINUTES))
    wait = int(rng.expovariate(1 / 9) * MINUTES) + 2 * 60
    if rng.random() < NEVER_MATCHED:
        stay.closed, stay.reason = stay.waiting + wait, rng.choice(("lost_touch", "own_wish", "moved"))
        return stay
    start = stay.waiting + wait
    while True:
        days = draw_days_together(rng)
        end, changes = start + int(days * MINUTES), rng.random() < CHANGES_PEER
        soon = days < 95
        reason = "changed_peer" if changes else "lost_touch" if soon and rng.random() < 0.6 else rng.choice(GOOD_ENDS)
        stay.walks.append(Walk(start, end, reason))
        if not changes or len(stay.walks) == 3:
            stay.closed, stay.reason = end + 30, reason if reason != "changed_peer" else "own_wish"
            stay.walks[-1].reason = stay.reason
            return stay
        start = end


GOOD_ENDS = ("completed", "completed", "moved", "own_wish")


def expected_contacts(days: float) -> float:
    """Contacts and tries in the first so many days by the cadence."""
    total, since = 0.0, 0
    for until, every in CADENCE:
        if days <= until:
            return total + (days - since) / every
        total += (until - since) / every
        since = until
    return total


_EDGES = [expected_contacts(until) for until, _ in CADENCE]


def day_of_contact(count: float) -> float:
    """The inverse of `expected_contacts`: the day by which so many contacts are expected."""
    place = min(bisect(_EDGES, count), len(CADENCE) - 1)
    before = _EDGES[place - 1] if place else 0.0
    since = CADENCE[place - 1][0] if place else 0
    return since + (count - before) * CADENCE[place][1]


def share_out(walks: list[Walk], contacts: int, now: int) -> None:
    """Give each mentorship its part of exactly so many contacts, by its days and the cadence."""
    wanted = [expected_contacts(((walk.end or now) - walk.start) / MINUTES) + 0.6 for walk in walks]
    scale, owed = contacts / sum(wanted), 0.5
    given = 0
    for walk, weight in zip(walks, wanted, strict=True):
        owed += weight * scale
        walk.contacts = int(owed)
        owed -= walk.contacts
        given += walk.contacts
    walks[-1].contacts += contacts - given


def draw_contact_minutes(rng: Random, clock: Clock, walk: Walk) -> list[int]:
    """The moments of a mentorship's contacts, in order: tight at first, seldom on a Sunday, in waking hours."""
    end = walk.end if walk.end is not None else clock.now
    days = max(0.2, (end - walk.start) / MINUTES)
    total, found = expected_contacts(days), []
    for number in range(walk.contacts):
        day = day_of_contact((number + 0.1 + 0.8 * rng.random()) / walk.contacts * total)
        minute = walk.start + int(day * MINUTES)
        local_day = (minute - LOCAL) // MINUTES
        weekday = clock.weekday[local_day]
        if weekday == 6 or (weekday == 5 and rng.random() < 0.6):
            local_day += 7 - weekday + (rng.random() < 0.3)
        minute = local_day * MINUTES + LOCAL + 9 * 60 + int(rng.random() * 66) * 10
        found.append(min(max(minute, walk.start + number), end - 1))
    found.sort()
    return found
