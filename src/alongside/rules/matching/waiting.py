"""How long people wait for a peer, counted fairly while some still wait, and whether one group waits longer.

Who still waits, or left before a match, has waited *at least* so long. A median of the matched alone flatters, so both
count until the day they were last seen (censored times).

- Median: E. L. Kaplan and P. Meier, "Nonparametric Estimation from Incomplete Observations", J. American Statistical
  Association 53 (1958) 457-481; its interval: R. Brookmeyer and J. Crowley, Biometrics 38 (1982) 29-41, with
  Greenwood's variance on the log(-log) scale.
- Comparison: the log-rank test, N. Mantel, Cancer Chemotherapy Reports 50 (1966) 163-170; several groups at once by
  S. Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian J. of Statistics 6 (1979) 65-70.
"""

from collections.abc import Mapping, Sequence
from math import erfc, exp, log, sqrt
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from alongside.rules.measures import Z_95

LEAST_EXPECTED: Final = 5
"""Fewer expected matches on either side make the normal approximation of the test poor; then nothing is said."""
HALF: Final = 0.5 + 1e-12
"""A product of fractions that is one half may come out a hair above it."""


class Wait(NamedTuple):
    """One wait: whole days, and whether a match ended it."""

    days: int
    is_matched: bool


class Median(NamedTuple):
    """Days until half are matched, with the 95 % interval. None: not reached so far, "more than has been seen"."""

    days: int | None
    low: int | None
    high: int | None


def median_wait(waits: Sequence[Wait]) -> Median:
    """The Kaplan-Meier median; for nobody at all, three Nones.

    >>> median_wait([Wait(days, True) for days in range(1, 20)])
    Median(days=10, low=5, high=14)
    """
    days, matched, at_risk = _table(waits)
    waiting, greenwood = 1.0, 0.0
    middle: int | None = None
    low: int | None = None
    high: int | None = None
    for day, hits, risk in zip(days.tolist(), matched.tolist(), at_risk.tolist(), strict=True):
        if not hits:
            continue
        waiting *= 1 - hits / risk
        if middle is None and waiting <= HALF:
            middle = day
        if waiting <= 0:  # the last of all was matched: no band is left on either side
            low, high = (day if low is None else low), (day if high is None else high)
            break
        greenwood += hits / (risk * (risk - hits))
        bend = Z_95 * sqrt(greenwood) / abs(log(waiting))
        lower, upper = (waiting ** exp(sign * bend) for sign in (1, -1))
        if low is None and lower <= 0.5:
            low = day
        if high is None and upper <= 0.5:
            high = day
    return Median(middle, low, high)


def log_rank(group: Sequence[Wait], rest: Sequence[Wait]) -> float | None:
    """How much longer a group waits than the rest, in standard errors (above 0: longer); None where too few matches
    are to be expected. Under no difference it is close to standard normal."""
    days, hits, risk = _table([*group, *rest])
    _, own_hits, own_risk = _table(group, days)
    happened = hits > 0
    hits, risk, own_hits, own_risk = (part[happened].astype(float) for part in (hits, risk, own_hits, own_risk))
    expected = hits * own_risk / risk
    if min(expected.sum(), hits.sum() - expected.sum()) < LEAST_EXPECTED:
        return None
    several = risk > 1
    hits, risk, own_risk = hits[several], risk[several], own_risk[several]
    variance = (hits * (own_risk / risk) * (1 - own_risk / risk) * (risk - hits) / (risk - 1)).sum()
    if variance <= 0:
        return None
    return float((expected.sum() - own_hits.sum()) / sqrt(variance))


def chance_of(longer: float) -> float:
    """One-sided p: how often no difference at all would give so much or more."""
    return erfc(longer / sqrt(2)) / 2


def find_significant(chances: Mapping[str, float], level: float = 0.05) -> set[str]:
    """Which of several one-sided p stay below the level together (Holm): in at most `level` of runs is any false."""
    found: set[str] = set()
    for number, (name, chance) in enumerate(sorted(chances.items(), key=lambda item: (item[1], item[0]))):
        if chance > level / (len(chances) - number):
            break
        found.add(name)
    return found


_Ints = npt.NDArray[np.int64]


def _table(waits: Sequence[Wait], days: _Ints | None = None) -> tuple[_Ints, _Ints, _Ints]:
    """(different days in order, matches on each, people who had waited until then)."""
    times = np.array([wait.days for wait in waits], dtype=np.int64)
    ends = np.array([wait.is_matched for wait in waits], dtype=bool)
    if days is None:
        days = np.unique(times)
    hits = np.bincount(np.searchsorted(days, times[ends]), minlength=len(days))
    at_risk = len(times) - np.searchsorted(np.sort(times), days)
    return days, hits.astype(np.int64), at_risk.astype(np.int64)
