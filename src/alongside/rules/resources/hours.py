"""Opening hours: which days a schedule of HSDS names, whether something is open now, until when, and when next.

A schedule is a rule as in iCalendar (RFC 5545) with times of day. Those times are the clock on the wall at the place:
nine o'clock is nine o'clock also in the week in which clocks change.
"""

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any

from .checking import read_day
from .clock import read_time
from .hsds import Values
from .needs import fold

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY = 1440
AHEAD = 7
"""Days that are looked ahead for the next opening."""
ALL_DAY = ("24 hours", "24 hour", "24/7", "24 horas", "24hrs", "24 hrs", "las 24")
MOST_COUNTED = 3700
"""Days that are counted through for a rule that ends after so many times."""

OPEN, CLOSED, UNKNOWN = "open", "closed", "unknown"


@dataclass(frozen=True)
class Hours:
    """One schedule, ready to be asked. `opens` and `closes` in minutes of the day; `closes` may be 1440 or earlier than
    `opens`, which is then the next day. `days`: (which one of the month or 0, weekday from Monday 0)."""

    opens: int
    closes: int
    freq: str = "WEEKLY"
    days: tuple[tuple[int, int], ...] = ()
    interval: int = 1
    start: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    count: int = 0
    week_start: int = 0
    month_days: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    offset: int | None = None
    is_closed: bool = False


@dataclass(frozen=True)
class Now:
    """`state`: open, closed or unknown (call first). `until` when open, None if it never closes; else `opens_at`."""

    state: str
    until: datetime | None = None
    opens_at: datetime | None = None


def normalize(schedule: Values) -> Hours | None:
    """A schedule as `Hours`; None when it does not tell both days and times."""
    text = fold(" ".join(str(schedule.get(name) or "") for name in ("description", "notes", "original_text")))
    opens, closes = read_time(schedule.get("opens_at")), read_time(schedule.get("closes_at"))
    is_closed = str(schedule.get("closed", "")).strip().lower() in ("true", "1", "yes", "y")
    if is_closed or (opens is None and closes is None and any(word in text for word in ALL_DAY)):
        opens, closes = (0, None), (DAY, None)
    if opens is None or closes is None or opens[0] == DAY:
        return None
    if opens[0] == closes[0]:
        if opens[0] != 0:
            return None
        closes = (DAY, closes[1])
    if opens[0] == 0 and closes[0] == DAY - 1:
        closes = (DAY, closes[1])
    return _with_days(schedule, opens, closes, text, is_closed=is_closed)


def _with_days(
    schedule: Values, opens: tuple[int, int | None], closes: tuple[int, int | None], text: str, *, is_closed: bool
) -> Hours | None:
    days = _by_day(schedule.get("byday"))
    month_days = _numbers(schedule.get("bymonthday"))
    year_days = _numbers(schedule.get("byyearday"))
    weeks = _numbers(schedule.get("byweekno"))
    start, first, last = (read_day(schedule.get(name)) for name in ("dtstart", "valid_from", "valid_to"))
    until = read_day(schedule.get("until"))
    ends = [day for day in (last, until) if day]
    freq = str(schedule.get("freq") or "").upper()
    interval = _whole(schedule.get("interval")) or 1
    if not (days or month_days or year_days):
        if start and freq == "WEEKLY":
            days = ((0, start.weekday()),)
        elif start and freq == "MONTHLY":
            month_days = (start.day,)
        elif freq == "DAILY" or (closes[0] == DAY and any(word in text for word in ALL_DAY)) or (first and last):
            days = tuple((0, day) for day in range(7))
        else:
            return None
    if interval > 1 and not (start or first):
        return None
    week_start = str(schedule.get("wkst") or "MO").upper()
    return Hours(
        opens[0], closes[0], "MONTHLY" if freq == "MONTHLY" else "WEEKLY",
        days, interval, start, first, min(ends) if ends else None, _whole(schedule.get("count")) or 0,
        DAYS.index(week_start) if week_start in DAYS else 0, month_days, year_days, weeks,
        opens[1] if opens[1] is not None else _zone(schedule.get("timezone")), is_closed,
    )  # fmt: skip


