"""Groups of a program: on which days they meet, when somebody may sign themself in, which names may be seen where.

A series is kept by the clock on the wall: Tuesday at six stays Tuesday at six when clocks change. Recurrence is that of
RFC 5545 (section 3.3.10), worked out by python-dateutil; moments come from `rules.wall_clock`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

from alongside.rules.vocabulary import KINDS
from alongside.rules.wall_clock import ends_at, starts_at

RHYTHMS = ("weekly", "biweekly", "monthly")
"""`monthly`: the same weekday of the month as the first day; the second Tuesday, or the last where it is a fifth."""
FOR_WHOM = (*KINDS, "everybody")
"""Participants and loved ones are kept apart, unless a program says otherwise for one group."""
MOST = 60
"""People in one group at most: what one sheet and one page can show."""
LONGEST = timedelta(days=20 * 365)
"""So long a series is looked at: each day of it is found by counting from the first."""
EARLY = timedelta(minutes=15)
"""So long before the start somebody may sign themself in; until the end."""


@dataclass(frozen=True)
class Series:
    """When a group meets: `starts_on` is its first day and says which weekday; `minutes` are real ones."""

    rhythm: str
    starts_on: date
    at: time
    minutes: int
    zone: ZoneInfo
    until_on: date | None = None


@dataclass(frozen=True)
class Change:
    """What was decided about one day of the series: called off, another day or time, or that it was held."""

    on_day: date
    status: str
    day: date
    at: time
    minutes: int


@dataclass(frozen=True)
class Session:
    """One time the group meets. `on_day` is the day by the series, which names it; `day` the one on which it is."""

    on_day: date
    day: date
    at: time
    minutes: int
    status: str
    starts_at: datetime
    ends_at: datetime

    @property
    def is_moved(self) -> bool:
        """Whether it is on another day than the series says."""
        return self.day != self.on_day


# --- days ---------------------------------------------------------------------------------------------------------
def nth_weekday(day: date) -> tuple[int, int]:
    """The weekday (Monday 0) and which one of its month: 1 to 4, or -1 for the last.

    >>> nth_weekday(date(2026, 6, 9)), nth_weekday(date(2026, 6, 30))
    ((1, 2), (1, -1))
    """
    number = (day.day - 1) // 7 + 1
    return day.weekday(), number if number < 5 else -1


def _rule(series: Series) -> rrule:
    begins = datetime.combine(series.starts_on, time())
    ends_on = series.starts_on + min(LONGEST, date.max - series.starts_on)
    until = datetime.combine(min(series.until_on or ends_on, ends_on), time())
    if series.rhythm == "monthly":
        which, number = nth_weekday(series.starts_on)
        return rrule(MONTHLY, dtstart=begins, until=until, byweekday=weekday(which, number))
    return rrule(WEEKLY, dtstart=begins, until=until, interval=2 if series.rhythm == "biweekly" else 1)


def list_days(series: Series, first: date, last: date) -> tuple[date, ...]:
    """The days of the series from `first` to `last`, both included.

    >>> summer = Series("biweekly", date(2026, 6, 2), time(18), 60, ZoneInfo("UTC"))
    >>> [day.isoformat() for day in list_days(summer, date(2026, 6, 3), date(2026, 7, 1))]
    ['2026-06-16', '2026-06-30']
    """
    found = _rule(series).between(datetime.combine(first, time()), datetime.combine(last, time()), inc=True)
    return tuple(moment.date() for moment in found)


def list_sessions(series: Series, changes: Iterable[Change], first: date, last: date) -> tuple[Session, ...]:
    """What is on from `first` to `last`, in the order of time, with what was decided about single days.

    A session that was moved out of these days is not in it, one that was moved into them is. What was held stays, also
    when the series itself was changed since; another decision about a day that is no day any more says nothing.
    """
    decided = {change.on_day: change for change in changes}
    days = set(list_days(series, first, last)) - decided.keys()
    found = [_session(series, Change(day, "planned", day, series.at, series.minutes)) for day in days]
    for change in decided.values():
        if first <= change.day <= last and (change.status == "held" or is_day(series, change.on_day)):
            found.append(_session(series, change))
    return tuple(sorted(found, key=lambda session: (session.starts_at, session.on_day)))


def is_day(series: Series, day: date) -> bool:
    """Whether the group meets on this day by its series."""
    return bool(list_days(series, day, day))


def _session(series: Series, change: Change) -> Session:
    begins = starts_at(change.day, change.at, series.zone)
    ends = ends_at(change.day, change.at, series.zone, change.minutes)
    return Session(change.on_day, change.day, change.at, change.minutes, change.status, begins, ends)


def may_sign_in(session: Session, now: datetime) -> bool:
    """Whether somebody who has a place may say now that they are there."""
    return session.status != "cancelled" and session.starts_at - EARLY <= now <= session.ends_at


def is_over_or_on(session: Session, now: datetime) -> bool:
    """Whether the sheet of this session may be handed in: it has begun, or is about to."""
    return session.status != "cancelled" and now >= session.starts_at - EARLY


# --- for whom -----------------------------------------------------------------------------------------------------
def is_for(for_whom: str, kinds: Collection[str]) -> bool:
    """Whether somebody who is here for these reasons (`vocabulary.KINDS`) may come. Who is not served comes nowhere.

    >>> is_for("own_recovery", {"loved_one"}), is_for("everybody", {"loved_one"}), is_for("everybody", set())
    (False, True, False)
    """
    return bool(kinds) and (for_whom == "everybody" or for_whom in kinds)


# --- names --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Known:
    """Somebody with a place: the name they go by, the one they chose for this group, whether others may see that."""

    id: Any
    goes_by: str
    alias: str = ""
    shows_alias: bool = False


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).casefold().split())


def names_for_leaders(people: Iterable[Known]) -> dict[Any, str]:
    """How each is called on the sheet, in this order: the name chosen for the group, else the first name, or all of it
    where two are alike.

    >>> names_for_leaders([Known(1, "Ana Luz"), Known(2, "Ana Sol"), Known(3, "Ben Day"), Known(4, "Cy", "Blue")])
    {1: 'Ana Luz', 2: 'Ana Sol', 3: 'Ben', 4: 'Blue'}
    """
    known = list(people)
    short = {one.id: one.alias.strip() or (one.goes_by.split() or [""])[0] for one in known}
    often = Counter(_fold(name) for name in short.values())
    called = {
        one.id: one.goes_by if often[_fold(short[one.id])] > 1 and not one.alias.strip() else short[one.id]
        for one in known
    }
    return dict(sorted(called.items(), key=lambda pair: _fold(pair[1])))


def names_for_members(people: Sequence[Known]) -> tuple[str, ...]:
    """What those who have a place may know of one another: the names chosen for the group, if all agreed; else nothing.

    One who does not agree is reason enough, for of a list with one missing everybody would know who it is.

    >>> names_for_members([Known(1, "Ana", "Blue", True), Known(2, "Ben", "Red", False)])
    ()
    """
    if not people or not all(one.shows_alias and one.alias.strip() for one in people):
        return ()
    return tuple(sorted((one.alias.strip() for one in people), key=_fold))


_WORD = re.compile(r"\w+")


def names_in(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Which of these names stand in the text, whole or by their first word, in whatever case and with any accents.

    >>> names_in("Thank you, maría: Rose's idea was good", ["Maria Paz", "Rose", "Will"])
    ('Maria Paz', 'Rose')
    """
    words = _WORD.findall(_fold(text))
    there = set(words)
    running = f" {' '.join(words)} "
    found = []
    for name in dict.fromkeys(names):
        parts = _WORD.findall(_fold(name))
        if parts and ((len(parts[0]) > 1 and parts[0] in there) or f" {' '.join(parts)} " in running):
            found.append(name)
    return tuple(found)


@dataclass(frozen=True)
class Naming:
    """Somebody is named in words that another would read. `of` is whose copy it is; None: the words for all."""

    of: Any
    named: tuple[str, ...]


def find_naming(common: str, own: Mapping[Any, str], names: Mapping[Any, Collection[str]]) -> tuple[Naming, ...]:
    """Where a note for many names one of them: in the words for all, anybody; in words for one, anybody else.

    `own` are words for single people by their id, `names` all names of everybody in the group by theirs.
    """
    found = [Naming(None, names_in(common, [name for of in names.values() for name in of]))]
    for one, text in own.items():
        others = [name for other, of in names.items() if other != one for name in of]
        found.append(Naming(one, names_in(text, others)))
    return tuple(naming for naming in found if naming.named)


def note_for_one(common: str, own: str) -> str:
    """The words one person's copy holds.

    >>> note_for_one("We talked about sleep.", "")
    'We talked about sleep.'
    """
    return "\n\n".join(part for part in (common.strip(), own.strip()) if part)
