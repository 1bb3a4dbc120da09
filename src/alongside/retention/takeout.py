"""The copy as one file: a page to read, and each section as JSON and CSV with a description. Made while it is sent.

Nothing is held but the row at hand, and nothing lies on a disk. Each section is read once for each of its three forms.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.people.models import Person
from alongside.people.streams import inside
from alongside.rules.roster.returned import mark
from alongside.rules.roster.written_files import StreamOut

from .sections import SECTIONS, Section
from .sections.shape import Row

PIECE = 16 * 1024
VERSION = 1
"""Of the shape of the files: another number when a key changes its meaning."""


def file_name(today: date) -> str:
    """What stands in a list of downloads: nothing of whom or what (E3)."""
    return f"copy-{today.isoformat()}.zip"


def stream(person: Person, language: str, *, is_given: bool = False) -> Iterator[bytes]:
    """The bytes of the archive, in the person's program and in this language. `is_given`: made by somebody else."""
    sections = tuple(replace(one, rows=one.rows_given) if is_given and one.rows_given else one for one in SECTIONS)
    return inside(person.program, language, _zip(person, sections))


def _zip(person: Person, sections: Sequence[Section]) -> Iterator[bytes]:
    out, now = StreamOut(), timezone.localtime()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, pieces in list_files(person, sections):
            info = zipfile.ZipInfo(name, now.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            with archive.open(info, "w", force_zip64=True) as entry:
                for piece in pieces:
                    # A half of a letter, which no file can hold, becomes a question mark.
                    entry.write(piece if isinstance(piece, bytes) else piece.encode("utf-8", "replace"))
                    if out.size >= PIECE:
                        yield out.take()
            yield out.take()
    yield out.take()


def list_files(person: Person, sections: Sequence[Section] = SECTIONS) -> Iterator[tuple[str, Iterable[str | bytes]]]:
    """Name and text of each file, or its bytes."""
    yield "read-me.html", write_page(person, sections)
    yield "columns.json", [json.dumps(describe(), ensure_ascii=False, indent=1)]
    for section in sections:
        yield f"data/{section.code}.json", write_json(section, person)
        yield f"data/{section.code}.csv", write_csv(section, person)
        if section.files:
            yield from section.files(person)


def describe() -> dict[str, Any]:
    """The schema: each file, its columns, their types and names."""
    return {
        "version": VERSION,
        "encoding": "UTF-8",
        "language": get_language(),
        "types": {
            "text": _("words"),
            "moment": _("date and time, ISO 8601 with the offset from UTC"),
            "day": _("date, ISO 8601"),
            "number": _("number"),
            "yes": _("true or false"),
            "list": _("several texts; in CSV one below the other in a cell"),
        },
        "csv": _("A cell that a spreadsheet program could run has a ' in front."),
        "sections": [
            {
                "file": section.code,
                "title": str(section.title),
                "about": str(section.about),
                "columns": [{"key": one.key, "type": one.kind, "label": str(one.label)} for one in section.columns],
            }
            for section in SECTIONS
        ],
    }


def write_json(section: Section, person: Person) -> Iterator[str]:
    """A list of objects, one on each line."""
    yield "["
    between = "\n"
    for row in section.rows(person):
        values = {one.key: _as_json(row.get(one.key)) for one in section.columns}
        yield between + json.dumps(values, ensure_ascii=False)
        between = ",\n"
    yield "\n]\n"


def _as_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [str(one) for one in value]
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)


def write_csv(section: Section, person: Person) -> Iterator[str]:
    """UTF-8 with a mark, every cell quoted, the first line the keys of the columns."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    yield "\ufeff"
    writer.writerow([one.key for one in section.columns])
    for row in section.rows(person):
        writer.writerow([_as_cell(_as_json(row.get(one.key))) for one in section.columns])
        if text.tell() >= PIECE:
            yield _taken(text)
    yield _taken(text)


def _as_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    return mark("\n".join(value) if isinstance(value, list) else value)


def _taken(text: io.StringIO) -> str:
    piece = text.getvalue()
    text.seek(0)
    text.truncate()
    return piece


def write_page(person: Person, sections: Sequence[Section] = SECTIONS) -> Iterator[str]:
    """One page that opens anywhere without us, and prints: nothing is loaded from elsewhere."""
    context = {"sections": sections, "made_at": timezone.localtime(), "program": person.program}
    head, _mark, tail = render_to_string("retention/copy_file.html", context).partition("<!-- sections -->")
    yield head
    for section in sections:
        yield format_html('<section id="{0}"><h2>{1}</h2><p class="about">{2}</p>', section.code, section.title,
                          section.about)  # fmt: skip
        found, time = False, None
        for row in section.rows(person):
            found = True
            if section.are_pairs and row.get("since") != time:
                time = row["since"]
                yield format_html("<h3>{}</h3>", _as_words(time))
            yield _as_list(section, row)
        if not found:
            yield format_html("<p>{}</p>", _("Nothing."))
        yield "</section>\n"
    yield tail


def _as_list(section: Section, row: Row) -> str:
    if section.are_pairs:
        lines = [(row["what"], _as_words(row["words"]))]
    else:
        lines = [(column.label, _as_words(row.get(column.key))) for column in section.columns]
    said = format_html_join("", "<dt>{}</dt><dd>{}</dd>", [line for line in lines if line[1]])
    return format_html("<dl>{}</dl>\n", said) if said else ""


def _as_words(value: Any) -> str:
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, list):
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", [(one,) for one in value]))
    return str(value)
