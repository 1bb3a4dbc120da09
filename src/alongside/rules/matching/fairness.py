"""Does matching serve everybody alike? For each group: share matched, days waited, mean fit; and who waits longer.

Values and codes, no sentences. A group is one value of one dimension: language, gender, age band, race or ethnicity
where somebody gave it, site, kind (loved ones). Who gave no answer is a group of its own, so that totals add up.

- Share matched: Wilson's 95 % interval (`measures`).
- Days waited: Kaplan-Meier median with its interval (`waiting`), so that those who still wait count.
- Mean fit of the matched: Student's t interval, its quantile by the expansion 26.7.5 of M. Abramowitz and I. A. Stegun,
  "Handbook of Mathematical Functions" (1964).
- Small cells (C8): no count of 1-10 is shown or can be derived within a dimension (`suppression`); totals over
  everybody stand in every dimension, so they count as known; where they are small themselves, nothing is split by them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev
from typing import Final

from alongside.rules.matching.constraints import AGE_BAND_STARTS
from alongside.rules.matching.values import Seeker
from alongside.rules.matching.waiting import Median, Wait, chance_of, find_significant, log_rank, median_wait
from alongside.rules.measures import Z_95, Figure, share
from alongside.rules.suppression import THRESHOLD, Arc, hide, is_small

NOT_GIVEN: Final = "not_given"
WAITS_LONGER: Final = "waits_longer"
NOTABLE_DAYS: Final = 7
"""A difference of medians below a week is not told as an alert, however sure it is."""


@dataclass(frozen=True, slots=True)
class Row:
    """One episode that asked for a peer: its groups (dimension to value), its wait, and the fit of the match.

    `waited_days`: until the match, until the person left, or until now. `milli`: 0..100000, None without a match.
    """

    groups: Mapping[str, str]
    waited_days: int
    is_matched: bool
    milli: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How one group stands. `people` None is hidden. Each figure says in `hidden` whether something is left out.

    `matched`: a share. `waited`: median days; None where not reached or hidden. `fit`: mean points of 100.
    """

    dimension: str
    value: str
    people: int | None
    matched: Figure
    waited: Figure
    fit: Figure


@dataclass(frozen=True, slots=True)
class Alert:
    """A group that waits notably longer than everybody else. `days_longer` is "at least" where `is_at_least`:
    half of the group are not matched yet, so that their median lies beyond what has been seen."""

    code: str
    dimension: str
    value: str
    median: Median
    median_of_rest: Median
    days_longer: int
    is_at_least: bool
    chance: float


def groups_of(seeker: Seeker, **labels: str) -> dict[str, str]:
    """The groups a participant is in, from what they said; `labels` adds site, race, or any other by name."""
    band = next((band for start, band in AGE_BAND_STARTS if seeker.age is not None and seeker.age >= start), "")
    said = {
        "language": seeker.languages[0] if seeker.languages else "",
        "gender": "" if seeker.gender == "not_said" else seeker.gender,
        "age": band,
        "kind": seeker.kind,
        **labels,
    }
    return {dimension: value or NOT_GIVEN for dimension, value in said.items()}


def list_standings(rows: Sequence[Row], threshold: int = THRESHOLD) -> tuple[Standing, ...]:
    """Every group as it may be shown, by dimension and value; everybody ("", "") comes first."""
    if not rows:
        return ()
    everybody = _measure("", "", rows)
    total = (everybody.matched.numerator or 0, len(rows))
    if is_small(len(rows), threshold):
        return (_show(everybody, {"people", "matched"}),)
    is_split = not is_small(total[0], threshold) and not is_small(total[1] - total[0], threshold)
    found = [everybody if is_split else _show(everybody, {"matched"})]
    for dimension, groups in _split(rows).items():
        lost = _hide(groups, threshold, is_split=is_split)
        found += [_show(_measure(dimension, value, members), lost[value]) for value, members in groups.items()]
    return tuple(found)


def find_alerts(
    rows: Sequence[Row], threshold: int = THRESHOLD, level: float = 0.05, notable_days: int = NOTABLE_DAYS
) -> tuple[Alert, ...]:
    """Groups that wait notably longer than all others together, most certain first.

    Both must hold: the log-rank test finds it, at `level` for all groups together (Holm), and the medians differ by at
    least `notable_days`. Groups that may not be shown, or whose rest may not, are not tested. Under no difference at
    all at most `level` of lists give any alert.
    """
    tested: dict[tuple[str, str], tuple[list[Wait], list[Wait]]] = {}
    chances: dict[str, float] = {}
    names: dict[str, tuple[str, str]] = {}
    for dimension, groups in _split(rows).items():
        for value, members in groups.items():
            if value == NOT_GIVEN or min(len(members), len(rows) - len(members)) < threshold:
                continue
            rest = [_wait(row) for other, people in groups.items() if other != value for row in people]
            own = [_wait(row) for row in members]
            longer = log_rank(own, rest)
            if longer is not None:
                name = f"{dimension}\0{value}"
                chances[name], names[name], tested[dimension, value] = (
                    chance_of(longer),
                    (dimension, value),
                    (own, rest),
                )
    alerts = []
    for name in sorted(find_significant(chances, level), key=lambda name: (chances[name], name)):
        own, rest = tested[names[name]]
        median, of_rest = median_wait(own), median_wait(rest)
        if of_rest.days is None:
            continue
        seen = median.days if median.days is not None else max(wait.days for wait in own)
        if seen - of_rest.days >= notable_days:
            alerts.append(
                Alert(
                    WAITS_LONGER, *names[name], median, of_rest, seen - of_rest.days, median.days is None, chances[name]
                )
            )
    return tuple(alerts)


