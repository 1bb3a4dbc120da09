"""Rows as they stand in a file, before anybody knows which are people."""

from collections.abc import Iterator
from typing import Protocol

from alongside.rules.roster.problems import Note

Numbered = tuple[int, tuple[str, ...]]
"""The number of a row as a spreadsheet program shows it, and its cells, as many as there are."""

UNSAVED = "=?"
"""The text of a cell whose formula was never calculated by the program that saved the file."""


class Sheet(Protocol):
    """One sheet, or one text file: its rows may be gone through again and again, and are never all in memory."""

    @property
    def name(self) -> str:
        """The sheet's name, "" for a text file."""
        ...

    def rows(self) -> Iterator[Numbered]:
        """Rows from the beginning; blank ones may be left out. Raises `RosterUnreadable` where it gets to the harm."""
        ...

    def notes(self) -> tuple[Note, ...]:
        """What was set aside, complete once all rows were gone through."""
        ...
