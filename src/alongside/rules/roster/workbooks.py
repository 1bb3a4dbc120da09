"""Excel workbooks (XLSX): guarded before they are unpacked, read without calculating anything."""

import datetime as dt
import io
import re
import zipfile

from openpyxl import load_workbook

from alongside.rules.roster.headers import count_known
from alongside.rules.roster.layout import Sheet
from alongside.rules.roster.limits import Limits
from alongside.rules.roster.problems import Note, RosterUnreadable, note
from alongside.rules.roster.text import clean

_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_FORMULA = re.compile(rb"<f[ >]")
_ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"))


def read_workbook(content: bytes, limits: Limits) -> Sheet:
    """The rows of the first sheet that looks like a roster. Raises `RosterUnreadable`."""
    has_formulas = _guard(content, limits)
    try:
        sheets, errors = _sheets(content, limits)
    except RosterUnreadable:
        raise
    except Exception as error:
        # openpyxl raises whatever its XML reader met; to the sender each means: this workbook is damaged.
        raise RosterUnreadable("broken_workbook") from error
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise RosterUnreadable("empty_file")
    # A cover sheet or list of choices may come first: take the first that has column names we know.
    chosen = next((s for s in filled if any(count_known(cells) >= 2 for _, cells in s.rows[:15])), filled[0])
    notes: list[Note] = []
    if len(filled) > 1:
        notes.append(note("other_sheets_ignored", sheet=chosen.name, count=len(filled) - 1))
    if has_formulas:
        notes.append(note("formulas_as_values"))
    if errors[chosen.name]:
        notes.append(note("error_cells_emptied", count=errors[chosen.name]))
    return Sheet(chosen.rows, chosen.name, tuple(notes))


def _guard(content: bytes, limits: Limits) -> bool:
    """Refuse what would unpack into harm, before anything else looks inside. Whether a sheet has formulas."""
    has_formulas = False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > limits.parts:
                raise RosterUnreadable("too_many_parts", limit=limits.parts)
            if any(part.flag_bits & 1 for part in parts):
                raise RosterUnreadable("is_locked_workbook")
            # zipfile never unpacks more of a part than its directory declares, so these sums can be trusted.
            unpacked = sum(part.file_size for part in parts)
            if unpacked > limits.unpacked_bytes:
                raise RosterUnreadable("too_large_unpacked", limit=limits.unpacked_bytes)
            if unpacked > limits.small_bytes and unpacked > len(content) * limits.ratio:
                raise RosterUnreadable("packed_too_tightly", ratio=limits.ratio)
            for part in parts:
                if not part.filename.endswith((".xml", ".rels", ".vml")):
                    continue
                raw = archive.read(part).replace(b"\0", b"")
                # No spreadsheet program writes these; entities can grow without bound or point outside.
                if _DECLARATION.search(raw):
                    raise RosterUnreadable("unsafe_workbook")
                has_formulas = has_formulas or bool(part.filename.startswith("xl/worksheets/") and _FORMULA.search(raw))
    except RosterUnreadable:
        raise
    except Exception as error:
        raise RosterUnreadable("broken_workbook") from error
    return has_formulas


def _sheets(content: bytes, limits: Limits) -> tuple[list[Sheet], dict[str, int]]:
    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheets: list[Sheet] = []
    errors: dict[str, int] = {}
    try:
        visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        for worksheet in (visible or workbook.worksheets)[:50]:
            # Some writers declare a wrong size of the sheet; the rows themselves are the truth.
            worksheet.reset_dimensions()
            rows: list[tuple[int, tuple[str, ...]]] = []
            errors[worksheet.title] = 0
            for number, values in enumerate(worksheet.iter_rows(max_col=limits.columns + 1, values_only=True), 1):
                width = next((place for place in range(len(values), 0, -1) if values[place - 1] is not None), 0)
                cells = tuple(cell_text(value) for value in values[:width])
                if not any(cells):
                    continue
                errors[worksheet.title] += sum(cell in _ERRORS for cell in cells)
                rows.append((number, tuple("" if cell in _ERRORS else cell for cell in cells)))
                # Enough to see that it is too long; another sheet may well be longer than the roster.
                if len(rows) > limits.rows + 100:
                    break
            sheets.append(Sheet(rows, worksheet.title))
    finally:
        workbook.close()
    return sheets, errors


def cell_text(value: object) -> str:
    """One Excel value as text: dates in ISO form, whole numbers without a point, yes and no for truth values."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case dt.datetime():
            at_midnight = value.time() == dt.time()
            return value.date().isoformat() if at_midnight else value.isoformat(sep=" ", timespec="minutes")
        case dt.date():
            return value.isoformat()
        case dt.time():
            return value.isoformat(timespec="minutes")
        case _:
            return clean(str(value))
