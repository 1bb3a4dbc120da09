"""The shape of a section: columns with types, and a function that gives its rows one after the other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Person

CHUNK = 500
"""Rows that are in memory at one time."""

Row = dict[str, Any]


def say_day(moment: datetime) -> str:
    """The day of a moment in words, by the clock of the program in whose scope the copy is made."""
    return date_format(timezone.localtime(moment))


@dataclass(frozen=True)
class Column:
    """`kind`: text, moment (ISO 8601 with its offset), day (ISO 8601), number, yes (true or false), list (of texts)."""

    key: str
    kind: str = "text"

    @property
    def label(self) -> str | Promise:
        """Its name for a reader."""
        return COLUMNS[self.key]


@dataclass(frozen=True)
class Section:
    """One part of the copy. `rows` is called in the reader's scope and language; rows have the keys of `columns`."""

    code: str
    title: str | Promise
    about: str | Promise
    columns: tuple[Column, ...]
    rows: Callable[[Person], Iterable[Row]]
    are_pairs: bool = False
    """Each row is a name (`what`) and what it holds (`words`): the page shows them side by side."""
    rows_given: Callable[[Person], Iterable[Row]] | None = None
    """Fewer rows, in a copy that somebody else makes and hands over: without what only its writer reads."""
    files: Callable[[Person], Iterable[tuple[str, Iterable[bytes]]]] | None = None
    """Files beside the rows, such as recordings: name in the copy, and the bytes in pieces."""


def columns(text: str) -> tuple[Column, ...]:
    """Read `at:moment who words` as columns; without a kind it is text."""
    parts = (word.partition(":") for word in text.split())
    return tuple(Column(key, kind or "text") for key, _sep, kind in parts)


COLUMNS: dict[str, str | Promise] = {
    "what": _("What"),
    "words": _("Words"),
    "at": _("When"),
    "day": _("Day"),
    "time": _("Time"),
    "since": _("Since"),
    "until": _("Until"),
    "who": _("Who"),
    "role": _("Role"),
    "state": _("How it stands"),
    "reason": _("Why"),
    "way": _("How"),
    "minutes": _("Minutes"),
    "own_line": _("Your own line"),
    "together": _("With your peer"),
    "next_step": _("Next step"),
    "next_step_on": _("Next step until"),
    "support": _("Kind of support"),
    "answers": _("Answers and additions"),
    "read_at": _("Read"),
    "place": _("Place"),
    "for_whom": _("For whom"),
    "goes_by": _("Name"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "language": _("Language"),
    "area": _("Area of life"),
    "steps": _("Steps"),
    "done_at": _("Done"),
    "before": _("Before"),
    "after": _("After"),
    "hidden": _("Kept to yourself"),
    "scale": _("Scale from 1 to"),
    "call": _("Wished for a call"),
    "total": _("Sum"),
    "recipient": _("To whom"),
    "address": _("Address"),
    "items": _("What is covered"),
    "purpose": _("What for"),
    "number": _("Number"),
    "signed_at": _("Signed"),
    "signed_name": _("Signed by"),
    "answer": _("Our answer"),
    "letter": _("The letter"),
    "text": _("The text, as it was signed"),
    "shown": _("What you saw beside it"),
    "count": _("How often"),
    "for": _("Why we thought of them"),
    "against": _("What may be different"),
    "hidden_words": _("What should stay private"),
    "file": _("File"),
}
"""Key of a column to its name. Keys are the same in every language: programs read them."""
