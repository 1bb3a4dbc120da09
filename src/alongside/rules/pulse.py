"""Somebody falls silent, or their check-ins fall: found against what is usual for this very person, never as a label.

Both only put a name on a peer's Today, with the reason. They judge no risk, and nobody is compared with anybody else.

**Silence.** With `enough` check-ins, the longest of the latest pauses between them is known. Silence is noticed when
nothing came for `silence_times` that pause, and for `silence_days` at least. Whatever the habit, if pauses come in no
order, the chance that the next exceeds the longest of n is 1 / (n + 1). For pauses without any habit at all
(exponential: the worst case that is reasonable), twice the longest of n is exceeded with 2 / ((n + 1)(n + 2)): 6.7 % of
pauses at 4, 2.2 % at 8. Before there are enough, the peer's own cadence is what holds.

**Drop.** Only questions that were answered in both of the latest two check-ins count, and earlier check-ins that
answered them all: skipping never looks like falling. Of those earlier ones (`USUAL` at most, `enough` at least) the
level has a mean and a spread. A drop: both of the latest two lie below the mean, and the mean of the two lies below it
by `drop_percent` of the scale and by `drop_surety` standard errors of the difference. Moods have a memory: a low week
follows a low week though nothing changed. The error of the difference is therefore that of a series whose neighbours
correlate (first order, by the person's own lag-1 correlation, corrected for what few answers make of it, `MOST_MEMORY`
at most); without memory it is s * sqrt(1/2 + 1/n). The spread is never taken as less than `LEAST_SPREAD`, for five
equal answers are no proof that somebody always feels the same.

One fall is noticed once: it lasts until the level is back half-way, or for `FALL_LASTS` check-ins, after which it is
what is usual. `tests/rules/test_pulse.py` measures silence and falls against noise without and with memory: of the
check-ins of people who do not change at most 2 in 100 look like a drop. Who checks in each week and never changes is
named about once in four years if their moods have no memory, and about once in two years if they have much (0.8).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import sqrt
from statistics import fmean, stdev

from alongside.rules.check_in import CheckInPolicy

REMEMBERED = 8
"""So many pauses are looked at: what was usual a year ago is not usual now."""

USUAL = 26
"""So many earlier check-ins say what level is usual: half a year of weeks, for memory cannot be seen in fewer."""

FALL_LASTS = 8
"""After so many check-ins a lower level is what is usual."""

NEEDED = USUAL + 2 + 2 * FALL_LASTS
"""So many latest check-ins are enough to answer both questions."""

MOST_MEMORY = 0.85
"""The highest correlation between neighbours that is believed."""

LEAST_SPREAD = 0.08
"""A third of one step on a scale of five."""


@dataclass(frozen=True)
class Answered:
    """One check-in: its local day, the answers by question, and the scale on which they were given."""

    on: date
    answers: Mapping[str, int]
    scale: int

    def level(self, questions: Sequence[str]) -> float:
        """The mean of these answers, from 0 (lowest) to 1 (best).

        >>> Answered(date(2026, 3, 1), {"mood": 3, "home": 5}, 5).level(["mood", "home"])
        0.75
        """
        return fmean((self.answers[one] - 1) / (self.scale - 1) for one in questions)


def quiet_from(days: Sequence[date], policy: CheckInPolicy) -> date | None:
    """The first day on which it is silence if nothing more comes; None while too little is known. Days in order."""
    distinct = sorted(set(days))
    if len(distinct) < policy.enough:
        return None
    latest = distinct[-(REMEMBERED + 1) :]
    longest = max((after - before).days for before, after in pairwise(latest))
    return distinct[-1] + timedelta(days=max(policy.silence_days, policy.silence_times * longest) + 1)


def has_dropped(check_ins: Sequence[Answered], policy: CheckInPolicy) -> bool:
    """Whether the latest two lie well below what is usual for this person. Check-ins in order of time."""
    return _find_drop(check_ins, policy) is not None


def find_fall(check_ins: Sequence[Answered], policy: CheckInPolicy) -> int | None:
    """Which check-in showed the fall that still lasts; None without one. Check-ins in order of time.

    >>> days = [Answered(date(2026, 3, day), {"mood": 5 if day < 9 else 1}, 5) for day in range(1, 12)]
    >>> find_fall(days, CheckInPolicy()), find_fall(days[:9], CheckInPolicy())
    (9, None)
    """
    falls = list_falls(check_ins, policy)
    return falls[-1][0] if falls and falls[-1][1] is None else None


def list_falls(check_ins: Sequence[Answered], policy: CheckInPolicy) -> list[tuple[int, int | None]]:
    """Every fall: the check-in that showed it, and the one that ended it, if one did."""
    falls: list[tuple[int, int | None]] = []
    half_way = 0.0
    for number, latest in enumerate(check_ins):
        lasts = bool(falls) and falls[-1][1] is None
        if lasts and (number - falls[-1][0] >= FALL_LASTS or _level(latest) >= half_way):
            falls[-1] = (falls[-1][0], number)
        elif not lasts and (drop := _find_drop(check_ins[: number + 1], policy)):
            falls.append((number, None))
            half_way = fmean(drop)
    return falls


def _level(one: Answered) -> float:
    """The level of everything that was answered; the lowest for nothing, which ends no fall."""
    return one.level(list(one.answers)) if one.answers else 0.0


def _find_drop(check_ins: Sequence[Answered], policy: CheckInPolicy) -> tuple[float, float] | None:
    """What was usual and what is now, where the latest two are a drop."""
    if len(check_ins) < policy.enough + 2:
        return None
    latest = check_ins[-2:]
    questions = [one for one in latest[0].answers if one in latest[1].answers]
    if not questions:
        return None
    earlier = [one for one in check_ins[:-2] if all(each in one.answers for each in questions)][-USUAL:]
    if len(earlier) < policy.enough:
        return None
    levels = [one.level(questions) for one in earlier]
    now = [one.level(questions) for one in latest]
    usual, is_now = fmean(levels), fmean(now)
    is_low = max(now) < usual and usual - is_now >= policy.drop_percent / 100
    return (usual, is_now) if is_low and usual - is_now >= policy.drop_surety * _error(levels) else None


def _error(levels: Sequence[float]) -> float:
    """The standard error of the difference between the mean of these and that of the next two, if nothing changed."""
    n, memory = len(levels), _memory(levels)
    # Each sum is over the correlations, memory ** distance, of all pairs among the earlier, the two, and between them.
    earlier = (n + 2 * sum((n - gap) * memory**gap for gap in range(1, n))) / n**2
    two = (1 + memory) / 2
    between = sum(memory**gap + memory ** (gap + 1) for gap in range(1, n + 1)) / (2 * n)
    # Neighbours that resemble each other make the spread of a few look smaller than it is.
    spread = stdev(levels) / sqrt(n / (n - 1) * (1 - earlier))
    return max(spread, LEAST_SPREAD) * sqrt(earlier + two - 2 * between)


def _memory(levels: Sequence[float]) -> float:
    """The correlation between neighbours, by (n r + 1) / (n - 4): few answers make r too low by (1 + 4 r) / n."""
    n, mean = len(levels), fmean(levels)
    squares = sum((one - mean) ** 2 for one in levels)
    if squares < 1e-9:
        return 0.0  # always the same: there is no memory to be seen
    products = sum((before - mean) * (after - mean) for before, after in pairwise(levels))
    return min(MOST_MEMORY, max(0.0, (n * products / squares + 1) / max(1, n - 4)))
