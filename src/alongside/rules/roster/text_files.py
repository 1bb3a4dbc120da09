"""Text files with separated values: encoding, separator and quotes are found out from the content."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from alongside.rules.roster.encodings import find_encoding, open_text
from alongside.rules.roster.headers import count_known
from alongside.rules.roster.limits import Limits
from alongside.rules.roster.problems import Note, RosterUnreadable
from alongside.rules.roster.sheets import Numbered
from alongside.rules.roster.text import clean

SEPARATORS = ",;\t|"
_SAMPLE_ROWS = 100
_SAMPLE_CHARACTERS = 200_000
_END = "\x1aend of roster"
_DIRECTIVE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)


class TextFile:
    """All rows of a text file, as wide as they come. Raises `RosterUnreadable`, here or while the rows are read."""

    name = ""

    def __init__(self, content: bytes, limits: Limits) -> None:
        self.content, self.limits = content, limits
        self.encoding = find_encoding(content)
        with open_text(content, self.encoding) as stream:
            # A line `sep=;` is for spreadsheet programs; they do not show it as a row either.
            first = stream.readline(20)
            directive = _DIRECTIVE.fullmatch(first) if first.endswith(("\r", "\n")) else None
            head = stream.read(_SAMPLE_CHARACTERS) if directive else first + stream.read(_SAMPLE_CHARACTERS)
        self.has_directive = directive is not None
        said = directive.group(1) if directive else ""
        self.separator = said if said and said in SEPARATORS else guess_separator(head)

    def notes(self) -> tuple[Note, ...]:
        """Nothing is set aside in a text file."""
        return ()

    def rows(self) -> Iterator[Numbered]:
        """Every row, blank ones too, numbered from 1."""
        lines = _Lines(self)
        reader = csv.reader(lines, delimiter=self.separator)
        swallowed = _Swallowed(self.separator)
        number, most = 0, self.limits.columns
        try:
            for cells in reader:
                if cells == [_END]:
                    swallowed.refuse()
                    return
                number += 1
                if any(cell.strip() for cell in cells[most:]):
                    raise RosterUnreadable("too_many_columns", limit=most)
                # Blank rows are free, up to a point.
                if number > self.limits.rows * 2 + 1_000:
                    raise RosterUnreadable("too_many_rows", limit=self.limits.rows)
                # A quotation mark inside one line is forgiven; one that joins lines may have swallowed people.
                if len(lines.taken) > 1 and not lines.is_at_end:
                    list(csv.reader(lines.taken, delimiter=self.separator, strict=True))
                    swallowed.look_at(number, cells)
                lines.start_row(number)
                swallowed.width = max(swallowed.width, min(len(cells), most))
                yield number, tuple(map(clean, cells[:most]))
        except csv.Error as error:
            if "field larger" in str(error) and len(lines.taken) == 1:
                raise RosterUnreadable("cell_too_long", row=number + 1, limit=self.limits.cell_characters) from error
            raise RosterUnreadable("broken_quotes", row=number + 1) from error
        # The mark at the end comes out as a row of its own, unless a quotation mark was left open before it.
        raise RosterUnreadable("broken_quotes", row=max(number, 1))


class _Lines:
    """The lines of a file for `csv`, with a mark after the last; `taken` are those of the row that is being read."""

    def __init__(self, file: TextFile) -> None:
        self.file, self.rows, self.is_at_end = file, 0, False
        self.taken: list[str] = []
        self._lines = self._read()

    def __iter__(self) -> Iterator[str]:
        return self._lines

    def start_row(self, rows: int) -> None:
        """Forget the lines of the row before, of which there were `rows`."""
        self.taken, self.rows = [], rows

    def _read(self) -> Iterator[str]:
        with open_text(self.file.content, self.file.encoding) as stream:
            if self.file.has_directive:
                stream.readline()
            held = ""
            while line := stream.readline(self.file.limits.line_characters + 1):
                self._refuse_long(line)
                if held:
                    yield self._take(held)
                held = line
        if held:
            yield self._take(held if held.endswith(("\r", "\n")) else f"{held}\n")
        self.is_at_end = True
        yield self._take(_END)

    def _take(self, line: str) -> str:
        self.taken.append(line)
        return line

    def _refuse_long(self, line: str) -> None:
        limits = self.file.limits
        if len(line) > limits.line_characters:
            if line.count(self.file.separator) > limits.columns:
                raise RosterUnreadable("too_many_columns", limit=limits.columns)
            raise RosterUnreadable("cell_too_long", row=self.rows + 2, limit=limits.cell_characters)


class _Swallowed:
    """A quotation mark closed rows later hides people inside one cell: refuse rather than lose them."""

    def __init__(self, separator: str) -> None:
        self.separator, self.width = separator, 0
        self._first_row: dict[int, int] = {}

    def look_at(self, number: int, cells: list[str]) -> None:
        """Remember how many separators a line inside a cell holds, and in which row first."""
        for cell in cells:
            if "\n" in cell or "\r" in cell:
                most = max(line.count(self.separator) for line in cell.splitlines())
                self._first_row.setdefault(most, number)

    def refuse(self) -> None:
        """Once the width of the whole is known: whether a line inside a cell was a row of its own."""
        rows = [row for count, row in self._first_row.items() if count >= self.width - 1]
        if self.width >= 4 and rows:
            raise RosterUnreadable("broken_quotes", row=min(rows))


def guess_separator(text: str) -> str:
    """The separator that gives most known column names, then most rows of one width above one column.

    `text` is the beginning of a file.
    """

    def fit(separator: str) -> tuple[int, float, int]:
        # A row of a sample may be very long when the separator is wrong; the sample itself is bounded.
        try:
            sample = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), _SAMPLE_ROWS))
        except csv.Error:
            return 0, 0.0, 0
        filled = [row for row in sample if any(cell.strip() for cell in row)]
        widths = Counter(len(row) for row in filled if len(row) > 1)
        if not widths:
            return 0, 0.0, 0
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        known = max((count_known(row) for row in filled[:15] if len(row) > 1), default=0)
        return known, count / len(filled), width

    return max(SEPARATORS, key=fit)
