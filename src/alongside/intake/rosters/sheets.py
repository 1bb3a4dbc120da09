"""The rows that stayed out, as a file of the kind that was sent, to be mended and sent again."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language, gettext, override
from django_scopes import scope

from alongside.intake.models import Roster, RosterLine
from alongside.rules.disclosure import pass_out
from alongside.rules.roster.returned import mark

from .packed import is_workbook
from .words import speak_problem, speak_reason
from .workbook_files import write_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?\Z")


def safe_cell(text: str) -> str:
    """Text that no spreadsheet program runs as a formula; numbers stay numbers (H4).

    >>> safe_cell("=1+1"), safe_cell("-5"), safe_cell("Rosa")
    ("'=1+1", '-5', 'Rosa')
    """
    return text if NUMBER.match(text) else mark(text)


def file_name(day: date, ending: str = "csv") -> str:
    """A neutral name: it says nothing of whom the file is about (E3)."""
    return f"rows-{day.isoformat()}.{ending}"


def was_workbook(roster: Roster) -> bool:
    """Whether the list came as a file of a spreadsheet program."""
    return bool(roster.options.get("workbook")) or is_workbook(roster)


def answer_with_refused(
    roster: Roster, lines: QuerySet[RosterLine], day: date, *, as_workbook: bool, roles: frozenset[str]
) -> HttpResponseBase:  # fmt: skip
    """The rows that stayed out as a file that is sent while it is read. `roles` are those of who asks for it."""
    pass_out("rows_back", roles=roles)
    answer: HttpResponseBase
    if as_workbook:
        answer = HttpResponse(write_workbook(table_of(lines)), content_type=XLSX)
    else:
        pieces = write_refused_pieces(table_of(lines))
        # The answer is sent after the request's own scope and language have ended.
        answer = StreamingHttpResponse(_within(roster, get_language(), pieces), content_type="text/csv; charset=utf-8")
    name = file_name(day, "xlsx" if as_workbook else "csv")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _within(roster: Roster, language: str | None, pieces: Iterator[str]) -> Iterator[str]:
    with scope(program=roster.program), override(language):
        yield from pieces


def table_of(lines: QuerySet[RosterLine]) -> Iterator[list[str]]:
    """Header and cells as they were written, and a column that says why; a few hundred lines in memory at a time."""
    headers_written = False
    for line in lines.iterator(chunk_size=500):
        if not headers_written:
            yield [*map(safe_cell, line.values["headers"]), gettext("Why this row stayed out")]
            headers_written = True
        yield [*map(safe_cell, line.values["cells"]), safe_cell(why(line))]


def write_refused(lines: QuerySet[RosterLine]) -> str:
    """The rows that stayed out as one CSV text."""
    return "".join(write_refused_pieces(table_of(lines)))


def write_refused_pieces(rows: Iterable[list[str]]) -> Iterator[str]:
    """A CSV file row by row: UTF-8 with a mark, as spreadsheet programs like it."""
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    yield "\ufeff"
    for row in rows:
        sheet.writerow(row)
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def why(line: RosterLine) -> str:
    """Why a row stayed out, in one line."""
    blocking = [speak_problem(one) for one in line.values["problems"] if one["blocking"]]
    return " ".join(blocking or [speak_reason(one) for one in line.values["reasons"]])
