"""Times that people keep by the clock on the wall: a day, a time and a zone to a moment, also when clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def exists(day: date, at: time, zone: ZoneInfo) -> bool:
    """Whether the clock shows this time on this day: when clocks go forward, an hour of one night is left out.

    >>> exists(date(2026, 3, 8), time(2, 30), ZoneInfo("America/Los_Angeles"))
    False
    """
    naive = datetime.combine(day, at)
    return naive.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == naive


def starts_at(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment, in that zone. Of a time that comes twice (clocks go back) the first; a left-out one moves on."""
    moment = datetime.combine(day, at).replace(tzinfo=zone)
    return moment.astimezone(UTC).astimezone(zone)


def ends_at(day: date, at: time, zone: ZoneInfo, minutes: int) -> datetime:
    """The moment some real minutes after the start, whatever the clock does in between.

    >>> ends_at(date(2026, 11, 1), time(0, 30), ZoneInfo("America/Los_Angeles"), 60).isoformat()
    '2026-11-01T01:30:00-07:00'
    """
    start = starts_at(day, at, zone)
    return (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zone)
