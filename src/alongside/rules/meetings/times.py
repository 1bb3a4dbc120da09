"""When a meeting is: by the clock on the wall of its zone, each week, also when clocks change and over midnight.

Days are 0 Sunday to 6 Saturday, as feeds count them. Minutes are those after midnight of the meeting's day.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alongside.rules.wall_clock import ends_at, starts_at

DAY = 1440
WHENS = ("now", "tonight", "today", "week", "0", "1", "2", "3", "4", "5", "6")
SOON = 60
"""Minutes within which a meeting counts as "now": time to get ready, or to call in."""

EVENING, DEEP_NIGHT, MORNING = 17 * 60, 20 * 60, 5 * 60
"""Tonight is what starts from five in the afternoon until five in the morning, or is still on at eight."""

DAY_NAMES: Mapping[str, int] = {
    name[:length]: number
    for number, name in enumerate(
        ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
    )
    for length in (2, 3, 4, 5, len(name))
} | {
    "domingo": 0, "lunes": 1, "martes": 2, "miércoles": 3, "miercoles": 3, "jueves": 4, "viernes": 5, "sábado": 6,
    "sabado": 6,
}  # fmt: skip
CLOCK = re.compile(r"(\d{1,2})(?::?(\d{2}))?(?::\d{2})?(?:\.\d+)?\s*(?:([ap])\.?\s*m?\.?)?$")


def read_day(value: object) -> int | None:
    """A day of the week from a number, digits or a name in English or Spanish; 7 is Sunday. None for anything else.

    >>> read_day("Tuesday"), read_day("0"), read_day(7), read_day("someday")
    (2, 0, 0, None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    words = str(value).strip().lower().rstrip("s.") if isinstance(value, int | str) else ""
    words = {"tue": "tuesday", "wedne": "wednesday", "lune": "lunes", "marte": "martes", "jueve": "jueves",
             "vierne": "viernes", "miércole": "miércoles", "miercole": "miercoles"}.get(words, words)  # fmt: skip
    if words in ("0", "1", "2", "3", "4", "5", "6", "7"):
        return int(words) % 7
    return DAY_NAMES.get(words)


def read_clock(value: object) -> int | None:
    """Minutes after midnight, in 24 or 12 hours; 24:00 is 1440. None for what is no time of day.

    >>> read_clock("18:30"), read_clock("6:30 pm"), read_clock("noon"), read_clock("24:00"), read_clock("25:00")
    (1110, 1110, 720, 1440, None)
    """
    words = value.strip().lower() if isinstance(value, str) else ""
    if words in ("noon", "mediodía", "mediodia", "midnight", "medianoche"):
        return 720 if words in ("noon", "mediodía", "mediodia") else 0
    found = CLOCK.match(words) if len(words) < 30 else None
    if not found or (found[2] is None and found[3] is None):
        return None
    hours, minutes, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half == "p" else 0)
    total = hours * 60 + minutes
    return total if minutes < 60 and total <= DAY else None


def known_zone(name: str) -> ZoneInfo | None:
    """The zone of this name, or None: also for names that are paths."""
    try:
        return ZoneInfo(name) if re.fullmatch(r"[A-Za-z][A-Za-z0-9_+\-/]{1,50}", name) else None
    except (ValueError, OSError, KeyError):
        return None


FIRST_DAYS = ("", "monday", "sunday")
"""What staff may say of a list that writes its days as numbers, of which one is 1; "" where nobody said."""


def day_of(day: date) -> int:
    """The number feeds give this day: 0 Sunday."""
    return day.isoweekday() % 7


def day_run(days: Iterable[int]) -> tuple[int, int] | None:
    """The first and the last of three days or more in a row, also over the end of a week; None for any others.

    >>> day_run(range(7)), day_run([1, 2, 3, 4, 5]), day_run([0, 5, 6]), day_run([1, 3, 5]), day_run([1, 2])
    ((0, 6), (1, 5), (5, 0), None, None)
    """
    several = set(days)
    begins = [day for day in several if (day - 1) % 7 not in several] or [0]
    if len(several) < 3 or len(begins) > 1:
        return None
    return begins[0], (begins[0] + len(several) - 1) % 7


@dataclass(frozen=True, order=True)
class Window:
    """Meetings of a day that start from `first` to `last`, and end after `ends_after` or by `ends_by` where given."""

    day: int
    first: int
    last: int
    ends_after: int = -1
    ends_by: int = 4 * DAY


