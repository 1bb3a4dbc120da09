"""Moments as whole minutes since a first day, and as the text that both databases read: UTC, to the minute."""

from datetime import UTC, date, datetime, timedelta

YEARS = 10
DAYS = 365 * YEARS
MINUTES = 1440
LOCAL = 8 * 60
"""Local time of the made programs behind UTC (Los Angeles in winter; in summer their day begins an hour early)."""


class Clock:
    """The ten years before `now`. Minute 0 is the first midnight (UTC); `now` is the last minute."""

    def __init__(self, now: datetime):
        self.first = (now - timedelta(days=DAYS)).replace(hour=0, minute=0, second=0, microsecond=0)
        self.now = int((now - self.first).total_seconds()) // 60
        days = range(self.now // MINUTES + 400)
        self._days = [(self.first + timedelta(days=day)).strftime("%Y-%m-%d") for day in days]
        self._times = [f" {minute // 60:02}:{minute % 60:02}:00" for minute in range(MINUTES)]
        self.weekday = [(self.first + timedelta(days=day)).weekday() for day in days]

    def text(self, minute: int | None) -> str | None:
        """A moment as `YYYY-MM-DD HH:MM:SS`."""
        return None if minute is None else self._days[minute // MINUTES] + self._times[minute % MINUTES]

    def day(self, minute: int) -> str:
        """The local day of a moment."""
        return self._days[max(0, minute - LOCAL) // MINUTES]

    def moment(self, minute: int) -> datetime:
        """A moment as Python has it."""
        return self.first.astimezone(UTC) + timedelta(minutes=minute)

    def today(self) -> date:
        """The local day of now."""
        return self.moment(self.now - LOCAL).date()
