"""Files of every kind become a table, or are refused with the right reason."""

import codecs
import io
import zipfile

import pytest
from openpyxl import Workbook
from tests.rules.roster.rosters import county_workbook, data, workbook_bytes

from alongside.rules.roster import Limits, RosterUnreadable, read_table

PLAIN = 'Name,Phone,Notes\nAna Díaz,713-555-0101,"likes\nmusic"\nLuis Peña,713-555-0102,\n'


def refusal(content: bytes, name: str = "roster.csv", limits: Limits | None = None) -> str:
    with pytest.raises(RosterUnreadable) as caught:
        read_table(content, name, limits)
    return caught.value.code


def notes_of(content: bytes) -> dict[str, dict[str, object]]:
    return {note.code: dict(note.params) for note in read_table(content).notes}


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        codecs.BOM_UTF8 + PLAIN.encode(),
        PLAIN.encode("cp1252"),
        PLAIN.encode("utf-16"),
        codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"),
        PLAIN.encode("utf-16-le"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace(",", "|").encode(),
        ("sep=;\r\n" + PLAIN.replace(",", ";")).encode(),
    ],
    ids="utf8 bom cp1252 utf16 utf16be utf16-without-bom crlf semicolon tab pipe sep-line".split(),  # noqa: SIM905
)
def test_every_encoding_and_separator_gives_the_same_people(content: bytes) -> None:
    table = read_table(content)
    assert table.headers == ("Name", "Phone", "Notes")
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("Ana Díaz", "713-555-0101", "likes\nmusic")),
        (3, ("Luis Peña", "713-555-0102", "")),
    ]


def test_separator_is_not_fooled_by_lists_in_cells() -> None:
    table = read_table("Nombre;Idiomas;Horario\nAna;español, inglés;lun, mar\nLuis;inglés, español;mié, jue\n".encode())
    assert table.headers == ("Nombre", "Idiomas", "Horario")
    table = read_table(b"Name,Needs\nAna,housing; work; family\nLuis,family; housing\n")
    assert table.headers == ("Name", "Needs")


def test_title_blank_total_and_remark_rows_are_not_people() -> None:
    table = read_table(data("participants_english.csv"))
    assert table.header_row == 4
    assert [row.number for row in table.rows] == [5, 6, 7, 8, 10, 11, 12, 13, 14]
    notes = {note.code: dict(note.params) for note in table.notes}
    assert notes["title_rows_skipped"] == {"count": 2}
    assert notes["totals_row_ignored"] == {"row": 15}
    assert notes["footer_ignored"] == {"row": 16}
    assert "Bay Harbor" in table.title


def test_repeated_headers_inside_are_not_people() -> None:
    content = b"Name,Phone,Email\nAna,7135550101,\nName,Phone,Email\nLuis,7135550102,\n"
    assert len(read_table(content).rows) == 2
    assert notes_of(content)["repeated_headers_ignored"] == {"row": 3}


def test_two_rows_of_names_become_one() -> None:
    table = read_table(b"Name,Phone,Availability,,\n,,Mon,Tue,Wed\nAna,7135550101,x,,5-8\n")
    assert table.headers == ("Name", "Phone", "Mon", "Tue", "Wed")
    assert len(table.rows) == 1


def test_unknown_headers_are_left_for_a_person_to_map() -> None:
    assert read_table(b"Kolonne eins,Kolonne zwei\nAna,x\n").headers == ("Kolonne eins", "Kolonne zwei")


def test_ragged_rows_keep_every_cell() -> None:
    table = read_table(b"Name,Phone\nAna,7135550101,surprise\nLuis\n")
    assert table.headers == ("Name", "Phone", "")
    assert [row.cells for row in table.rows] == [("Ana", "7135550101", "surprise"), ("Luis", "", "")]


def test_workbook_with_dates_numbers_merged_title_and_total() -> None:
    table = read_table(county_workbook(), "county.xlsx")
    assert table.header_row == 3
    assert [row.number for row in table.rows] == [4, 5]
    assert table.rows[0].cells[:7] == ("1", "Ana María Téllez", "1990-05-04", "7135550171", "es", "2139", "2026-10-01")
    notes = {note.code: dict(note.params) for note in table.notes}
    assert notes["other_sheets_ignored"] == {"sheet": "Participants", "count": 1}
    assert notes["error_cells_emptied"] == {"count": 1}
    assert "formulas_as_values" in notes