def list_windows(when: str, here: datetime) -> tuple[Window, ...]:
    """What to look for, in the order in which it comes. `here`: the moment now by the clock of the meetings' zone.

    Raises KeyError for a `when` that is none of `WHENS`.
    """
    if when not in WHENS:
        raise KeyError(when)
    today, minute = day_of(here.date()), here.hour * 60 + here.minute
    before, after = (today - 1) % 7, (today + 1) % 7
    # No meeting is longer than a day, so what began yesterday and is still on began later than now yesterday.
    still_on = Window(before, minute, DAY - 1, ends_after=minute + DAY)
    if when == "now":
        soon = minute + SOON
        found = [still_on, Window(today, 0, min(soon, DAY - 1), ends_after=minute)]
        return (*found, Window(after, 0, soon - DAY)) if soon >= DAY else tuple(found)
    if when == "tonight":
        if minute < MORNING:
            return still_on, Window(today, 0, MORNING - 1, ends_after=minute)
        return (
            Window(today, 0, EVENING - 1, ends_after=max(minute, DEEP_NIGHT)),
            Window(today, EVENING, DAY - 1, ends_after=minute),
            Window(after, 0, MORNING - 1),
        )
    if when == "today":
        return still_on, Window(today, 0, DAY - 1, ends_after=minute)
    rest, gone = Window(today, 0, DAY - 1, ends_after=minute), Window(today, 0, DAY - 1, ends_by=minute)
    if when == "week":
        ahead = (Window((today + days) % 7, 0, DAY - 1) for days in range(1, 6))
        return still_on, rest, *ahead, Window(before, 0, DAY - 1, ends_by=minute + DAY), gone
    return (rest, gone) if int(when) == today else (Window(int(when), 0, DAY - 1),)


def minutes_ahead(day: int, starts: int, ends: int, here_day: int, here_minute: int) -> int:
    """How many minutes on the wall until it begins; of one that is on, how many since then, below 0.

    >>> minutes_ahead(1, 600, 660, 1, 540), minutes_ahead(1, 600, 660, 1, 630), minutes_ahead(1, 600, 660, 1, 661)
    (60, -30, 10019)
    """
    ahead = ((day - here_day) % 7) * DAY + starts - here_minute
    length = ends - starts
    if ahead + length <= 0:
        return ahead + 7 * DAY
    return ahead - 7 * DAY if ahead - 7 * DAY + length > 0 else ahead


def is_in(windows: Iterable[Window], day: int, starts: int, ends: int) -> bool:
    """Whether one of the windows holds a meeting."""
    return any(
        one.day == day and one.first <= starts <= one.last and one.ends_after < ends <= one.ends_by for one in windows
    )


def group_zones(zones: Iterable[str], when: str, now: datetime) -> dict[tuple[Window, ...], list[str]]:
    """Windows -> the zones in which they are what is looked for: zones whose clocks agree now are asked together."""
    found: dict[tuple[Window, ...], list[str]] = {}
    for name in sorted(set(zones)):
        if zone := known_zone(name):
            found.setdefault(list_windows(when, now.astimezone(zone)), []).append(name)
    return found


def moments_of(day: date, starts: int, ends: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Start and end on one day. A meeting lasts its minutes whatever clocks do; one of 24 hours ends as it began."""
    at = time(starts // 60 % 24, starts % 60)
    begins = starts_at(day, at, zone)
    length = ends - starts
    if length % DAY == 0:
        return begins, starts_at(day + timedelta(days=length // DAY), at, zone)
    return begins, ends_at(day, at, zone, length)


def next_moments(day: int, starts: int, ends: int, zone: ZoneInfo, now: datetime) -> tuple[datetime, datetime]:
    """Start and end of the meeting that is on now, or of the next one.

    >>> zone = ZoneInfo("America/Los_Angeles")
    >>> [one.isoformat() for one in next_moments(0, 570, 630, zone, datetime(2026, 3, 7, 20, tzinfo=UTC))]
    ['2026-03-08T09:30:00-07:00', '2026-03-08T10:30:00-07:00']
    """
    today = now.astimezone(zone).date()
    first = today + timedelta(days=(day - day_of(today)) % 7 - 7)
    while True:
        moments = moments_of(first, starts, ends, zone)
        if moments[1].astimezone(UTC) > now.astimezone(UTC):
            return moments
        first += timedelta(days=7)


def is_stale(updated_at: datetime | None, now: datetime, days: int = 730) -> bool:
    """Whether nobody touched the entry for so long that one should ask before going; False when nobody says."""
    return updated_at is not None and now - updated_at > timedelta(days=days)


UNREAD, FEWEST_UNREAD = timedelta(days=30), timedelta(days=3)


def is_unread(good_at: datetime | None, now: datetime, *, every_hours: int, has_problem: bool) -> bool:
    """Whether a whole list was not seen for so long that one should ask before going.

    After a month, however it comes; one that is asked by itself and fails after three tries, but not within three days:
    a meeting of every week does not move over night, and a site that rests on a Sunday is no reason to doubt it.
    """
    if good_at is None:
        return False
    longest = UNREAD
    if has_problem and every_hours:
        longest = min(UNREAD, max(FEWEST_UNREAD, timedelta(hours=3 * every_hours)))
    return now - good_at > longest
