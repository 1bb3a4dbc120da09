"""Bytes in, a table of text out: what kind of file it is, where its column names are, which rows are people.

The content decides the kind, never the file's name. Nothing is calculated or executed, and a large file is never in
memory as rows: `read_table` goes through it once, and the table goes through it again whenever somebody asks.
"""

from alongside.rules.roster.kinds import kind_of
from alongside.rules.roster.layout import lay_out
from alongside.rules.roster.limits import Limits
from alongside.rules.roster.problems import RosterUnreadable
from alongside.rules.roster.sheets import Sheet
from alongside.rules.roster.tables import Row, Table
from alongside.rules.roster.text_files import TextFile


def read_table(content: bytes, name: str = "", limits: Limits | None = None) -> Table:
    """The table in a CSV (comma, semicolon, tab, pipe; UTF-8, UTF-16, Windows-1252), XLSX or ODS file.

    `name` only helps to guess what the roster is about. Raises `RosterUnreadable` and nothing else, for any bytes.
    """
    limits = limits or Limits()
    if len(content) > limits.wire_bytes:
        raise RosterUnreadable("too_large", limit=limits.wire_bytes)
    sheet = _open_sheet(content, limits)
    layout = lay_out(sheet, limits)
    hints = (*layout.titles, sheet.name, name)
    title = " · ".join(dict.fromkeys(hint for hint in hints if hint))
    return Table(layout.headers, layout.people, (*sheet.notes(), *layout.notes), title, layout.header_row)


def _open_sheet(content: bytes, limits: Limits) -> Sheet:
    kind = kind_of(content, limits)
    if kind == "text":
        return TextFile(content, limits)
    # What tells dates from numbers costs more to import than all other rules together; only a workbook pays for it.
    from alongside.rules.roster.workbooks import open_workbook

    return open_workbook(content, kind, limits)


__all__ = ["Row", "Table", "read_table"]
