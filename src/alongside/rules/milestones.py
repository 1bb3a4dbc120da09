"""Time in recovery as the person counts it: in chapters, of which none is ever taken back.

A restart ends a chapter and begins the next one. What was built is the sum of all chapters, so it never becomes less,
and a mark once reached stays reached (tenet 2: no streak is reset in a way that erases what was built).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

MARKS = (1, 7, 14, 30, 60, 90, 180, 270, 365)
"""Days that many people like to notice; after a year, each further one."""


@dataclass(frozen=True)
class Chapter:
    """A stretch of days, the first and the last day included; `last` None: it goes on."""

    first: date
    last: date | None = None


@dataclass(frozen=True)
class Built:
    """`days` in all chapters, each day once; `now` those of the open chapter, or None; `reached` the marks, in days."""

    days: int
    now: int | None
    reached: tuple[int, ...]
    next_mark: int | None


def is_possible(first: date, last: date | None, today: date) -> bool:
    """Whether a chapter can be: it begins today or earlier, and ends neither before it begins nor in the future."""
    return first <= today and (last is None or first <= last <= today)


def count(chapters: Iterable[Chapter], today: date) -> Built:
    """What was built until today. Days that two chapters share count once; days to come count not yet.

    >>> count([Chapter(date(2026, 1, 1), date(2026, 1, 30)), Chapter(date(2026, 2, 3))], date(2026, 2, 5))
    Built(days=33, now=3, reached=(1, 7, 14, 30), next_mark=60)
    """
    days, covered, now = 0, date.min, None
    for one in sorted(chapters, key=lambda chapter: chapter.first):
        last = min(one.last or today, today)
        if one.last is None:
            now = max((today - one.first).days + 1, 0)
        first = max(one.first, covered + timedelta(days=1) if covered > date.min else one.first)
        if first <= last:
            days += (last - first).days + 1
            covered = last
    return Built(days, now, reached(days), None if now is None else next_mark(days))


def reached(days: int) -> tuple[int, ...]:
    """The marks that so many days have reached, in days."""
    years = tuple(365 * year for year in range(2, days // 365 + 1))
    return tuple(mark for mark in MARKS if mark <= days) + years


def next_mark(days: int) -> int:
    """The mark that comes next."""
    return next((mark for mark in MARKS if mark > days), (days // 365 + 1) * 365)
