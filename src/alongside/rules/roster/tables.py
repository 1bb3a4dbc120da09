"""A roster as a table of text that may be longer than memory likes.

The contract, for whoever reads one:

    table.count            rows of people, known without reading again
    table.iter_rows()      `Row` after `Row`, in the order of the file, as often as wanted; one row in memory at a time
    table.sample(n)        at most n rows spread over the whole table, for looking at; costs nothing
    table.rows             all rows as a tuple, kept once asked for: for small tables and tests only
    table.column(place)    all cells below one header: for small tables and tests only

A table of `read_table` was read through once before anybody gets it, so its rows raise nothing later: whatever is wrong
with a file is said by `read_table` (`RosterUnreadable`). Each call of `iter_rows` reads the file's bytes anew, which
takes time (a second or a few for 100,000 rows): ask once and do everything on the way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from alongside.rules.roster.problems import Note

T = TypeVar("T")
SAMPLE_ROWS = 400
"""The most rows that `Table.sample` gives."""


@dataclass(frozen=True)
class Row:
    """One row of the file: its number as a spreadsheet program shows it, and one text per header."""

    number: int
    cells: tuple[str, ...]


class Rows(Protocol):
    """Rows that can be counted, and gone through as often as wanted. A tuple is one."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Row]: ...


@dataclass(frozen=True)
class Table:
    """A roster as text. Every row has as many cells as there are headers; `title` is what stood above them."""

    headers: tuple[str, ...]
    source: Rows
    notes: tuple[Note, ...] = ()
    title: str = ""
    header_row: int = 1

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.source)

    def iter_rows(self) -> Iterator[Row]:
        """The rows one by one, from the beginning at each call."""
        return iter(self.source)

    def sample(self, most: int = SAMPLE_ROWS) -> list[Row]:
        """At most `most` rows, spread evenly over the table and in its order."""
        kept = getattr(self.source, "sample", None) or self.rows
        return spread(kept, min(most, SAMPLE_ROWS))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All rows at once."""
        return tuple(self.source)

    def column(self, index: int) -> list[str]:
        """All cells below one header."""
        return [row.cells[index] for row in self.iter_rows()]


def spread(items: Sequence[T], most: int) -> list[T]:
    """At most `most` of the items, evenly spread and in order.

    >>> spread(list(range(10)), 4)
    [0, 2, 5, 7]
    """
    if len(items) <= most:
        return list(items)
    return [items[place * len(items) // most] for place in range(most)]
