"""Files that cannot be read, each with the reason that helps whoever sent it."""

from tests.rules.roster.unseen import Unseen, text
from tests.rules.roster.unseen.books import by_hand, ods, row, said

PEOPLE = "Name,Phone,Language,Zip\n" + "".join(
    f"Ana {letter},713-555-01{number:02},Spanish,77002\n" for number, letter in enumerate("ABCDEFGHIJ")
)

REFUSED_FILES = (
    Unseen(
        "people without names of columns",
        text("""
Ana Prado,713-555-0101,ana@example.org
Beto Roa,713-555-0102,beto@example.org
"""),
        refusal="no_headers",
    ),
    Unseen(
        "a web page that calls itself Excel",
        b"\xef\xbb\xbf\r\n<meta charset=utf-8><table border=1><tr><th>Name</th></tr><tr><td>Ana</td></tr></table>",
        refusal="is_web_page",
        file_name="export.xls",
    ),
    Unseen(
        "XML of a spreadsheet program of 2003",
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
        refusal="is_other_data",
    ),
    Unseen(
        "a quotation mark that swallows people",
        text(PEOPLE.replace("Ana B", '"Ana B').replace("Ana F", 'Ana "F"')),
        refusal="broken_quotes",
    ),
    Unseen("a sheet with a password", ods(("Hoja1", row(said("Name"))), encrypted=True), refusal="is_locked_workbook"),
    Unseen(
        "a workbook whose sheet is not there", by_hand("").replace(b"sheet1", b"sheet9", 1), refusal="broken_workbook"
    ),
    Unseen("names and nobody below", ods(("Hoja1", row(said("Nombre"), said("Idioma")))), refusal="no_rows"),
    Unseen("nothing in any sheet", ods(("Hoja1", row()), ("Hoja2", "")), refusal="empty_file"),
    Unseen(
        "contacts of a phone",
        text("BEGIN:VCARD\nVERSION:3.0\nFN:Ana Prado\nTEL:713-555-0101\nEND:VCARD\n"),
        refusal="is_other_data",
    ),
)
