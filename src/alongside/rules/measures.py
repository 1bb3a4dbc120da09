"""Honest figures: every one carries its n, what is missing and what is not due yet, so that no bare share is shown.

Rows in, one `Figure` out; `by_group` repeats a measure for each program or site and for all together; `publish` hides
small cells. What each figure counts is said beside the function that counts it. Shares come with Wilson's 95 % interval
(Wilson 1927), medians with their quartiles.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from math import sqrt
from typing import Literal, Protocol, TypeVar

from alongside.rules.suppression import THRESHOLD, Arc, hide, is_small

ALL = ""
"""The group that stands for everybody."""
SMALLER = "smaller_groups"
"""The group into which groups below the threshold are merged."""

ENGAGED_DAYS = (30, 60, 90)
ENGAGED_WINDOW_DAYS = 30
Z_95 = 1.959963984540054

Wait = Literal["waited", "waiting", "unknown"]
Answer = Literal["accepted", "refused", "open", "nowhere"]
ANSWERS: dict[str, Answer] = {
    "accepted": "accepted",
    "declined": "refused",
    "lapsed": "refused",
    "peer_declined": "refused",
    "offered": "open",
    "chosen": "open",
}
"""State of an offer to what it counts as; any other state counts nowhere."""


@dataclass(frozen=True)
class Figure:
    """One number with what it stands on. Shares lie in 0-1, medians are days; None is "cannot be said".

    `n` rows count; `missing` should count but lack what is needed; `not_due` do not count yet. `low` and `high` are the
    95 % interval of a share, the quartiles of a median. A figure with `hidden` lost the numbers that are None.
    """

    code: str
    value: float | None
    n: int | None
    missing: int | None
    not_due: int | None = 0
    numerator: int | None = None
    denominator: int | None = None
    low: float | None = None
    high: float | None = None
    hidden: bool = False


@dataclass(frozen=True)
class WaitRow:
    """One episode that asked for a peer: the day its waiting began, and the day it was matched."""

    group: str
    waiting_on: date | None
    matched_on: date | None = None


@dataclass(frozen=True)
class ContactRow:
    """One contact or attempt with one person; `reached` is None where nobody wrote down which."""

    group: str
    reached: bool | None


@dataclass(frozen=True)
class EngagementRow:
    """One episode: its first day with a peer, and the days on which the person was reached."""

    group: str
    started_on: date | None
    reached_on: tuple[date, ...] = ()


@dataclass(frozen=True)
class OfferRow:
    """One offer that was sent, and what became of it: a state of `lifecycles.OFFER`."""

    group: str
    status: str


class _Grouped(Protocol):
    @property
    def group(self) -> str: ...


Row = TypeVar("Row", bound=_Grouped)


def time_to_match(rows: Iterable[WaitRow]) -> Figure:
    """Median days from waiting to matched, with quartiles, of those matched. Who still waits is `not_due`, and said so,
    because a median of the matched alone flatters. Missing: no day of waiting, or matched before it."""
    counts = Counter(wait_of(row.waiting_on, row.matched_on) for row in rows)
    return days_to_match(counts)


def wait_of(waiting_on: date | None, matched_on: date | None) -> tuple[Wait, int]:
    """What one wait counts as: "waited" with its days, "waiting", or "unknown" (both with 0)."""
    if waiting_on is None or (matched_on is not None and matched_on < waiting_on):
        return "unknown", 0
    if matched_on is None:
        return "waiting", 0
    return "waited", (matched_on - waiting_on).days


def days_to_match(waits: Mapping[tuple[Wait, int], int]) -> Figure:
    """The figure of `time_to_match` from how often each `wait_of` was found."""
    days = {value: count for (what, value), count in waits.items() if what == "waited"}
    low, middle, high = (_quantile(days, part) for part in (0.25, 0.5, 0.75))
    unknown, waiting = waits.get(("unknown", 0), 0), waits.get(("waiting", 0), 0)
    return Figure("days_to_match", middle, sum(days.values()), unknown, waiting, low=low, high=high)


def contacts_reached(rows: Iterable[ContactRow]) -> Figure:
    """Share of tries in which the person was reached: numerator reached, denominator all tries."""
    answers = [row.reached for row in rows]
    known = [answer for answer in answers if answer is not None]
    return share("contacts_reached", sum(known), len(known), missing=len(answers) - len(known))


def engaged_at(rows: Iterable[EngagementRow], day: int, today: date) -> Figure:
    """Share still engaged at this day: reached at least once in the 30 days that end with it.

    Day 0 is the first day with a peer and counts for none, so that the windows of day 30, 60 and 90 (days 1-30, 31-60,
    61-90) never share a contact and an early good week cannot carry a later figure. Denominator: all whose day has
    passed, also those whose episode has closed since (nobody is left out for leaving). `not_due`: it has not passed.
    To compare with: 25 / 18 / 16 % at 30 / 60 / 90 days of 448 people met in an emergency department (ajemjournal 2023,
    shared field notes (d)); its own definition was not re-read, so it is a landmark, not a yardstick.
    """
    engaged = due = missing = not_due = 0
    for row in rows:
        if row.started_on is None:
            missing += 1
            continue
        if row.started_on >= first_not_due(day, today):
            not_due += 1
            continue
        due += 1
        engaged += is_engaged(row.started_on, row.reached_on, day)
    return share(f"engaged_{day}", engaged, due, missing=missing, not_due=not_due)


def first_not_due(day: int, today: date) -> date:
    """Who started on this date or later cannot be asked about yet: their day has not passed."""
    return today - timedelta(days=day)


def is_engaged(started_on: date, reached_on: Iterable[date], day: int) -> bool:
    """Whether the person was reached in the 30 days that end with this day."""
    ends_on = started_on + timedelta(days=day)
    starts_on = ends_on - timedelta(days=ENGAGED_WINDOW_DAYS)
    return any(starts_on < reached <= ends_on for reached in reached_on)


def offers_accepted(rows: Iterable[OfferRow]) -> Figure:
    """Share of finished offers that became a match. Open ones are not due; withdrawn ones count nowhere, because nobody
    was free to answer them (another peer was chosen, or the offer was taken back)."""
    return offers_figure(Counter(answer_of(row.status) for row in rows))


def answer_of(status: str) -> Answer:
    """What an offer in this state counts as."""
    return ANSWERS.get(status, "nowhere")


def offers_figure(answers: Mapping[Answer, int]) -> Figure:
    """The figure of `offers_accepted` from how often each `answer_of` was found."""
    accepted = answers.get("accepted", 0)
    finished = accepted + answers.get("refused", 0)
    return share("offers_accepted", accepted, finished, not_due=answers.get("open", 0))


def share(code: str, numerator: int, denominator: int, *, missing: int = 0, not_due: int = 0) -> Figure:
    """A share with its Wilson interval; without anybody to count, value and interval are None."""
    low, high = wilson_interval(numerator, denominator) if denominator else (None, None)
    value = numerator / denominator if denominator else None
    return Figure(code, value, denominator, missing, not_due, numerator, denominator, low, high)


def wilson_interval(numerator: int, denominator: int) -> tuple[float, float]:
    """The 95 % interval of a share, in 0-1. Raises ValueError unless 0 <= numerator <= denominator, denominator > 0.

    >>> [round(limit, 3) for limit in wilson_interval(5, 10)]
    [0.237, 0.763]
    """
    if not 0 <= numerator <= denominator or not denominator:
        raise ValueError("no share")
    part, square = numerator / denominator, Z_95 * Z_95
    middle = (part + square / (2 * denominator)) / (1 + square / denominator)
    reach = Z_95 / (1 + square / denominator) * sqrt(part * (1 - part) / denominator + square / (4 * denominator**2))
    # At 0 and 1 the limit is exact; rounding must not move it past the share.
    return min(part, max(0.0, middle - reach)), max(part, min(1.0, middle + reach))


def by_group(rows: Iterable[Row], measure: Callable[[Sequence[Row]], Figure]) -> dict[str, Figure]:
    """The measure for each group in order of its name, and for `ALL` last."""
    kept = list(rows)
    groups = {name: [row for row in kept if row.group == name] for name in sorted({row.group for row in kept})}
    return {name: measure(members) for name, members in groups.items()} | {ALL: measure(kept)}


def publish(figures: Mapping[str, Figure], threshold: int = THRESHOLD) -> dict[str, Figure]:
    """The same figures of one measure, as they may be shown: small counts and all that leads back to them are None.

    `figures` is what `by_group` gives. Counts, shares, missing and not due are taken as one table with its totals, so
    that no group can be found by subtraction. A share or median goes with its counts. Figures over the same people
    (engaged at 30, 60, 90 days) belong to `merge_small_groups` first, so that all of them show the same group sizes.
    """
    names = [name for name in figures if name != ALL] or [ALL]
    parts = {name: _parts(figures[name]) for name in names}
    totals = {part: sum(counts[part] for counts in parts.values()) for part in parts[names[0]]}
    is_share = "rest" in totals
    known = all(not is_small(_size(counts), threshold) for counts in parts.values())

    where: list[tuple[str, str]] = []
    arcs: list[Arc] = []

    def add(name: str, part: str, arc: Arc) -> None:
        where.append((name, part))
        arcs.append(arc)

    for name, counts in parts.items():
        group = f"group {name}"
        add(name, "size", Arc("sizes", group, _size(counts), is_total=True, kept=known))
        add(name, "n", Arc(group, f"n {name}" if is_share else "n", counts["n"]))
        for part in ("numerator", "rest") if is_share else ():
            add(name, part, Arc(f"n {name}", part, counts[part]))
        for part in ("missing", "not_due"):
            add(name, part, Arc(group, part, counts[part]))
    for part in ("numerator", "rest") if is_share else ():
        add(_TOTAL, part, Arc(part, "n", totals[part], is_total=True))
    for part in ("n", "missing", "not_due"):
        add(_TOTAL, part, Arc(part, "end", totals[part], is_total=True))
    add(_TOTAL, "size", Arc("end", "sizes", _size(totals), is_total=True, kept=known))
    lost = {where[at] for at in hide(arcs, threshold)}
    return {
        name: _without(figure, {part for of, part in lost if of == (_TOTAL if name == ALL else name)})
        for name, figure in figures.items()
    }


_TOTAL = "\0total"
"""Key of the totals, which no group can have as its name."""


def _parts(figure: Figure) -> dict[str, int]:
    """The counts a figure stands on. Raises ValueError when some are hidden already."""
    if figure.n is None or figure.missing is None or figure.not_due is None:
        raise ValueError("already published")
    counts = {"n": figure.n, "missing": figure.missing, "not_due": figure.not_due}
    if figure.numerator is not None:
        counts |= {"numerator": figure.numerator, "rest": figure.n - figure.numerator}
    return counts


def _size(counts: Mapping[str, int]) -> int:
    return counts["n"] + counts["missing"] + counts["not_due"]


def _without(figure: Figure, lost: set[str]) -> Figure:
    """The figure without its lost counts, and without the value and limits that would lead back to them."""
    nothing: dict[str, None] = {part: None for part in ("n", "missing", "not_due") if part in lost}
    if lost & {"n", "numerator", "rest"}:
        nothing |= dict.fromkeys(("value", "low", "high", "numerator"))
    if "n" in lost:
        nothing |= {"denominator": None}
    return replace(figure, hidden=True, **nothing) if nothing else figure  # type: ignore[arg-type]


def _quantile(counts: Mapping[int, int], part: float) -> float | None:
    """Linear between the two nearest values (the inclusive method of `statistics.quantiles`); None without values.

    `counts` is value to how often it was found: ten years of waits are a few hundred different numbers of days.
    """
    ordered = sorted(value for value, count in counts.items() if count)
    if not ordered:
        return None
    ends = list(accumulate(counts[value] for value in ordered))
    below, rest = divmod((ends[-1] - 1) * part, 1)
    low, high = (ordered[bisect_right(ends, min(int(below) + more, ends[-1] - 1))] for more in (0, 1))
    return low + (high - low) * rest


def merge_small_groups(sizes: Mapping[str, int], threshold: int = THRESHOLD) -> dict[str, str]:
    """Group to the group it is shown as: groups below the threshold become `SMALLER`, together with the smallest other
    group while they are still too few. With too few people in all, everybody is `SMALLER`."""
    order = sorted((name for name in sizes if sizes[name]), key=lambda name: (sizes[name], name))
    merged: list[str] = [name for name in order if is_small(sizes[name], threshold)]
    for name in order[len(merged) :]:
        if not merged or sum(sizes[one] for one in merged) >= threshold:
            break
        merged.append(name)
    return {name: SMALLER if name in merged else name for name in sizes}
