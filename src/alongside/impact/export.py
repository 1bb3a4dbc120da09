"""The figures as CSV: UTF-8 with a mark for spreadsheets, one row for each figure and group, no formula in any cell."""

import csv
import io
from collections.abc import Iterable

from alongside.rules.measures import Figure

from .showing import spoken_group

COLUMNS = ("figure", "group", "value", "low", "high", "numerator", "n", "missing", "not_due", "hidden")
UNSAFE = ("=", "+", "-", "@", "\t", "\r", "\0")


def safe(cell: object) -> object:
    """Text that a spreadsheet could take for a formula gets a leading quote (H4); numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(UNSAFE) else cell


def to_csv(measures: Iterable[dict[str, Figure]]) -> bytes:
    """All figures with their groups. An empty cell is hidden or not known; the last column says which."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for figures in measures:
        for name, figure in figures.items():
            numbers = (figure.value, figure.low, figure.high)
            rounded = ["" if number is None else round(number, 4) for number in numbers]
            counts = (figure.numerator, figure.n, figure.missing, figure.not_due)
            cells = [figure.code, safe(spoken_group(name)), *rounded]
            writer.writerow([*cells, *("" if count is None else count for count in counts), int(figure.hidden)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()
