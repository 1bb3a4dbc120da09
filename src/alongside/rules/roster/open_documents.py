"""OpenDocument sheets (ODS): rows straight from the XML, repeated rows and cells within bounds."""

import zipfile
from collections.abc import Iterator, Mapping

from alongside.rules.roster.cells import duration_text, iso_text, number_text
from alongside.rules.roster.joined import JoinedCells
from alongside.rules.roster.limits import Limits
from alongside.rules.roster.problems import RosterUnreadable
from alongside.rules.roster.sheets import UNSAVED, Numbered
from alongside.rules.roster.worksheet import Worksheet
from alongside.rules.roster.xml_parts import Finished, read_part

_CONTENT = "content.xml"
_MOST_REPEATED = 1 << 21
_CELLS = ("table-cell", "covered-table-cell")
_ASIDE = ("annotation", "shapes", "tracked-changes", "dde-links")
"""Elements whose text is beside the cell: remarks, drawings, what was there before."""


def open_document(archive: zipfile.ZipFile, limits: Limits) -> list[Worksheet]:
    """The sheets of a document that are shown, in its order. Raises `RosterUnreadable`."""
    if _CONTENT not in archive.namelist():
        raise RosterUnreadable("broken_workbook")
    hidden: set[str] = set()
    listed: list[tuple[str, str]] = []
    style: list[str] = [""]
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        own = _plain(attributes)
        if name == "style" and own.get("family") == "table":
            style[0] = own.get("name", "")
        elif name == "table-properties" and own.get("display") == "false":
            hidden.add(style[0])
        elif name == "table":
            if depth == 0 and len(listed) <= limits.sheets:
                listed.append((own.get("name", ""), own.get("style-name", "")))
            depth += 1

    def end(name: str) -> None:
        nonlocal depth
        depth -= name == "table"

    for _ in read_part(archive, _CONTENT, limits, start=start, end=end):
        pass
    if not listed:
        raise RosterUnreadable("broken_workbook")
    sheets = [(_DocumentSheet(name, archive, place, limits), look) for place, (name, look) in enumerate(listed)]
    return [sheet for sheet, look in sheets if look not in hidden] or [sheet for sheet, _ in sheets]


def _plain(attributes: Mapping[str, str]) -> dict[str, str]:
    return {name.rpartition(":")[2]: value for name, value in attributes.items()}


class _DocumentSheet(Worksheet):
    def __init__(self, name: str, archive: zipfile.ZipFile, place: int, limits: Limits) -> None:
        super().__init__(name, limits)
        self.archive, self.place = archive, place

    def _read(self, joined: JoinedCells) -> Iterator[Numbered]:
        rows: list[tuple[int, int, tuple[str, ...], list[tuple[int, int]]]] = []
        reader = _RowReader(self, rows)
        for _ in read_part(self.archive, _CONTENT, self.limits, start=reader.start, end=reader.end, text=reader.text):
            for first, times, cells, spans in rows:
                for number in range(first, first + times):
                    yield number, joined.fill(number, cells)
                for column, height in spans:
                    if column < len(cells) and cells[column]:
                        joined.open(column, cells[column], first + height - 1)
            rows.clear()


class _RowReader:
    """Handlers for the rows of one sheet: (number, how often, cells, joined downwards) into a list."""

    def __init__(
        self, sheet: _DocumentSheet, rows: list[tuple[int, int, tuple[str, ...], list[tuple[int, int]]]]
    ) -> None:
        self.sheet, self.rows = sheet, rows
        self.table, self.tables, self.aside = 0, -1, 0
        self.number = self.next = 1
        self.times = self.column = 0
        self.cells: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.attributes: dict[str, str] = {}
        self.lines: list[str] = []
        self.size, self.is_paragraph = 0, False

    @property
    def is_ours(self) -> bool:
        """Whether this is inside the sheet that is being read, and not inside a table within it."""
        return self.table == 1 and self.tables == self.sheet.place and not self.aside

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            self.table += 1
            self.tables += self.table == 1
        elif self.tables != self.sheet.place:
            return
        elif name in _ASIDE or self.table > 1:
            self.aside += name in _ASIDE
        elif self.aside:
            return
        elif name in _CELLS:
            self.attributes, self.lines, self.size = _plain(attributes), [], 0
            self.is_paragraph = False
        elif name == "table-row":
            self.number, self.times = self.next, _times(_plain(attributes).get("number-rows-repeated"))
            self.next += self.times
            self.cells, self.column, self.spans = [], 0, []
        elif name == "p":
            self.lines.append("")
            self.is_paragraph = True
        elif name == "s" and self.is_paragraph:
            self._add(" " * min(_times(_plain(attributes).get("c")), 100))
        elif name in ("tab", "line-break") and self.is_paragraph:
            self._add(" " if name == "tab" else "\n")

    def text(self, text: str) -> None:
        if self.is_paragraph and self.is_ours:
            self._add(text)

    def _add(self, text: str) -> None:
        room = self.sheet.limits.cell_characters + 1 - self.size
        if room > 0 and self.lines:
            self.lines.append(text[:room])
            self.size += len(text)

    def end(self, name: str) -> None:
        if name == "table":
            self.table -= 1
            if self.table == 0 and self.tables == self.sheet.place:
                raise Finished
        elif self.tables != self.sheet.place:
            return
        elif name in _ASIDE:
            self.aside -= self.table == 1
        elif not self.is_ours:
            return
        elif name == "p":
            self.is_paragraph = False
            self.lines.append("\n")
        elif name in _CELLS:
            self._put(is_covered=name != "table-cell")
        elif name == "table-row" and self.cells:
            self.rows.append((self.number, self.times, tuple(self.cells), self.spans))

    def _put(self, *, is_covered: bool) -> None:
        times = _times(self.attributes.get("number-columns-repeated"))
        # What a joined cell covers is not shown, and what is repeated up to the edge of the sheet is blank.
        text = "" if is_covered else self._value()
        if text:
            if self.column + times > self.sheet.limits.columns:
                raise RosterUnreadable("too_many_columns", limit=self.sheet.limits.columns)
            for column in range(self.column, self.column + times):
                self.sheet.put(self.cells, column, text)
            height = _times(self.attributes.get("number-rows-spanned"))
            if height > 1:
                self.spans.append((self.column, height))
        self.column = min(self.column + times, _MOST_REPEATED)

    def _value(self) -> str:
        get, text = self.attributes.get, "".join(self.lines)
        if "formula" in self.attributes:
            self.sheet.has_formulas = True
        match get("value-type"):
            case "float" | "currency" | "percentage":
                return number_text(get("value", ""))
            case "date":
                return iso_text(get("date-value", ""))
            case "time":
                return duration_text(get("time-value", ""))
            case "boolean":
                return "yes" if get("boolean-value") == "true" else "no"
            case None if "formula" in self.attributes and not text.strip():
                return UNSAVED
            case _:
                return text or get("string-value", "")[: self.sheet.limits.cell_characters + 1]


def _times(text: str | None) -> int:
    if not text or not (text.isascii() and text.isdecimal()):
        return 1
    return min(max(int(text[:12]), 1), _MOST_REPEATED)
