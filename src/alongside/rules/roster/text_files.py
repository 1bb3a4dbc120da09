"""Text files with separated values: encoding, separator and quotes are found out from the content."""

import codecs
import csv
import io
import re
from collections import Counter
from itertools import islice

from alongside.rules.roster.headers import count_known
from alongside.rules.roster.layout import Sheet
from alongside.rules.roster.limits import Limits
from alongside.rules.roster.problems import RosterUnreadable
from alongside.rules.roster.text import clean

SEPARATORS = ",;\t|"
_SAMPLE_ROWS = 100
_END = "\x1aend of roster"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")


def read_text_file(content: bytes, limits: Limits) -> Sheet:
    """All rows of a text file, as wide as they come. Raises `RosterUnreadable`."""
    text = decode(content)
    # A line `sep=;` is for spreadsheet programs; they do not show it as a row either.
    directive = re.match(r'"?sep=(.)"?[\r\n]+', text, re.IGNORECASE)
    if directive:
        text = text[directive.end() :]
    separator = directive.group(1) if directive and directive.group(1) in SEPARATORS else guess_separator(text)
    rows = _split(text, separator, limits)
    _refuse_swallowed_rows(rows, separator)
    return Sheet([(number, tuple(map(clean, cells))) for number, cells in enumerate(rows, 1)])


def _split(text: str, separator: str, limits: Limits) -> list[tuple[str, ...]]:
    # The mark at the end comes out as a row of its own, unless a quotation mark was left open before it.
    lines = io.StringIO(f"{text.rstrip(_END[0])}\n{_END}", newline="").readlines()
    reader = csv.reader(lines, delimiter=separator)
    rows: list[tuple[str, ...]] = []
    first_line = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells[limits.columns :]):
                raise RosterUnreadable("too_many_columns", limit=limits.columns)
            rows.append(tuple(cells[: limits.columns]))
            # Blank rows are free, up to a point.
            if len(rows) > limits.rows * 2 + 1_000:
                raise RosterUnreadable("too_many_rows", limit=limits.rows)
            # A quotation mark inside one line is forgiven; one that joins lines may have swallowed people.
            if reader.line_num - first_line > 1 and cells != [_END] and reader.line_num < len(lines):
                list(csv.reader(lines[first_line : reader.line_num], delimiter=separator, strict=True))
            first_line = reader.line_num
    except csv.Error as error:
        raise RosterUnreadable("broken_quotes", row=len(rows)) from error
    if rows.pop() != (_END,):
        raise RosterUnreadable("broken_quotes", row=len(rows) + 1)
    return rows


def decode(content: bytes) -> str:
    """The text of a file: by its byte-order mark, else UTF-8, else UTF-16 by its zero bytes, else Windows-1252."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return _checked(_decode_as(content, encoding))
    if b"\0" in content:
        for encoding, zeros in (("utf-16-le", content[1::2]), ("utf-16-be", content[::2])):
            if zeros.count(0) > len(zeros) * 0.6:
                return _checked(_decode_as(content, encoding))
        raise RosterUnreadable("nul_bytes")
    try:
        return _checked(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _checked(_decode_as(content, "cp1252"))


def _decode_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise RosterUnreadable("encoding_unknown") from error


def _checked(text: str) -> str:
    if "\0" in text:
        raise RosterUnreadable("nul_bytes")
    # A stray control character happens; more than one in a thousand is no spreadsheet.
    if len(_CONTROL.findall(text)) > 2 + len(text) // 1000:
        raise RosterUnreadable("not_text")
    return text


def guess_separator(text: str) -> str:
    """The separator that gives most known column names, then most rows of one width above one column."""

    def fit(separator: str) -> tuple[int, float, int]:
        # A row of a sample may be very long when the separator is wrong; the whole file is bounded before.
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


def _refuse_swallowed_rows(rows: list[tuple[str, ...]], separator: str) -> None:
    """A quotation mark closed rows later hides people inside one cell: refuse rather than lose them."""
    width = max(map(len, rows), default=0)
    if width < 4:
        return
    for number, cells in enumerate(rows, 1):
        for cell in cells:
            if "\n" in cell and any(line.count(separator) >= width - 1 for line in cell.split("\n")):
                raise RosterUnreadable("broken_quotes", row=number)
