"""Rosters as programs and their systems really write them, each with exactly what must be read.

They were written before their author looked at the words the reader knows. A new one belongs here whenever a program
sends a list that was read wrongly, with every name and number invented.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from alongside.rules.availability import HOURS_IN_WEEK, to_bits
from alongside.rules.roster import PARTICIPANTS, RosterRow, Wish
from alongside.rules.vocabulary import DAYS


@dataclass(frozen=True)
class Unseen:
    """A file, and what must come of it: `refusal`, or `people` (row by row what was typed, nothing derived)."""

    name: str
    content: bytes | Callable[[], bytes]
    people: Sequence[Mapping[str, object]] = ()
    kind: str = PARTICIPANTS
    refusal: str = ""
    order: str = "ymd"
    answer: str = ""
    notes: frozenset[str] = frozenset()
    problems: Mapping[int, set[str]] = field(default_factory=dict)
    file_name: str = "list.csv"

    @property
    def file(self) -> bytes:
        """The bytes of the file."""
        return self.content if isinstance(self.content, bytes) else self.content()


def text(lines: str, encoding: str = "utf-8") -> bytes:
    """The lines of a text file; the first line break is for the eye."""
    return lines.removeprefix("\n").encode(encoding)


def typed(row: RosterRow) -> dict[str, object]:
    """The values of a row that somebody typed, in a form that is quick to write down."""
    return {about: plain(about, value) for about, value in row.values.items() if about not in row.derived}


def plain(about: str, value: object) -> object:
    """A date as ISO text, wishes as words, hours as "mon 17-21"; everything else as it is."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple) and any(isinstance(one, Wish) for one in value):
        return [f"{one.strength} {one.feature} {one.value}" for one in value]
    if isinstance(value, tuple):
        return list(value)
    return hours(str(value)) if about == "availability" else value


def hours(hexadecimal: str) -> str:
    """Runs of hours of one week: "mon 17-21, wed 17-21"."""
    bits, runs = to_bits(hexadecimal), []
    for day in range(7):
        start = None
        for hour in range(25):
            is_free = hour < 24 and bits >> (day * 24 + hour) & 1
            if is_free and start is None:
                start = hour
            if not is_free and start is not None:
                runs.append(f"{DAYS[day]} {start}-{hour}")
                start = None
    assert HOURS_IN_WEEK == 7 * 24
    return ", ".join(runs)
