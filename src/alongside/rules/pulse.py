"""Somebody falls silent, or their check-ins fall: found against what is usual for this very person, never as a label.

Both only put a name on a peer's Today, with the reason. They judge no risk, and nobody is compared with anybody else.

**Silence.** With `enough` check-ins, the longest of the latest pauses between them is known. Silence is noticed when
nothing came for `silence_times` that pause, and for `silence_days` at least. Whatever the habit, if pauses come in no
order, the chance that the next exceeds the longest of n is 1 / (n + 1). For pauses without any habit at all
(exponential: the worst case that is reasonable), twice the longest of n is exceeded with 2 / ((n + 1)(n + 2)): 6.7 % of
pauses at 4, 2.2 % at 8. Before there are enough, the peer's own cadence is what holds.

**Drop.** Only questions that were answered in both of the latest two check-ins count, and earlier check-ins that
answered them all: skipping never looks like falling. Of those earlier ones (8 at most, `enough` at least) the level has
a mean and a spread. A drop: both of the latest two lie below the mean, and the mean of the two lies below it by
`drop_percent` of the scale and by `drop_surety` standard errors of the difference (two samples, common spread: t =
difference / (s * sqrt(1/2 + 1/n))). The spread is never taken as less than `LEAST_SPREAD`, for five equal answers are
no proof that somebody always feels the same. `tests/rules/test_pulse.py` measures both against noise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import sqrt
from statistics import fmean, stdev

from alongside.rules.check_in import CheckInPolicy

REMEMBERED = 8
"""So many pauses, or earlier check-ins, are looked at: what was usual a year ago is not usual now."""

NEEDED = REMEMBERED + 2
"""So many latest check-ins are enough to answer both questions."""

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
    if len(check_ins) < policy.enough + 2:
        return False
    latest = check_ins[-2:]
    questions = [one for one in latest[0].answers if one in latest[1].answers]
    if not questions:
        return False
    earlier = [one for one in check_ins[:-2] if all(each in one.answers for each in questions)][-REMEMBERED:]
    if len(earlier) < policy.enough:
        return False
    usual = [one.level(questions) for one in earlier]
    now = [one.level(questions) for one in latest]
    fell = fmean(usual) - fmean(now)
    error = max(stdev(usual), LEAST_SPREAD) * sqrt(1 / 2 + 1 / len(usual))
    return max(now) < fmean(usual) and fell >= policy.drop_percent / 100 and fell >= policy.drop_surety * error
