"""Workbooks made as their programs make them: XLSX by a library and by hand, ODS by hand."""
# ruff: noqa: E501  lines of a file stand as they are

import datetime as dt
import io
import zipfile
from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from tests.rules.roster.rosters import workbook_bytes
from tests.rules.roster.unseen import Unseen

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
)


def archive(parts: Mapping[str, str | bytes], level: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP file of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", level) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return stream.getvalue()


def ods(*sheets: tuple[str, str], encrypted: bool = False) -> bytes:
    """An ODS file: (name, rows as XML) for each sheet."""
    tables = "".join(f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in sheets)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES} office:version="1.3">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    locked = "<manifest:encryption-data/>" if encrypted else ""
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{locked}'
        "</manifest:file-entry></manifest:manifest>"
    )
    return archive({"mimetype": ODS_TYPE, "content.xml": content, "META-INF/manifest.xml": manifest})


def said(text: str) -> str:
    """A text cell of ODS."""
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def row(*cells: str, times: int = 1) -> str:
    """A row of ODS."""
    repeated = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    return f"<table:table-row{repeated}>{''.join(cells)}</table:table-row>"


def blank(times: int = 1) -> str:
    """Empty cells of ODS."""
    return f'<table:table-cell table:number-columns-repeated="{times}"/>'


def county_ods() -> bytes:
    """A list as an office program saves it: typed cells, repeated ones, a joined cell, a million empty rows below."""
    born = (
        '<table:table-cell office:value-type="date" office:date-value="{}"><text:p>as shown</text:p></table:table-cell>'
    )
    number = '<table:table-cell office:value-type="float" office:value="{}"><text:p>{}</text:p></table:table-cell>'
    yes = '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>'
    summed = (
        '<table:table-cell table:formula="of:=COUNTA([.B3:.B5])" office:value-type="float" office:value="3">'
        "<text:p>3</text:p></table:table-cell>"
    )
    joined = (
        '<table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>Eastside</text:p>'
        "</table:table-cell>"
    )
    under = "<table:covered-table-cell/>"
    rows = (
        row(said("Lista de espera"), blank(1023)),
        row(blank(1024)),
        row(*map(said, ("No.", "Nombre", "Fecha de nacimiento", "Teléfono", "Idioma", "Sede", "Texto ok", "Notas"))),
        row(number.format(1, 1), said("Ana Luz Prado"), born.format("1988-05-25"), number.format("7135550101", "7,135,550,101"),
            said("español"), joined, yes, said("una línea</text:p><text:p>otra<text:s text:c=\"2\"/>línea")),
        row(number.format(2, 2), said("Beto Roa"), born.format("1990-12-03T00:00:00"), said("713-555-0102"),
            said("español"), under, blank(1018)),
        row(number.format(3, 3), said("Cruz Sol &amp; Paz"), blank(2), said("inglés"), blank(1019)),
        row(said("Total"), summed, blank(1022)),
        row(blank(1024), times=1_048_569),
    )  # fmt: skip
    return ods(("Hoja1", "".join(rows)), ("Hoja2", row(blank(1024), times=1_048_576)))


def grouped() -> bytes:
    """Two rows of names, the upper one joined over its columns, as intake sheets have them."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["Intake sheet 2026"])
    sheet.append(["Client", None, None, "Contact", None, "Emergency contact", None])
    sheet.append(["Last name", "First name", "DOB", "Phone", "E-mail", "Name", "Phone"])
    sheet.append(["Ash", "Mia", dt.date(1991, 2, 3), "503-555-0111", "mia@example.org", "Al Ash", "503-555-0199"])
    sheet.append(["Birch", "Ned", dt.date(1981, 12, 30), 5035550112, None, "Jo Birch", "503-555-0198"])
    for cells in ("A1:G1", "A2:C2", "D2:E2", "F2:G2"):
        sheet.merge_cells(cells)
    return workbook_bytes(workbook)


def sites_joined() -> bytes:
    """A site written once for all its people, the cells joined downwards; a list of choices on another sheet."""
    workbook = Workbook()
    choices = workbook.active
    choices.title = "Lists"
    for word in ("Language", "English", "Spanish", "Vietnamese"):
        choices.append([word])
    sheet = workbook.create_sheet("Active clients")
    sheet.append(["Site", "Name", "Phone", "Preferred language", "Start date"])
    sheet.append(["North", "Ola Penn", "469-555-0121", "English", dt.datetime(2026, 11, 2)])  # noqa: DTZ001
    sheet.append([None, "Pat Quill", "469-555-0122", "Spanish", dt.datetime(2026, 11, 3)])  # noqa: DTZ001
    sheet.append([None, "Rae Sims", "469-555-0123", "Vietnamese", dt.datetime(2026, 11, 4)])  # noqa: DTZ001
    sheet.append(["South", "Tai Urban", "469-555-0124", "English", None])
    sheet.merge_cells("A2:A4")
    return workbook_bytes(workbook)


def of_1904() -> bytes:
    """A workbook of the other calendar: its days count from 1904."""
    workbook = Workbook()
    workbook.epoch = CALENDAR_MAC_1904
    workbook.active.append(["Name", "Date of birth", "Phone"])
    workbook.active.append(["Sol Vidal", dt.date(1988, 5, 25), "619-555-0131"])
    return workbook_bytes(workbook)


def by_hand(rows: str, names: str = "", more: str = "", sheet: str = "xl/worksheets/sheet1.xml") -> bytes:
    """An XLSX of one sheet, its rows written as XML; `more` comes after them, `names` are the shared texts."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packed = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{packed}"><Relationship Id="rId1" Type="{related}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{related}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{packed}"><Relationship Id="rId1" Type="{related}/worksheet" Target="/{sheet}"/>'
            f'<Relationship Id="rId2" Type="{related}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
        ),
        "xl/sharedStrings.xml": f"<sst {main}>{names}</sst>",
        sheet: f'<worksheet {main}><dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData>{more}</worksheet>',
    }  # fmt: skip
    return archive(parts)


