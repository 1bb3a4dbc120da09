"""Who is on duty in a week that repeats, by the clock on the wall where the program is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.rules.on_call import is_answered

HOURS = 24
WEEK = 7 * HOURS


@dataclass(frozen=True)
class Turn:
    """A stretch of every week: `weekday` (0 is Monday) of its first hour, and hours of the day; past midnight is fine.

    The same hour twice is a whole day, as for the telephone on call (`rules.on_call`).
    """

    weekday: int
    from_hour: int
    until_hour: int

    def hours(self) -> frozenset[int]:
        """The hours of the week it covers, 0 being Monday from midnight to one."""
        start = self.weekday * HOURS + self.from_hour
        length = (self.until_hour - self.from_hour) % HOURS or HOURS
        return frozenset((start + hour) % WEEK for hour in range(length))

    def covers(self, local: datetime) -> bool:
        """Whether this turn is on at this local time.

        >>> night = Turn(weekday=4, from_hour=22, until_hour=6)
        >>> night.covers(datetime(2026, 1, 3, 5, 59)), night.covers(datetime(2026, 1, 3, 6, 0))
        (True, False)
        """
        if not is_answered(local, self.from_hour, self.until_hour):
            return False
        return local.weekday() * HOURS + local.hour in self.hours()


def overlap(one: Turn, other: Turn) -> bool:
    """Whether two turns cover the same hour: then nobody could say who is on duty."""
    return not one.hours().isdisjoint(other.hours())


def find_gaps(turns: Iterable[Turn]) -> list[tuple[int, int]]:
    """Stretches of the week in which nobody is on duty, each as its first hour of the week and its length in hours.

    One that passes the end of the week is one. Without any turn there is one gap, the whole week.

    >>> find_gaps([Turn(weekday=0, from_hour=9, until_hour=17), Turn(weekday=0, from_hour=18, until_hour=9)])
    [(17, 1), (33, 144)]
    """
    covered = frozenset().union(*(turn.hours() for turn in turns))
    if not covered:
        return [(0, WEEK)]
    begins = [hour for hour in range(WEEK) if hour not in covered and (hour - 1) % WEEK in covered]
    lengths = [next(more for more in range(1, WEEK) if (hour + more) % WEEK in covered) for hour in begins]
    return list(zip(begins, lengths, strict=True))


def next_start(turns: Iterable[Turn], local: datetime) -> datetime | None:
    """When somebody is on duty next, after this local time; None for a rota without turns. Wall-clock time.

    >>> next_start([Turn(weekday=0, from_hour=9, until_hour=17)], datetime(2026, 1, 3, 12))
    datetime.datetime(2026, 1, 5, 9, 0)
    """
    starts = []
    for turn in turns:
        day = local + timedelta(days=(turn.weekday - local.weekday()) % 7)
        start = day.replace(hour=turn.from_hour, minute=0, second=0, microsecond=0)
        starts.append(start if start > local else start + timedelta(days=7))
    return min(starts, default=None)
