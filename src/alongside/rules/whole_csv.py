"""Rows of a CSV from strangers. One that breaks off inside quotation marks is refused: `csv` takes all that follows as
one cell and says nothing, and what stands in it would be taken for gone."""

import csv
import io
from collections.abc import Iterator

END = "\x1fend\x1f"
"""A row of our own behind the last: where it is swallowed, a quotation mark was never closed."""


class BrokenCsv(ValueError):
    """`row`: about where, the headers being 1."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


def read_cells(text: str, *, delimiter: str = ",", longest: int | None = None) -> Iterator[list[str]]:
    """The cells of each row. Raises `BrokenCsv`, also for a cell of more than `longest` letters.

    >>> list(read_cells('a,"b"')), next(read_cells("a;b", delimiter=";"))
    ([['a', 'b']], ['a', 'b'])
    """
    reader = csv.reader(io.StringIO(f"{text}\n{END}", newline=""), delimiter=delimiter)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if cells == [END]:
                return
            if longest is not None and any(len(cell) > longest for cell in cells):
                raise BrokenCsv(number)
            if cells and cells[-1].endswith(END):
                raise BrokenCsv(number)
            yield cells
    except csv.Error as error:
        raise BrokenCsv(number + 1) from error
    raise BrokenCsv(number)