def formulas() -> bytes:
    """A cell that was calculated and saved, one whose result was never saved, and a size that lies."""
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>Wim Yates</t></is></c><c r="B2"><v>7.135550141E9</v></c>'
        '<c r="C2" t="str"><f>IF(1,"spanish","")</f><v>Spanish</v></c></row>'
        '<row r="3"><c r="A3" t="s"><v>3</v></c><c r="B3"><f>HYPERLINK("http://example.org","713")</f></c>'
        '<c r="C3" t="e"><v>#N/A</v></c></row>'
    )
    names = "".join(f"<si>{one}</si>" for one in (
        "<t>Name</t>", "<t>Phone</t>", "<t>Language</t>",
        "<r><t>Zed </t></r><r><t xml:space=\"preserve\">Alder</t></r><rPh sb=\"0\" eb=\"1\"><t>zed</t></rPh>",
    ))  # fmt: skip
    return by_hand(rows, names)


def numbers_as_text() -> bytes:
    """Numbers that a program wrote with a decimal point, ZIP codes that lost their zero, and truth values."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Export"
    sheet.append(["Client ID", "Client Name", "Phone Number", "Zip", "Age", "Can text"])
    sheet.append([1001.0, "Amaya Bligh", 6175550151.0, 2139, 41.0, True])
    sheet.append(["1002.0", "Caro Dunne", "6175550152.0", "02140", "29.0", False])
    return workbook_bytes(workbook)


BOOKS = (
    Unseen(
        "office program: repeated, joined and typed cells", county_ods,
        [
            {"external_id": "1", "legal_name": "Ana Luz Prado", "birth_date": "1988-05-25", "phone": "+17135550101",
             "language": ["es"], "site": "Eastside", "may_text": True, "notes": "una línea\notra línea"},
            {"external_id": "2", "legal_name": "Beto Roa", "birth_date": "1990-12-03", "phone": "+17135550102",
             "language": ["es"], "site": "Eastside"},
            {"external_id": "3", "legal_name": "Cruz Sol & Paz", "language": ["en"]},
        ],
        notes=frozenset({"title_rows_skipped", "totals_row_ignored", "formulas_as_values"}),
        file_name="espera.ods",
    ),
    Unseen(
        "two rows of names, joined cells above", grouped,
        [
            {"legal_name": "Mia Ash", "birth_date": "1991-02-03", "phone": "+15035550111", "email": "mia@example.org"},
            {"legal_name": "Ned Birch", "birth_date": "1981-12-30", "phone": "+15035550112"},
        ],
        notes=frozenset({"title_rows_skipped"}),
        file_name="intake.xlsx",
    ),
    Unseen(
        "a site joined over its people, choices on another sheet", sites_joined,
        [
            {"site": "North", "legal_name": "Ola Penn", "phone": "+14695550121", "language": ["en"],
             "started_on": "2026-11-02"},
            {"site": "North", "legal_name": "Pat Quill", "phone": "+14695550122", "language": ["es"],
             "started_on": "2026-11-03"},
            {"site": "North", "legal_name": "Rae Sims", "phone": "+14695550123", "language": ["vi"],
             "started_on": "2026-11-04"},
            {"site": "South", "legal_name": "Tai Urban", "phone": "+14695550124", "language": ["en"]},
        ],
        notes=frozenset({"other_sheets_ignored"}),
    ),
    Unseen(
        "days that count from 1904", of_1904,
        [{"legal_name": "Sol Vidal", "birth_date": "1988-05-25", "phone": "+16195550131"}],
    ),
    Unseen(
        "formulas with and without a saved result", formulas,
        [
            {"legal_name": "Wim Yates", "phone": "+17135550141", "language": ["es"]},
            {"legal_name": "Zed Alder"},
        ],
        notes=frozenset({"formulas_as_values", "error_cells_emptied"}),
        problems={3: {"formula_without_result"}},
    ),
    Unseen(
        "numbers written with a point", numbers_as_text,
        [
            {"external_id": "1001", "legal_name": "Amaya Bligh", "phone": "+16175550151", "zip": "02139", "age": 41,
             "may_text": True},
            {"external_id": "1002", "legal_name": "Caro Dunne", "phone": "+16175550152", "zip": "02140", "age": 29,
             "may_text": False},
        ],
        problems={2: {"zip_zero_added"}},
    ),
)  # fmt: skip