def _by_day(value: object) -> tuple[tuple[int, int], ...]:
    found = []
    for part in str(value or "").upper().replace(";", ",").split(","):
        part = part.strip()
        number, name = part[:-2].strip(), part[-2:]
        if name in DAYS and (not number or number.lstrip("+-").isdigit()) and len(number) < 4:
            found.append((int(number) if number else 0, DAYS.index(name)))
    return tuple(found)


def _numbers(value: object) -> tuple[int, ...]:
    parts = str(value if value is not None else "").split(",")
    return tuple(int(part) for part in map(str.strip, parts) if part.lstrip("+-").isdigit() and len(part) < 5)


def _whole(value: object) -> int:
    found = _numbers(value)
    return found[0] if len(found) == 1 and 0 < found[0] < 1000 else 0


def _zone(value: object) -> int | None:
    """A zone as hours from UTC, such as -5 or "-05:00"."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= 14:
        return int(value * 60)
    if isinstance(value, str) and (found := read_time(f"00:00{value.strip()}")):
        return found[1]
    return None


def falls_on(hours: Hours, day: date) -> bool:
    """Whether the schedule names this day."""
    if (hours.valid_from and day < hours.valid_from) or (hours.valid_to and day > hours.valid_to):
        return False
    if hours.start and day < hours.start:
        return False
    if not (_named(hours, day) and _in_turn(hours, day)):
        return False
    return not hours.count or _is_within_count(hours, day)


def _named(hours: Hours, day: date) -> bool:
    in_month = calendar.monthrange(day.year, day.month)[1]
    in_year = 366 if calendar.isleap(day.year) else 365
    if hours.month_days and not {day.day, day.day - in_month - 1} & set(hours.month_days):
        return False
    place = day.timetuple().tm_yday
    if hours.year_days and not {place, place - in_year - 1} & set(hours.year_days):
        return False
    if hours.weeks and day.isocalendar().week not in hours.weeks:
        return False
    if not hours.days:
        return bool(hours.month_days or hours.year_days)
    nth, nth_from_end = (day.day - 1) // 7 + 1, -((in_month - day.day) // 7 + 1)
    return any(weekday == day.weekday() and number in (0, nth, nth_from_end) for number, weekday in hours.days)


def _in_turn(hours: Hours, day: date) -> bool:
    anchor = hours.start or hours.valid_from
    if hours.interval == 1 or anchor is None:
        return True
    if hours.freq == "MONTHLY":
        return ((day.year - anchor.year) * 12 + day.month - anchor.month) % hours.interval == 0
    return ((_week(day, hours.week_start) - _week(anchor, hours.week_start)).days // 7) % hours.interval == 0


def _week(day: date, week_start: int) -> date:
    return day - timedelta(days=(day.weekday() - week_start) % 7)


def _is_within_count(hours: Hours, day: date) -> bool:
    first = hours.start or hours.valid_from
    if first is None or (day - first).days > MOST_COUNTED:
        return first is None
    before = sum(
        1 for number in range((day - first).days)
        if _named(hours, one := first + timedelta(days=number)) and _in_turn(hours, one)
    )  # fmt: skip
    return before < hours.count


def now(schedules: Sequence[Hours], at: datetime, zone: tzinfo) -> Now:
    """Whether something with these schedules is open at a moment. `zone` is where it is.

    Without a schedule that tells days and times, or when all of them are over, nobody knows: call first.
    """
    today = at.astimezone(zone).date()
    usable = [one for one in schedules if not one.is_closed]
    if not any(not one.valid_to or one.valid_to >= today for one in usable):
        return Now(UNKNOWN)
    spans = list(_spans(schedules, usable, today - timedelta(days=1), AHEAD + 2, zone))
    end = None
    for start, stop in spans:
        if (end is None and start <= at < stop) or (end is not None and start <= end < stop):
            end = stop
    if end is None:
        later = [start for start, _stop in spans if start > at]
        return Now(CLOSED, opens_at=min(later).astimezone(zone) if later else None)
    for_ever = end - at >= timedelta(days=AHEAD - 1)
    return Now(OPEN, until=None if for_ever else end.astimezone(zone))


def is_open(schedules: Sequence[Hours], at: datetime, zone: tzinfo) -> bool:
    """The same as `now(...).state == OPEN`, and faster on a day without anything odd: for long lists."""
    here = at.astimezone(zone)
    around = {(here + timedelta(days=days)).utcoffset() for days in (-2, 0, 2)}
    if len(around) > 1 or any(one.is_closed or one.offset is not None for one in schedules):
        return now(schedules, at, zone).state == OPEN
    today, minute = here.date(), here.hour * 60 + here.minute
    for one in schedules:
        if one.closes > one.opens:
            if one.opens <= minute < one.closes and falls_on(one, today):
                return True
        elif (minute >= one.opens and falls_on(one, today)) or (
            minute < one.closes and falls_on(one, today - timedelta(days=1))
        ):
            return True
    return False


def join(found: Iterable[Hours]) -> tuple[Hours, ...]:
    """Schedules that differ only in their weekdays as one; old lists have a row for each day of the week."""
    joined: dict[Hours, list[tuple[int, int]]] = {}
    for one in found:
        joined.setdefault(replace(one, days=()) if one.days else one, []).extend(one.days)
    return tuple(replace(one, days=tuple(sorted(set(days)))) for one, days in joined.items())


def _spans(
    schedules: Sequence[Hours], usable: Sequence[Hours], first: date, days: int, zone: tzinfo
) -> Iterable[tuple[datetime, datetime]]:
    shut = [one for one in schedules if one.is_closed]
    found = []
    for number in range(days):
        day = first + timedelta(days=number)
        if any(falls_on(one, day) for one in shut):
            continue
        for one in usable:
            if falls_on(one, day):
                of_place = _zone_of(one, zone, day)
                over = day + timedelta(days=1) if one.closes <= one.opens or one.closes == DAY else day
                found.append(
                    (
                        _moment(day, one.opens, of_place, closes=False),
                        _moment(over, one.closes % DAY, of_place, closes=True),
                    )
                )
    return sorted(found)


def _zone_of(hours: Hours, zone: tzinfo, day: date) -> tzinfo:
    """The zone of the place. An offset of a feed that is none of the zone's own, in winter or summer, means another."""
    if hours.offset is None:
        return zone
    own = {datetime(day.year, month, 1, 12, tzinfo=zone).utcoffset() for month in (1, 7)}
    offset = timedelta(minutes=hours.offset)
    return zone if offset in own else timezone(offset)


def _moment(day: date, minutes: int, zone: tzinfo, *, closes: bool) -> datetime:
    """Of a time that comes twice, opening is the first and closing the second; one left out comes an hour later."""
    clock = datetime.combine(day, time(minutes // 60, minutes % 60), zone)
    first = clock.astimezone(UTC)
    return max(first, clock.replace(fold=1).astimezone(UTC)) if closes else first


def pack(hours: Hours) -> Values:
    """As plain values for a database, without what is as usual."""
    usual = Hours(0, 0)
    found: Values = {}
    for name, value in vars(hours).items():
        if name in ("opens", "closes") or value != getattr(usual, name):
            found[name] = value.isoformat() if isinstance(value, date) else value
    return found


def unpack(values: Mapping[str, Any]) -> Hours:
    """What `pack` made, also after a database turned tuples into lists."""
    made = dict(values)
    for name in ("start", "valid_from", "valid_to"):
        if name in made:
            made[name] = date.fromisoformat(made[name])
    for name in ("month_days", "year_days", "weeks"):
        if name in made:
            made[name] = tuple(made[name])
    if "days" in made:
        made["days"] = tuple((one[0], one[1]) for one in made["days"])
    return Hours(**made)
