"""Bytes in, a table of text out: what kind of file it is, where its column names are, which rows are people.

The content decides the kind, never the file's name. Nothing is calculated or executed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from alongside.rules.roster.kinds import kind_of
from alongside.rules.roster.layout import Layout, Sheet, lay_out
from alongside.rules.roster.limits import Limits
from alongside.rules.roster.problems import Note, RosterUnreadable
from alongside.rules.roster.text_files import read_text_file


@dataclass(frozen=True)
class Row:
    """One row of the file: its number as a spreadsheet program shows it, and one text per header."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A roster as text. Every row has as many cells as there are headers; `title` is what stood above them."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
    title: str = ""
    header_row: int = 1

    def column(self, index: int) -> list[str]:
        """All cells below one header."""
        return [row.cells[index] for row in self.rows]


def read_table(content: bytes, name: str = "", limits: Limits | None = None) -> Table:
    """The table in a CSV (comma, semicolon, tab, pipe; UTF-8, UTF-16, Windows-1252) or XLSX file.

    `name` only helps to guess what the roster is about. Raises `RosterUnreadable` and nothing else, for any bytes.
    """
    limits = limits or Limits()
    if len(content) > limits.wire_bytes:
        raise RosterUnreadable("too_large", limit=limits.wire_bytes)
    if kind_of(content) == "workbook":
        # openpyxl costs more to import than all other rules together; only an Excel file pays for it.
        from alongside.rules.roster.workbooks import read_workbook

        sheet = read_workbook(content, limits)
    else:
        sheet = read_text_file(content, limits)
    return _as_table(sheet, lay_out(sheet, limits), name)


def _as_table(sheet: Sheet, layout: Layout, name: str) -> Table:
    hints: Sequence[str] = (*layout.titles, sheet.name, name)
    rows = tuple(Row(number, cells) for number, cells in layout.rows)
    title = " · ".join(dict.fromkeys(hint for hint in hints if hint))
    return Table(layout.headers, rows, (*sheet.notes, *layout.notes), title, layout.header_row)
