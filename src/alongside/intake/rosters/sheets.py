"""The rows that stayed out, as a CSV file that can be mended and sent again."""

import csv
import io
import re
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext

from alongside.intake.models import RosterLine

from .words import speak_problem, speak_reason

NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?\Z")
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


def safe_cell(text: str) -> str:
    """Text that no spreadsheet program runs as a formula; numbers stay numbers (H4).

    >>> safe_cell("=1+1"), safe_cell("-5"), safe_cell("Rosa")
    ("'=1+1", '-5', 'Rosa')
    """
    return f"'{text}" if text.startswith(STARTS_FORMULA) and not NUMBER.match(text) else text


def file_name(day: date) -> str:
    """A neutral name: it says nothing of whom the file is about (E3)."""
    return f"rows-{day.isoformat()}.csv"


def write_refused(lines: Iterable[RosterLine]) -> str:
    """Header and cells as they were written, and a column that says why. UTF-8 with a mark, as Excel likes it."""
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    headers_written = False
    for line in lines:
        if not headers_written:
            sheet.writerow([*map(safe_cell, line.values["headers"]), gettext("Why this row stayed out")])
            headers_written = True
        sheet.writerow([*map(safe_cell, line.values["cells"]), safe_cell(why(line))])
    return "\ufeff" + out.getvalue()


def why(line: RosterLine) -> str:
    """Why a row stayed out, in one line."""
    blocking = [speak_problem(one) for one in line.values["problems"] if one["blocking"]]
    return " ".join(blocking or [speak_reason(one) for one in line.values["reasons"]])
