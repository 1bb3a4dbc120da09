"""Scores of questionnaires, and whether a change between two of them is more than chance. Facts in, numbers out.

The wording of each instrument is data (`assessments/data/instruments.json`: items, points, source, licence, version)
and is never changed: a changed instrument is not the instrument. Only a complete form has a total. Sources of scoring:
BARC-10, Vilsaint 2017 (sum 10-60); three-item loneliness scale, Hughes 2004 (3-9); PHQ-2, Kroenke 2003 (0-6); GAD-7,
Spitzer 2006 (0-21); PHQ-9, Kroenke 2001 (0-27); K6, Kessler 2003 (0-24); AUDIT-C, Bush 1998 (0-12, whoever never
drinks scores 0); the rulers are
three numbers that are never summed (SAMHSA TIP 35). Reliable change: Jacobson and Truax 1991.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from statistics import pstdev
from typing import Any

from alongside.rules.policy_values import PolicyInvalid, check_names

CODES = ("barc-10", "ucla-3", "readiness-ruler", "phq-2", "phq-9", "gad-7", "k6", "audit-c")
"""Instruments that may be shipped."""

MODES = ("self", "interview")
"""Filled in alone, or read aloud by the peer."""

SURE = 1.96
"""Standard errors beyond which a change is taken as more than chance (95 of 100)."""


@dataclass(frozen=True)
class Instrument:
    """What scoring must know: points allowed for each item; `unit` `total` or `separate`; `better` `more` or `less`.

    `alpha` is the published reliability, `important_change` a published smallest change that matters, `cuts` published
    marks of the total, `steps` the published marks between which a total lies. `skips_after_zero`: when the first item
    scores 0, the others do too and need not be asked.
    `answer_at_once`: an item and the points from which on somebody must be there at once, whatever the total.
    `unscored`: what is asked after the scored items, numbered on from them. It is kept, is in no total, and nothing
    waits for it (PHQ-9: how difficult the problems made things).
    """

    code: str
    points: tuple[tuple[int, ...], ...]
    unit: str = "total"
    better: str = "more"
    alpha: float | None = None
    important_change: int | None = None
    cuts: tuple[int, ...] = ()
    steps: tuple[int, ...] = ()
    skips_after_zero: bool = False
    answer_at_once: tuple[int, int] | None = None
    unscored: tuple[tuple[int, ...], ...] = ()

    def scored(self, answers: Mapping[int, int]) -> dict[int, int]:
        """Those of the answers that count.

        >>> Instrument("phq-9", ((0, 1),), unscored=((0, 1),)).scored({0: 1, 1: 1})
        {0: 1}
        """
        return {item: points for item, points in answers.items() if item < len(self.points)}


def wants_somebody(instrument: Instrument, answers: Mapping[int, int], before: Mapping[int, int]) -> bool:
    """Whether these answers newly say what somebody must answer at once; `before` is what the form held until now.

    PHQ-9: any answer but "not at all" to the ninth item (Kroenke 2001), also in a form that is not complete.

    >>> phq = Instrument("phq-9", ((0, 1, 2, 3),) * 9, answer_at_once=(8, 1))
    >>> wants_somebody(phq, {8: 1}, {}), wants_somebody(phq, {8: 1}, {8: 1}), wants_somebody(phq, {8: 0}, {})
    (True, False, False)
    """
    if instrument.answer_at_once is None:
        return False
    item, least = instrument.answer_at_once
    return answers.get(item, 0) >= least and answers[item] != before.get(item)


def is_complete(instrument: Instrument, answers: Mapping[int, int]) -> bool:
    """Whether every item that has to be answered is. Raises ValueError for a point that the item does not have."""
    asked = (*instrument.points, *instrument.unscored)
    for item, points in answers.items():
        if not 0 <= item < len(asked) or points not in asked[item]:
            raise ValueError(f"item {item}")
    if instrument.skips_after_zero and answers.get(0) == 0:
        return True
    return len(instrument.scored(answers)) == len(instrument.points)


def total(instrument: Instrument, answers: Mapping[int, int]) -> int | None:
    """The sum of a complete form; None for one that is not, and for separate numbers.

    >>> total(Instrument("ucla-3", ((1, 2, 3),) * 3), {0: 1, 1: 3, 2: 2})
    6
    """
    if instrument.unit != "total" or not is_complete(instrument, answers):
        return None
    if instrument.skips_after_zero and answers.get(0) == 0:
        return 0
    return sum(instrument.scored(answers).values())


def reliable_change(spread: float, alpha: float) -> float:
    """The change of a total that is more than chance: 1.96 * SD * sqrt(2 * (1 - alpha)).

    >>> round(reliable_change(10, 0.90), 2)
    8.77
    """
    return SURE * spread * sqrt(2 * (1 - alpha))


ENOUGH = 30
"""People whose first totals are needed before their spread is taken as that of a program."""


def spread_of(totals: Sequence[int]) -> float | None:
    """The standard deviation of the totals of at least `ENOUGH` people, one of each; None for fewer, or all alike.

    >>> spread_of([20, 40] * 15)
    10.0
    >>> spread_of([20, 40] * 14) is None
    True
    """
    return (pstdev(totals) or None) if len(totals) >= ENOUGH else None


def describe_change(instrument: Instrument, before: int, now: int, spread: float | None) -> str:
    """What may be said of two totals, in this order of what is known.

    A published change that matters: `matters_more`, `matters_less` or `matters_little`. Else, with the reliability and
    a spread: `more` or `less` than chance, or `within_chance`. Else `unknown`. The two are not the same: the one is
    what people notice, the other what repeating the form could not bring about by itself.
    """
    change = now - before
    if instrument.important_change is not None:
        if abs(change) < instrument.important_change:
            return "matters_little"
        return "matters_more" if change > 0 else "matters_less"
    if spread is None or instrument.alpha is None:
        return "unknown"
    if abs(change) < reliable_change(spread, instrument.alpha):
        return "within_chance"
    return "more" if change > 0 else "less"


def find_step(steps: Sequence[int], now: int) -> tuple[int | None, int | None]:
    """The published marks between which a total lies: the highest reached, and the next; None where there is none.

    >>> find_step((5, 10, 15), 4), find_step((5, 10, 15), 10), find_step((5, 10, 15), 20)
    ((None, 5), (10, 15), (15, None))
    """
    reached = [one for one in steps if one <= now]
    ahead = [one for one in steps if one > now]
    return max(reached, default=None), min(ahead, default=None)


@dataclass(frozen=True)
class MeasuresPolicy:
    """Which instruments are offered, each on its own clock: code -> days; and the program's own spread, where known.

    What somebody carries in themself moves first, within 30 to 60 days; what is between people takes longer, 120 to 180
    days (shared field notes (d): when change shows). No instrument of a clinic is offered unless the council adopts it.
    `spread`: standard deviation of totals in the program, for reliable change.
    """

    every_days: Mapping[str, int]
    spread: Mapping[str, float]

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "MeasuresPolicy":
        """Read `{"every_days": {"barc-10": 45}, "spread": {"barc-10": 9.5}}`.

        Raises `PolicyInvalid` with `not_an_object`, `unknown_field`, `unknown_instrument`, `not_a_whole_number`,
        `not_a_number` or `out_of_range`.
        """
        check_names(cls, values)
        read = {name: values.get(name, DEFAULTS[name]) for name in DEFAULTS}
        for name, numbers in read.items():
            if not isinstance(numbers, Mapping):
                raise PolicyInvalid("not_an_object", name)
            for code, number in numbers.items():
                _check(name, code, number)
        return cls(**{name: dict(numbers) for name, numbers in read.items()})

    def to_values(self) -> dict[str, Any]:
        """The JSON form; `from_values` gives the same policy back."""
        return {"every_days": dict(self.every_days), "spread": dict(self.spread)}


DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "every_days": {"barc-10": 45, "ucla-3": 150, "readiness-ruler": 30}, "spread": {},
}  # fmt: skip


def _check(name: str, code: str, number: object) -> None:
    where = f"{name}.{code}"
    if code not in CODES:
        raise PolicyInvalid("unknown_instrument", where)
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise PolicyInvalid("not_a_number", where)
    if name == "every_days" and not isinstance(number, int):
        raise PolicyInvalid("not_a_whole_number", where)
    lowest, highest = (7, 365) if name == "every_days" else (0.1, 60)
    if not lowest <= number <= highest:
        raise PolicyInvalid("out_of_range", where)


def next_on(completed: Sequence[date], every_days: int) -> date | None:
    """The day from which it may be filled in again; None: it never was, so any day is good."""
    return max(completed) + timedelta(days=every_days) if completed else None


FIRST_AFTER = timedelta(days=7)
"""The first week belongs to getting to know each other: nobody is reminded of questions in it."""

SHOWN_FOR = timedelta(days=14)
"""So long a turn that has begun is shown to the peer. After that it is left alone until the next one begins."""


def find_turns(
    done: Mapping[str, date], every_days: Mapping[str, int], began_on: date, today: date
) -> tuple[date | None, date | None]:
    """(the day on which the latest turn began, up to today; the day on which the next one begins), or None for neither.

    `done`: instrument to the day on which it was filled in last. What was never filled in has its turn a week after
    support began, once: whoever leaves it is not asked again, and the clocks of the others go on.

    >>> began = date(2026, 1, 1)
    >>> find_turns({}, {"barc-10": 45}, began, date(2026, 1, 3))
    (None, datetime.date(2026, 1, 8))
    >>> find_turns({"barc-10": date(2026, 1, 9)}, {"barc-10": 45, "ucla-3": 150}, began, date(2026, 1, 10))
    (datetime.date(2026, 1, 8), datetime.date(2026, 2, 23))
    """
    turns = [
        done[code] + timedelta(days=days) if code in done else began_on + FIRST_AFTER
        for code, days in every_days.items()
    ]
    return max((day for day in turns if day <= today), default=None), min(
        (day for day in turns if day > today), default=None
    )


def is_shown(due_on: date | None, today: date) -> bool:
    """Whether a turn that began on that day is spoken of today."""
    return due_on is not None and due_on <= today < due_on + SHOWN_FOR