def _split(rows: Sequence[Row]) -> dict[str, dict[str, list[Row]]]:
    """Dimension to value to rows; whoever lacks a dimension has not given it."""
    dimensions = sorted({dimension for row in rows for dimension in row.groups})
    found: dict[str, dict[str, list[Row]]] = {}
    for dimension in dimensions:
        groups: dict[str, list[Row]] = {}
        for row in rows:
            groups.setdefault(row.groups.get(dimension) or NOT_GIVEN, []).append(row)
        found[dimension] = dict(sorted(groups.items()))
    return found


def _wait(row: Row) -> Wait:
    return Wait(row.waited_days, row.is_matched)


def _measure(dimension: str, value: str, rows: Sequence[Row]) -> Standing:
    matched = sum(row.is_matched for row in rows)
    fits = [row.milli / 1000 for row in rows if row.is_matched and row.milli is not None]
    median = median_wait([_wait(row) for row in rows])
    return Standing(
        dimension,
        value,
        len(rows),
        share("matched", matched, len(rows)),
        Figure("days_waited", median.days, len(rows), 0, low=median.low, high=median.high),
        _mean_fit(fits, missing=matched - len(fits)),
    )


def _mean_fit(fits: Sequence[float], missing: int) -> Figure:
    """Mean with its t interval; without two values there is no interval."""
    if len(fits) < 2:
        return Figure("mean_fit", fits[0] if fits else None, len(fits), missing)
    mean, reach = fmean(fits), t_quantile(len(fits) - 1) * stdev(fits) / sqrt(len(fits))
    return Figure("mean_fit", mean, len(fits), missing, low=max(0.0, mean - reach), high=min(100.0, mean + reach))


def t_quantile(freedom: int, z: float = Z_95) -> float:
    """Student's t at the normal quantile `z` (97.5 %): A&S 26.7.5, right to 0.001 from 10 degrees of freedom on.

    >>> round(t_quantile(10), 3), round(t_quantile(30), 3)
    (2.228, 2.042)
    """
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / float(freedom) ** power for power, term in enumerate(terms, start=1))


def _hide(groups: Mapping[str, Sequence[Row]], threshold: int, *, is_split: bool) -> dict[str, set[str]]:
    """Group to what of it is hidden: `people`, `matched`. Totals over everybody are known from other dimensions."""
    arcs: list[Arc] = []
    where: list[tuple[str, str]] = []
    total = sum(map(len, groups.values()))

    def add(value: str, part: str, arc: Arc) -> None:
        where.append((value, part))
        arcs.append(arc)

    columns = {"matched": 0, "waiting": 0}
    for value, members in groups.items():
        matched = sum(row.is_matched for row in members)
        parts = {"matched": matched, "waiting": len(members) - matched}
        add(value, "people", Arc("all", f"group {value}", len(members), is_total=True))
        if not is_split:
            add("", "inner", Arc(f"group {value}", "end", len(members)))
            continue
        for part, count in parts.items():
            columns[part] += count
            add(value, "matched", Arc(f"group {value}", f"column {part}", count))
    if is_split:
        for part, count in columns.items():
            add("", "total", Arc(f"column {part}", "end", count, is_total=True))
    add("", "total", Arc("end", "all", total, is_total=True))
    hidden = {where[at] for at in hide(arcs, threshold)}
    if ("", "total") in hidden:  # groups of one or two people only: the dimension is not shown at all
        return {value: {"people", "matched"} for value in groups}
    lost = {value: {part for name, part in hidden if name == value} for value in groups}
    if not is_split:
        lost = {value: parts | {"matched"} for value, parts in lost.items()}
    return lost


def _show(standing: Standing, lost: set[str]) -> Standing:
    """Without what is hidden, and without what would lead back to it: fit stands on the count of the matched."""
    people, matched, waited, fit = standing.people, standing.matched, standing.waited, standing.fit
    if lost:
        matched = Figure("matched", None, None if "people" in lost else people, 0, hidden=True)
        fit = Figure("mean_fit", None, None, None, hidden=True)
    if "people" in lost:
        people, waited = None, Figure("days_waited", None, None, None, hidden=True)
    return Standing(standing.dimension, standing.value, people, matched, waited, fit)
