"""The demo's rosters as files, the way programs keep them: a workbook of peers, CSV lists of participants by month."""

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook

SPANISH_HEADERS = {
    "ID": "Folio", "First name": "Nombre", "Last name": "Apellidos", "Goes by": "Le dicen",
    "DOB": "Fecha de nacimiento", "Gender": "Género", "Phone": "Teléfono", "ZIP": "Código postal",
    "Interests": "Intereses", "Here for": "Para quién", "Language": "Idioma", "Pathway": "Camino",
    "Wants help with": "Quiere ayuda con", "In their words": "En sus palabras",
    "Lived experience": "Experiencia vivida", "Life stage": "Etapa de vida", "Availability": "Disponibilidad",
    "How to meet": "Modalidad", "Wants a peer who is": "Prefiere mentor", "May text": "Acepta mensajes de texto",
    "Voicemail OK": "Acepta buzón de voz", "Asked on": "Fecha de solicitud", "E-mail": "Correo",
}  # fmt: skip
"""A colleague keeps her list in Spanish: the import guesses these columns too."""


def as_csv(rows: Sequence[dict[str, str]], *, spanish: bool = False) -> bytes:
    """Rows as a CSV file: commas and UTF-8, or semicolons and Windows-1252 as a Spanish spreadsheet saves them."""
    headers = list(dict.fromkeys(header for row in rows for header in row))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if spanish else ",")
    writer.writerow([SPANISH_HEADERS.get(header, header) if spanish else header for header in headers])
    writer.writerows([row.get(header, "") for header in headers] for row in rows)
    return text.getvalue().encode("cp1252" if spanish else "utf-8")


def as_workbook(rows: Sequence[dict[str, str]], title: str) -> bytes:
    """Rows as an XLSX workbook with a title above the table."""
    book = Workbook()
    sheet = book.active
    sheet.append([title])
    sheet.append([])
    headers = list(dict.fromkeys(header for row in rows for header in row))
    sheet.append(headers)
    for row in rows:
        sheet.append([row.get(header, "") for header in headers])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
