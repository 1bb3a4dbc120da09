"""Seven days as somebody plans them: which thing is on which day, by the clock on the wall of the program.

A thing has days of the week (0 Sunday to 6 Saturday, as lists of meetings count them) and, where known, minutes after
midnight by the clock of its own zone. What is late in one zone may be a day earlier in another: each stands on the day
that the program's clock shows. Nothing here counts what was done: there is no streak and nothing to lose.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from alongside.rules.meetings.times import day_of, moments_of

WEEK = 7
FURTHEST = 5
"""So many weeks back and ahead a page goes."""


@dataclass(frozen=True)
class Thing:
    """Something on some days of each week. `starts` and `ends` None: nobody wrote down a time."""

    key: Any
    days: tuple[int, ...]
    starts: int | None
    ends: int | None
    zone: ZoneInfo


@dataclass(frozen=True)
class Time:
    """One time of a thing. `on_day` is its day by its own clock, which names it; the moments are the program's."""

    key: Any
    on_day: date
    begins: datetime | None
    until: datetime | None

    def day(self) -> date:
        """The day on which it stands in the week."""
        return self.begins.date() if self.begins else self.on_day

    @property
    def minutes(self) -> int:
        """How long it lasts, whatever clocks do in between; 0 where nobody wrote down a time."""
        if self.begins is None or self.until is None:
            return 0
        # By UTC: two moments of one zone are subtracted as if no clock ever changed.
        return int((self.until.astimezone(UTC) - self.begins.astimezone(UTC)).total_seconds() // 60)


def time_of(thing: Thing, on_day: date, zone: ZoneInfo) -> Time | None:
    """The time of a thing on one of its days, told by the clock of `zone`; None on a day that is none of its."""
    if day_of(on_day) not in thing.days:
        return None
    if thing.starts is None or thing.ends is None:
        return Time(thing.key, on_day, None, None)
    begins, until = moments_of(on_day, thing.starts, thing.ends, thing.zone)
    return Time(thing.key, on_day, begins.astimezone(zone), until.astimezone(zone))


def list_times(things: Iterable[Thing], first: date, days: int, zone: ZoneInfo) -> list[Time]:
    """What is on in so many days from `first` on, by the clock of `zone`; in order, what has no time after the rest."""
    last = first + timedelta(days=days - 1)
    around = [first + timedelta(days=number) for number in range(-1, days + 1)]
    times = [time_of(thing, day, zone) for thing in things for day in around]
    return sorted((one for one in times if one and first <= one.day() <= last), key=in_order)


def in_order(one: Time) -> tuple[date, bool, float, str]:
    """By day, then by moment."""
    return one.day(), one.begins is None, one.begins.timestamp() if one.begins else 0, str(one.key)


def list_days(first: date) -> tuple[date, ...]:
    """The seven days that begin here."""
    return tuple(first + timedelta(days=number) for number in range(WEEK))


def next_days(thing: Thing, now: datetime, zone: ZoneInfo, most: int) -> list[Time]:
    """The next times of a thing that are not over.

    >>> walk = Thing("walk", (2,), 1080, 1140, ZoneInfo("America/Los_Angeles"))
    >>> [one.on_day.isoformat() for one in next_days(walk, datetime(2026, 6, 2, 20, tzinfo=walk.zone), walk.zone, 2)]
    ['2026-06-09', '2026-06-16']
    """
    here = now.astimezone(zone)
    times = list_times([thing], here.date() - timedelta(days=1), WEEK * most + 3, zone)
    at = now.astimezone(UTC)
    ahead = [one for one in times if (one.until.astimezone(UTC) > at if one.until else one.on_day >= here.date())]
    return ahead[:most]
