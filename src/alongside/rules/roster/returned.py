"""A file of ours that comes back: rows that stayed out, mended, beside the reason; or everybody, as we saved them."""

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alongside.rules.roster.tables import Row, Rows, Table
from alongside.rules.roster.text import fold_words

REASON_HEADERS = ("Why this row stayed out", "Por qué esta fila quedó fuera")
"""The name of that column in each language of the pages."""

OWN_HEADER = "Alongside"
"""The first column of every file in which this house saves its people (`writing`)."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0")
_MAY_BEGIN_A_CELL = re.compile(r"([;|\n]\s*[\"']?)([=+@-])")
_FOLDED = frozenset(map(fold_words, (*REASON_HEADERS, OWN_HEADER)))


def read_returned(table: Table) -> Table:
    """The table as it was before we wrote it: without our column, and without the mark that kept cells text (H4).

    A table that does not come from us stays as it is.
    """
    ours = {place for place, header in enumerate(table.headers) if fold_words(header) in _FOLDED}
    if not ours:
        return table
    kept = [place for place in range(len(table.headers)) if place not in ours]
    return dataclasses.replace(
        table,
        headers=tuple(_unmarked(table.headers[place]) for place in kept),
        source=_Unmarked(table.source, tuple(kept), [_as_written(row, kept) for row in table.sample()]),
    )


@dataclass(frozen=True)
class _Unmarked:
    rows: Rows
    kept: tuple[int, ...]
    sample: list[Row]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return (_as_written(row, self.kept) for row in self.rows)


def _as_written(row: Row, kept: Sequence[int]) -> Row:
    return Row(row.number, tuple(_unmarked(row.cells[place]) for place in kept))


def mark(text: str) -> str:
    """Text with a mark in front where a spreadsheet program would run it, or where there is such a mark already.

    >>> mark("=1+1"), mark("'=1+1"), mark("Rosa")
    ("'=1+1", "''=1+1", 'Rosa')
    """
    return f"'{text}" if text.startswith((*FORMULA_STARTS, "'")) else text


def mark_inside(text: str) -> str:
    """`mark` also where a cell may begin in a program that cuts at semicolons; for text that is not read back.

    >>> mark_inside("he said;=1+1")
    "he said;'=1+1"
    """
    return mark(_MAY_BEGIN_A_CELL.sub(r"\1'\2", text))


def _unmarked(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith((*FORMULA_STARTS, "'")) else text
