"""Invented rosters that look like those of real programs, for the tests beside this file."""

import datetime as dt
import io
from pathlib import Path

from openpyxl import Workbook

TODAY = dt.date(2026, 11, 23)
DATA = Path(__file__).parent / "data"


def data(name: str) -> bytes:
    """The bytes of an invented roster."""
    return (DATA / name).read_bytes()


def workbook_bytes(workbook: Workbook) -> bytes:
    """A workbook as an XLSX file."""
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def county_workbook() -> bytes:
    """A county's sheet: cover sheet, merged title, real dates and numbers, a formula, an error and a total below."""
    workbook = Workbook()
    workbook.active.title = "Read me"
    workbook.active["A1"] = "Update every Friday."
    sheet = workbook.create_sheet("Participants")
    sheet["A1"] = "County peer program / Programa de pares"
    sheet.merge_cells("A1:H1")
    sheet.append([])
    sheet.append(
        ["No.", "Nombre / Name", "DOB", "Teléfono", "Lang", "ZIP", "Ingreso", "Loved one?", "Días", "Age", "Notas"]
    )
    sheet["H3"] = "Participant type"
    born = dt.datetime(1990, 5, 4)  # noqa: DTZ001  Excel knows no time zones
    sheet.append(
        [1, "Ana María Téllez", born, 7135550171, "es", 2139, dt.date(2026, 10, 1), "self", "L-V 9-5", 36, None]
    )
    sheet.append(
        [2, "Chen, Wei", 32997, "713-555-0172", "Mandarin", 77005, dt.date(2026, 10, 2), "madre", "Sat", None, "#N/A"]
    )
    sheet.append(["Total", "=COUNTA(B4:B5)", None, None])
    return workbook_bytes(workbook)
