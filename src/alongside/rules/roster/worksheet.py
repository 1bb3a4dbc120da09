"""What a sheet of XLSX and one of ODS have in common: rows from a part of an archive, cleaned, and bounded."""

from collections.abc import Iterator

from alongside.rules.roster.cells import is_error
from alongside.rules.roster.joined import JoinedCells
from alongside.rules.roster.limits import Limits
from alongside.rules.roster.problems import RosterUnreadable
from alongside.rules.roster.sheets import Numbered
from alongside.rules.roster.text import clean

_CLEANED_CHARACTERS = 4_000_000


class Worksheet:
    """A sheet; `errors` and `has_formulas` tell of the rows that the latest reading got to."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        self.errors, self.has_formulas = 0, False
        self._cleaned: dict[str, str] = {}
        self._cleaned_size = 0

    def rows(self) -> Iterator[Numbered]:
        """The rows that hold something. Raises `RosterUnreadable`."""
        self.errors, self.has_formulas = 0, False
        yield from self._read(JoinedCells())

    def _read(self, joined: JoinedCells) -> Iterator[Numbered]:
        raise NotImplementedError

    def put(self, cells: list[str], column: int, text: str) -> None:
        """A filled cell into its place in the row. Raises `RosterUnreadable` where that is too far to the right."""
        text = self.clean(text)
        if not text:
            return
        if is_error(text):
            self.errors += 1
            return
        if column >= self.limits.columns:
            raise RosterUnreadable("too_many_columns", limit=self.limits.columns)
        if column > len(cells):
            cells.extend([""] * (column - len(cells)))
        if column == len(cells):
            cells.append(text)
        else:
            cells[column] = text

    def clean(self, text: str) -> str:
        """`text.clean`, remembering what it did to the words that come again and again."""
        found = self._cleaned.get(text)
        if found is None:
            if self._cleaned_size > _CLEANED_CHARACTERS:
                self._cleaned, self._cleaned_size = {}, 0
            found = self._cleaned[text] = clean(text)
            self._cleaned_size += len(text) + 50
        return found