def test_formulas_in_text_files_stay_text() -> None:
    assert read_table(b"Name,Notes\nAna,=1+1\n").rows[0].cells == ("Ana", "=1+1")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf \r\n", "empty_file"),
        (b",,,\n,,,\n", "empty_file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "is_picture"),
        (b"%PDF-1.7\n", "is_pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is_old_excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "is_locked_workbook"),
        (b"<!DOCTYPE html><table>", "is_web_page"),
        ("<html>".encode("utf-16"), "is_web_page"),
        (b'{"people": []}', "is_other_data"),
        (b"PK\x03\x04 and no more", "broken_workbook"),
        (b"Name,Phone\nAna,\x00713\n", "nul_bytes"),
        (bytes(100), "nul_bytes"),
        (b"Name,Phone\nAna,\x81\x8d\n", "encoding_unknown"),
        (b"Name\x01\x02\x03\x04,Phone\x05\x06\n", "not_text"),
        (b'Name,Phone\nAna,"713\nLuis,714\n', "broken_quotes"),
        (b'Name,Phone,A,B\nAna,"713,x,y\nLuis,714,"q",w\nEva,715,z,v\n', "broken_quotes"),
        (b"Name,Phone\n", "no_rows"),
        (b"Ana,713-555-0101,ana@example.org\nLuis,713-555-0102,luis@example.org\n", "no_headers"),
    ],
)
def test_refused_with_the_right_reason(content: bytes, code: str) -> None:
    assert refusal(content) == code


def archive(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return stream.getvalue()


def test_archives_are_told_apart() -> None:
    assert refusal(archive({"a.txt": b"x"})) == "is_archive"
    assert refusal(archive({"word/document.xml": b"x"})) == "is_word_document"
    assert refusal(archive({"xl/workbook.bin": b"x"})) == "is_binary_excel"
    sheet = b"application/vnd.oasis.opendocument.spreadsheet"
    assert refusal(archive({"mimetype": sheet, "content.xml": b"<x/>"})) == "broken_workbook"
    text = b"application/vnd.oasis.opendocument.text"
    assert refusal(archive({"mimetype": text, "content.xml": b"<x/>"})) == "is_word_document"


def test_bombs_are_refused_before_they_unpack() -> None:
    book = {"xl/workbook.xml": b"<x/>"}
    assert refusal(archive(book | {"xl/a.xml": bytes(260_000_000)})) == "too_large_unpacked"
    assert refusal(archive(book | {"xl/a.xml": bytes(9_000_000)})) == "packed_too_tightly"
    assert refusal(archive(book | {f"xl/{number}.xml": b"" for number in range(1_001)})) == "too_many_parts"
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    assert refusal(archive({"xl/workbook.xml": entity})) == "unsafe_workbook"
    assert refusal(archive({"xl/workbook.xml": entity.decode().encode("utf-16")})) == "unsafe_workbook"
    assert refusal(archive(book)) == "broken_workbook"


def test_limits_of_rows_columns_cells_and_bytes() -> None:
    assert refusal(b"Name,Phone\n" + b"Ana,1\n" * 4, limits=Limits(rows=3)) == "too_many_rows"
    assert refusal(b"Name,Phone,Email,Age\nAna,1,2,3\n", limits=Limits(columns=3)) == "too_many_columns"
    assert refusal(b"Name,Notes\nAna," + b"x" * 50, limits=Limits(cell_characters=40)) == "cell_too_long"
    assert refusal(b"Name,Phone\nAna,1\n", limits=Limits(wire_bytes=5)) == "too_large"
    workbook = Workbook()
    for cells in (["Name", "Phone"], *([f"Ana {number}", "1"] for number in range(4))):
        workbook.active.append(cells)
    assert refusal(workbook_bytes(workbook), limits=Limits(rows=3)) == "too_many_rows"
    assert refusal(workbook_bytes(Workbook())) == "empty_file"
