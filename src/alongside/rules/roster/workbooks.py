"""Workbooks (XLSX, ODS): which sheet holds the roster, without calculating anything."""

import re
from itertools import islice

from alongside.rules.roster.archives import open_archive
from alongside.rules.roster.excel import open_excel
from alongside.rules.roster.headers import count_known
from alongside.rules.roster.limits import Limits
from alongside.rules.roster.open_documents import open_document
from alongside.rules.roster.problems import Note, RosterUnreadable, note
from alongside.rules.roster.sheets import Numbered
from alongside.rules.roster.text import fold
from alongside.rules.roster.worksheet import Worksheet

_LOOK_AT = 15
_PUT_ASIDE = re.compile(
    r"\b(archiv\w*|old|inactive|closed|ended|discharged|former|template|example|sample|instructions?|lists?|lookup|"
    r"viej[oa]s?|inactiv[oa]s?|cerrad[oa]s?|egresad[oa]s?|plantilla|ejemplo|instrucciones|listas?|catalogo)\b"
)


class Workbook:
    """The sheet that looks most like a roster, with what was noticed about the others."""

    def __init__(self, sheet: Worksheet, others: int) -> None:
        self.sheet, self.others = sheet, others

    @property
    def name(self) -> str:
        """The name of the chosen sheet."""
        return self.sheet.name

    def rows(self):  # type: ignore[no-untyped-def]
        """The rows of the chosen sheet."""
        return self.sheet.rows()

    def notes(self) -> tuple[Note, ...]:
        """Other sheets, formulas, and cells that showed an error."""
        found = []
        if self.others:
            found.append(note("other_sheets_ignored", sheet=self.name, count=self.others))
        if self.sheet.has_formulas:
            found.append(note("formulas_as_values"))
        if self.sheet.errors:
            found.append(note("error_cells_emptied", count=self.sheet.errors))
        return tuple(found)


def open_workbook(content: bytes, kind: str, limits: Limits) -> Workbook:
    """The likeliest sheet of an `xlsx` or `ods` file. Raises `RosterUnreadable`."""
    archive = open_archive(content, limits)
    sheets = open_excel(archive, limits) if kind == "xlsx" else open_document(archive, limits)
    beginnings = [(sheet, list(islice(sheet.rows(), _LOOK_AT))) for sheet in sheets[: limits.sheets]]
    filled = [(sheet, rows) for sheet, rows in beginnings if rows]
    if not filled:
        raise RosterUnreadable("empty_file")
    # A cover sheet or list of choices may come first: of those with the most column names we know, the first.
    chosen, rows = max(filled, key=lambda one: known_names(one[1]) * (1 if _PUT_ASIDE.search(fold(one[0].name)) else 2))
    return Workbook(chosen if known_names(rows) >= 2 else filled[0][0], len(filled) - 1)


def known_names(rows: list[Numbered]) -> int:
    """The most names of columns that one of the rows holds."""
    return max(count_known(cells) for _, cells in rows)
