"""Rows of text to the bytes of a file, piece by piece: CSV and XLSX that any spreadsheet program opens.

Nothing is held but the piece at hand, and nothing is written to a disk. Cells are text and stay text: a workbook has
no numbers, no formulas and no shared strings, so nothing in it is calculated.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

FORMATS = ("csv", "xlsx")
_PIECE = 16 * 1024
# What XML 1.0 cannot hold. The roster's own cells never have it (`exact`); other text loses it.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
        '<sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


def write_file(form: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The bytes of a file of `form` (`csv`, `xlsx`), as they become ready. `rows` is gone through once."""
    return write_csv(headers, rows) if form == "csv" else write_xlsx(headers, rows)


def write_csv(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """UTF-8 with a mark, as spreadsheet programs like it; every cell is quoted."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    text.write("\ufeff")
    writer.writerow(headers)
    for row in rows:
        writer.writerow(row)
        if text.tell() >= _PIECE:
            yield _taken(text)
    yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    # A half of a letter, which no file can hold, becomes a question mark.
    piece = text.getvalue().encode("utf-8", "replace")
    text.seek(0)
    text.truncate()
    return piece


def write_xlsx(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """A workbook of one sheet, its first row frozen; the archive is written as a stream."""
    out = StreamOut()
    # The lightest packing: heavier ones look like a bomb to careful readers, ours too (H1).
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in _PARTS.items():
            archive.writestr(name, _XML + part)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(
                f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
                '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
                "<sheetData>".encode()
            )
            sheet.write(_row(headers))
            for row in rows:
                sheet.write(_row(row))
                if out.size >= _PIECE:
                    yield out.take()
            sheet.write(b"</sheetData></worksheet>")
    yield out.take()


def _row(cells: Sequence[str]) -> bytes:
    filled = "".join(map(_cell, cells))
    return f"<row>{filled}</row>".encode("utf-8", "replace")


def _cell(text: str) -> str:
    if not text:
        return "<c/>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(_NOT_XML.sub("", text))}</t></is></c>'


class StreamOut(io.RawIOBase):
    """Takes bytes of an archive, which is told that nobody can go back in it."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, piece) -> int:  # type: ignore[no-untyped-def]
        self._pieces.append(bytes(piece))
        self.size += len(piece)
        return len(piece)

    def take(self) -> bytes:
        """What came since the latest time."""
        taken = b"".join(self._pieces)
        self._pieces, self.size = [], 0
        return taken
