"""Excel workbooks (XLSX): rows straight from the XML of a sheet, with the results that were saved for its formulas."""

import posixpath
import re
import zipfile
from array import array
from collections.abc import Iterator

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from alongside.rules.roster.archives import read_pieces
from alongside.rules.roster.cells import day_text, iso_text, number_text
from alongside.rules.roster.joined import JoinedCells
from alongside.rules.roster.limits import Limits
from alongside.rules.roster.problems import RosterUnreadable
from alongside.rules.roster.sheets import UNSAVED, Numbered
from alongside.rules.roster.worksheet import Worksheet
from alongside.rules.roster.xml_parts import Finished, read_part, read_whole

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]{0,100}?\bref=[\"']([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})[\"']")
_MOST_MERGED, _MOST_STYLES, _MOST_SHEETS = 100_000, 70_000, 1_000
_TRUE = ("1", "true")


def open_excel(archive: zipfile.ZipFile, limits: Limits) -> list[Worksheet]:
    """The visible sheets of a workbook, all if none is visible, in its order. Raises `RosterUnreadable`."""
    parts = {name.lower(): name for name in archive.namelist()}
    book_part = next(
        (path for kind, path in _related(archive, parts, "", limits).values() if kind == "officeDocument"), ""
    )
    book_part = book_part or parts.get("xl/workbook.xml", "")
    if not book_part:
        raise RosterUnreadable("broken_workbook")
    book = _Book(archive, limits)
    listed: list[tuple[str, str, bool]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr" and attributes.get("date1904") in _TRUE:
            book.epoch = CALENDAR_MAC_1904
        if name == "sheet" and len(listed) < _MOST_SHEETS:
            related = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            listed.append((attributes.get("name", ""), related, attributes.get("state", "visible") == "visible"))

    read_whole(archive, book_part, limits, start=start)
    related = _related(archive, parts, book_part, limits)
    for kind, path in related.values():
        if kind == "styles":
            book.read_styles(path)
        elif kind == "sharedStrings":
            book.read_shared(path)
    found = [(_ExcelSheet(name, book, related[key][1]), shown) for name, key, shown in listed
             if related.get(key, ("", ""))[0] == "worksheet"]  # fmt: skip
    if not found:
        raise RosterUnreadable("broken_workbook")
    return [sheet for sheet, shown in found if shown] or [sheet for sheet, _ in found]


def _related(archive: zipfile.ZipFile, parts: dict[str, str], part: str, limits: Limits) -> dict[str, tuple[str, str]]:
    """Id -> (kind, part) of what a part refers to, as far as it is in the archive."""
    folder, _, base = part.rpartition("/")
    listing = parts.get(posixpath.join(folder, "_rels", f"{base}.rels").lower())
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and len(found) < _MOST_SHEETS and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            if target.lower() in parts:
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = (kind, parts[target.lower()])

    if listing:
        read_whole(archive, listing, limits, start=start)
    return found


class _Book:
    """What the sheets of a workbook share: texts, formats of numbers, and the day from which days count."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self.archive, self.limits, self.epoch = archive, limits, CALENDAR_WINDOWS_1900
        # One run of bytes with the ends of the texts in it: a list of a million texts would weigh many times as much.
        self._texts, self._ends = bytearray(), array("Q")
        self._formats: list[str] = []

    def shared(self, place: str) -> str:
        """One of the shared texts, "" where there is none of that number."""
        if not (place.isascii() and place.isdecimal() and len(place) < 10 and int(place) < len(self._ends)):
            return ""
        index = int(place)
        return self._texts[self._ends[index - 1] if index else 0 : self._ends[index]].decode("utf-8", "replace")

    def read_shared(self, part: str) -> None:
        """Keep the shared texts. Raises `RosterUnreadable`."""
        reader = _TextReader(self.limits.cell_characters)

        def end(name: str) -> None:
            reader.end(name)
            if name == "si":
                self._texts += reader.take().encode("utf-8", "replace")
                self._ends.append(len(self._texts))
                if len(self._texts) + 8 * len(self._ends) > 2 * self.limits.shared_bytes:
                    raise RosterUnreadable("too_large_unpacked", limit=self.limits.unpacked_bytes)

        for _ in read_part(self.archive, part, self.limits, start=reader.start, end=end, text=reader.text):
            pass

    def read_styles(self, part: str) -> None:
        """Learn which formats show a number as a date. Raises `RosterUnreadable`."""
        custom: dict[str, str] = {}
        inside: list[str] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            inside.append(name)
            if name == "numFmt" and len(custom) < _MOST_STYLES:
                custom[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:255]
            if name == "xf" and "cellXfs" in inside and len(self._formats) < _MOST_STYLES:
                number = attributes.get("numFmtId", "0")
                form = custom.get(number) or (BUILTIN_FORMATS.get(int(number), "") if number.isdecimal() else "")
                is_date = bool(form) and is_date_format(form)
                self._formats.append("" if not is_date else "duration" if is_timedelta_format(form) else "date")

        read_whole(self.archive, part, self.limits, start=start, end=lambda name: void(inside.pop()))

    def number(self, text: str, style: str) -> str:
        """A number, or the day it stands for where its style says so."""
        place = int(style) if style.isascii() and style.isdecimal() and len(style) < 7 else 0
        form = self._formats[place] if place < len(self._formats) else ""
        return day_text(text, self.epoch, is_duration=form == "duration") if form else number_text(text)


def void(_: object) -> None:
    """Nothing, of anything."""


class _TextReader:
    """The text of `<si>` or `<is>`: its runs joined, without what is only said about how to read it aloud."""

    def __init__(self, most: int) -> None:
        self.most, self.size, self.is_open, self.aside = most + 1, 0, False, 0
        self.pieces: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.aside += name == "rPh"
        self.is_open = name == "t" and not self.aside

    def end(self, name: str) -> None:
        self.aside -= name == "rPh"
        self.is_open = False

    def text(self, text: str) -> None:
        if self.is_open and self.size < self.most:
            self.pieces.append(text[: self.most - self.size])
            self.size += len(text)

    def take(self) -> str:
        found = "".join(self.pieces)
        self.pieces, self.size = [], 0
        return found


class _ExcelSheet(Worksheet):
    def __init__(self, name: str, book: _Book, part: str) -> None:
        super().__init__(name, book.limits)
        self.book, self.part = book, part
        self._merged: dict[int, list[tuple[int, int]]] | None = None

    def _read(self, joined: JoinedCells) -> Iterator[Numbered]:
        rows: list[Numbered] = []
        reader = _RowReader(self, rows)
        merged = self._joined_downwards()
        for _ in read_part(
            self.book.archive, self.part, self.limits, start=reader.start, end=reader.end, text=reader.text
        ):
            for number, cells in rows:
                whole = joined.fill(number, cells)
                for column, until in merged.get(number, ()):
                    if column < len(cells) and cells[column]:
                        joined.open(column, cells[column], until)
                if whole:
                    yield number, whole
            rows.clear()

    def _joined_downwards(self) -> dict[int, list[tuple[int, int]]]:
        """First row -> (column, latest row) of joined cells. The file lists them below all rows: sought first."""
        if self._merged is None:
            found: set[tuple[int, int, int]] = set()
            rest = b""
            for piece in read_pieces(self.book.archive, self.part, 1 << 20):
                window = rest + piece
                for letters, first, latest in _MERGED.findall(window):
                    if int(first) < int(latest) and len(found) < _MOST_MERGED:
                        found.add((int(first), column_number(letters.decode()), int(latest)))
                rest = window[-200:]
            self._merged = {}
            for first, column, latest in found:
                self._merged.setdefault(first, []).append((column, latest))
        return self._merged


class _RowReader:
    """Handlers for the rows of one sheet: they put finished rows into a list."""

    def __init__(self, sheet: _ExcelSheet, rows: list[Numbered]) -> None:
        self.sheet, self.rows, self.number = sheet, rows, 0
        self.cells: list[str] = []
        self.column, self.kind, self.style = -1, "n", ""
        self.has_formula = self.is_value = False
        self.value: list[str] = []
        self.inline = _TextReader(sheet.limits.cell_characters)
        self.is_inline = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            reference = attributes.get("r", "").rstrip("0123456789")
            self.column = column_number(reference) if reference else self.column + 1
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
            self.has_formula = False
            self.value = []
        elif name == "v":
            self.is_value = True
        elif name == "row":
            number = attributes.get("r", "")
            given = int(number) if number.isascii() and number.isdecimal() and len(number) < 8 else 0
            self.number = max(self.number + 1, given)
            self.cells, self.column = [], -1
        elif name == "f":
            self.has_formula = self.sheet.has_formulas = True
        elif name == "is":
            self.is_inline = True
        elif self.is_inline:
            self.inline.start(name, attributes)

    def text(self, text: str) -> None:
        if self.is_value and len(self.value) < 100:
            self.value.append(text)
        elif self.is_inline:
            self.inline.text(text)

    def end(self, name: str) -> None:
        if name == "v":
            self.is_value = False
        elif name == "c":
            self._put()
        elif name == "is":
            self.is_inline = False
        elif self.is_inline:
            self.inline.end(name)
        elif name == "row" and self.cells:
            self.rows.append((self.number, tuple(self.cells)))
        elif name == "sheetData":
            raise Finished

    def _put(self) -> None:
        raw = "".join(self.value)
        match self.kind:
            case "inlineStr":
                text = self.inline.take()
            case "s":
                text = self.sheet.book.shared(raw.strip())
            case "b":
                text = ("yes" if raw.strip() in _TRUE else "no") if raw else ""
            case "d":
                text = iso_text(raw.strip())
            case "str" | "e":
                text = raw[: self.sheet.limits.cell_characters + 1]
            case _:
                text = self.sheet.book.number(raw.strip(), self.style) if raw.strip() else ""
        if not text and self.has_formula and self.kind != "str":
            text = UNSAVED
        if text:
            self.sheet.put(self.cells, self.column, text)


def column_number(letters: str) -> int:
    """The place of a column from 0; far to the right where the letters are none.

    >>> column_number("A"), column_number("AB")
    (0, 27)
    """
    number = 0
    for letter in letters[:4]:
        number = number * 26 + ord(letter) - 64 if "A" <= letter <= "Z" else 1 << 20
    return number - 1
