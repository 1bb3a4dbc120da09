"""Events: whom they are for, observances of the year, when a reminder is due, which month is shown.

An event is kept by the clock on the wall of its program: a day and a time for its beginning and for its end.
"""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .wall_clock import exists, starts_at

AUDIENCES = ("public", "program", "loved_ones", "peers")
"""Everybody · all of the program · people who are here for somebody they love · peers."""

ACCESS = ("step_free", "restroom", "transit", "asl", "captions", "quiet_room", "children")
MOST = 2000
LONGEST_DAYS = 31
ARRANGE = frozenset({"supervisor", "coordinator", "director"})
OBSERVED_MONTHS = {"mentoring_month": 1, "recovery_month": 9}
"""National Mentoring Month is January, National Recovery Month September: each year, in the United States."""

READY = (*OBSERVED_MONTHS, "sober_social")
"""Events for which words are ready when somebody writes a new one."""

REMIND_FROM = time(9)
KEPT_DAYS = 30
"""So long after an event is over are the names of those who would come kept; then only numbers are."""


def list_audiences(roles: Collection[str], kinds: Collection[str]) -> frozenset[str]:
    """The audiences whose events somebody may see and come to. `kinds`: for what reasons they are here now.

    >>> sorted(list_audiences([], [])), sorted(list_audiences(["participant"], ["loved_one"]))
    (['public'], ['loved_ones', 'program', 'public'])
    """
    found, roles = {"public"}, set(roles)
    if roles & ARRANGE:
        return frozenset(AUDIENCES)
    if "peer" in roles:
        found |= {"program", "peers"}
    if "participant" in roles and kinds:
        found.add("program")
        if "loved_one" in kinds:
            found.add("loved_ones")
    return frozenset(found)


@dataclass(frozen=True)
class Hours:
    """When an event is, by the clock on the wall."""

    on_day: date
    at_time: time
    until_day: date
    until_time: time
    zone: ZoneInfo

    @property
    def starts_at(self) -> datetime:
        """The moment it begins."""
        return starts_at(self.on_day, self.at_time, self.zone)

    @property
    def ends_at(self) -> datetime:
        """The moment it ends."""
        return starts_at(self.until_day, self.until_time, self.zone)

    @property
    def minutes(self) -> int:
        """How long it really is, whatever the clocks do in between."""
        return int((self.ends_at.astimezone(UTC) - self.starts_at.astimezone(UTC)) / timedelta(minutes=1))


def why_not_hours(hours: Hours) -> tuple[str, str]:
    """(field, code) of what cannot be: `left_out`, `ends_first`, `too_long`; two empty strings when all fits.

    >>> why_not_hours(Hours(date(2026, 3, 8), time(2, 30), date(2026, 3, 8), time(4), ZoneInfo("America/Chicago")))
    ('at_time', 'left_out')
    """
    if not exists(hours.on_day, hours.at_time, hours.zone):
        return "at_time", "left_out"
    if not exists(hours.until_day, hours.until_time, hours.zone):
        return "until_time", "left_out"
    if (hours.until_day, hours.until_time) <= (hours.on_day, hours.at_time):
        return ("until_day" if hours.until_day < hours.on_day else "until_time"), "ends_first"
    if hours.until_day - hours.on_day > timedelta(days=LONGEST_DAYS):
        return "until_day", "too_long"
    return "", ""


def next_month_of(code: str, today: date) -> tuple[date, date]:
    """The first and the last day of an observance: of this year's while it lasts or is ahead, else of next year's.

    >>> next_month_of("recovery_month", date(2026, 11, 29))
    (datetime.date(2027, 9, 1), datetime.date(2027, 9, 30))
    """
    month = OBSERVED_MONTHS[code]
    year = today.year + (today.month > month)
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def observance_of(month: int) -> str:
    """The observance of a month, or nothing."""
    return next((code for code, number in OBSERVED_MONTHS.items() if number == month), "")


def read_month(text: str) -> tuple[int, int] | None:
    """(year, month) of "2027-01", or None for anything else.

    >>> read_month("2027-01"), read_month("2027-13"), read_month("x")
    ((2027, 1), None, None)
    """
    year, _, month = text.partition("-")
    if not (len(text) == 7 and len(year) == 4 and text.isascii() and year.isdigit() and month.isdigit()):
        return None
    return (int(year), int(month)) if 1 <= int(month) <= 12 and int(year) else None


def is_reminder_due(hours: Hours, now: datetime) -> bool:
    """Whether it is the day before, from nine by the clock on the wall."""
    there = now.astimezone(hours.zone)
    return hours.on_day - there.date() == timedelta(days=1) and there.time() >= REMIND_FROM
