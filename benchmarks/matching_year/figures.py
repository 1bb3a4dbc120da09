"""From the outcomes of several seeds to figures: means, ranges, and paired differences with intervals."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from alongside.rules.matching.fairness import t_quantile
from alongside.rules.matching.waiting import Wait, median_wait

from .simulation import Outcome


@dataclass(frozen=True)
class Measure:
    """One figure of a year: `code`, what the table calls it, and how many decimals."""

    code: str
    title: str
    decimals: int


MEASURES = (
    Measure("wait", "median days waited", 1),
    Measure("long_wait", "longest tenth of the matched", 1),
    Measure("longest", "longest tenth of all", 1),
    Measure("urgent_wait", "median days, urgent", 1),
    Measure("hard_wait", "median days, one other language", 1),
    Measure("gave_up", "gave up, of 100", 1),
    Measure("fit", "mean fit", 1),
    Measure("poor_fit", "fit of the worst tenth", 1),
    Measure("changes", "changes of peer, of 100", 1),
    Measure("declined", "offers not taken, of 100", 1),
    Measure("gini", "unevenness of loads (Gini)", 3),
    Measure("load", "places taken, of 100", 0),
)


def measure(outcome: Outcome) -> dict[str, float]:
    """All figures of one year."""
    days = sorted(wait.days for wait in outcome.waits if wait.is_matched)
    waits = sorted(wait.days for wait in outcome.waits)
    fits, offers = sorted(outcome.fits), sum(outcome.offers.values())
    return {
        "wait": _median(outcome.waits),
        "long_wait": days[int(0.9 * (len(days) - 1))],
        "longest": waits[int(0.9 * (len(waits) - 1))],
        "urgent_wait": _median(outcome.urgent_waits),
        "hard_wait": _median(outcome.hard_waits),
        "gave_up": 100 * outcome.gave_up / len(outcome.waits),
        "fit": fmean(fits) / 1000,
        "poor_fit": fits[len(fits) // 10] / 1000,
        "changes": 100 * outcome.changes / len(fits),
        "declined": 100 * (offers - outcome.offers["yes"]) / offers,
        "gini": fmean(outcome.ginis),
        "load": 100 * fmean(outcome.loads),
    }


def _median(waits: Sequence[Wait]) -> float:
    """Kaplan-Meier; where half are never matched, the longest wait seen."""
    days = median_wait(waits).days
    return days if days is not None else max(wait.days for wait in waits)


@dataclass(frozen=True)
class Spread:
    """One figure over several seeds."""

    mean: float
    least: float
    most: float


def spread(years: Sequence[dict[str, float]], code: str) -> Spread:
    """Mean and range."""
    values = [year[code] for year in years]
    return Spread(fmean(values), min(values), max(values))


def difference(years: Sequence[dict[str, float]], others: Sequence[dict[str, float]], code: str) -> tuple[float, float]:
    """(mean, half width of the 95 % interval) of `years` less `others`, seed by seed: both met the same people."""
    values = [year[code] - other[code] for year, other in zip(years, others, strict=True)]
    return fmean(values), t_quantile(len(values) - 1) * stdev(values) / sqrt(len(values))
