"""What leaves by consent as a file: PDF, CSV and JSON from one content, each with the statement and the consent inside.

Names of files and titles tell nothing (E1). Whatever the form, it holds the same: what is covered and nothing else, the
statement of §2.32(a), and a copy of the consent (§2.32(b)). The booking is `actions.disclose`, before a byte is made.
"""

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from alongside.rules.consent import describe_purpose, texts_1
from alongside.rules.roster.returned import mark
from alongside.rules.roster.written_files import write_csv

from .actions import Left

FORMATS = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8", "json": "application/json"}
WAYS = {"pdf": "file_pdf", "csv": "file_csv", "json": "file_json"}
"""The row of `rules.disclosure.WAYS` for each form."""

FONTS = ("web/fonts/public-sans.woff2",)
SCHEME = "house:"


@dataclass(frozen=True)
class Sheet:
    """What stands in a file, whatever its form."""

    about: str
    recipient: str
    number: str
    purpose: str
    made_at: str
    language: str
    content: list[dict]
    """[{item, title, rows: [[what, value]]}]"""
    short: str
    statement: str
    permission: list[dict]
    """[{section, heading, text}] as it was signed."""


def sheet_of(left: Left) -> Sheet:
    """The sheet of what left."""
    disclosure, consent = left.disclosure, left.disclosure.consent
    language, has_statement = consent.language, bool(left.statement)
    return Sheet(
        about=consent.person_name or "",
        recipient=disclosure.recipient,
        number=consent.number,
        purpose=describe_purpose(disclosure.purpose, consent.purpose_words or "", language),
        made_at=timezone.localtime(disclosure.disclosed_at).isoformat(timespec="minutes"),
        language=language,
        content=[{"item": item, "title": texts_1.ITEMS[item][language], "rows": rows} for item, rows in left.content],
        short=texts_1.ACCOMPANY["short"] if has_statement else "",
        statement=texts_1.ACCOMPANY[left.statement] if has_statement else "",
        permission=[
            {"section": block.section, "heading": block.heading, "text": block.text} for block in left.consent.blocks
        ],
    )


def write_file(form: str, left: Left) -> bytes:
    """The bytes of a file of `form` (`FORMATS`). Raises KeyError for a form that there is not."""
    sheet = sheet_of(left)
    with override(sheet.language):
        return {"pdf": _write_pdf, "csv": _write_csv, "json": _write_json}[form](sheet)


def name_file(form: str) -> str:
    """A name that says nothing."""
    return f"file-{timezone.localdate().isoformat()}.{form}"


def _write_json(sheet: Sheet) -> bytes:
    notice = {"section": "42 CFR 2.32", "short": sheet.short, "text": sheet.statement} if sheet.statement else None
    written = {
        "about": sheet.about, "for": sheet.recipient, "number": sheet.number, "purpose": sheet.purpose,
        "made_at": sheet.made_at, "language": sheet.language, "notice": notice,
        "content": [
            {"item": part["item"], "title": part["title"],
             "rows": [{"what": what, "value": value} for what, value in part["rows"]]}
            for part in sheet.content
        ],
        "permission": sheet.permission,
    }  # fmt: skip
    return json.dumps(written, ensure_ascii=False, indent=2).encode()


def _write_csv(sheet: Sheet) -> bytes:
    """One table with the notice above the data, so that nobody reads one without the other."""
    # A cell that a spreadsheet program would run gets a mark in front; the parts of a file name themselves.
    rows = ([mark(cell) for cell in row] for row in _rows(sheet))
    return b"".join(write_csv([_("Part"), _("Title"), _("What"), _("Value")], rows))


def _rows(sheet: Sheet) -> Iterator[list[str]]:
    if sheet.statement:
        yield ["notice", "42 CFR 2.32", "", sheet.short]
        yield ["notice", "42 CFR 2.32", "", sheet.statement]
    for what, value in (
        (_("About"), sheet.about), (_("For"), sheet.recipient), (_("Number"), sheet.number),
        (_("What for"), sheet.purpose), (_("Made on"), sheet.made_at),
    ):  # fmt: skip
        yield ["file", "", what, value]
    for part in sheet.content:
        for what, value in part["rows"]:
            yield [part["item"], part["title"], what, value]
    for block in sheet.permission:
        yield ["permission", block["heading"], f"42 CFR {block['section']}" if block["section"] else "", block["text"]]


@functools.cache
def can_write_pdf() -> bool:
    """Whether this machine can: the writer needs a library of the system (Pango); without it the page prints."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


def _write_pdf(sheet: Sheet) -> bytes:
    """A tagged PDF that screen readers read, made from a page of ours. It asks no address but that of our own font."""
    # Loaded here: it takes a second, and a machine without Pango does everything else.
    import weasyprint
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyOurs(URLFetcher):
        """Our own fonts and nothing else: no address, no file, whatever stands in the page."""

        def fetch(self, url, headers=None):
            font = url.removeprefix(SCHEME)
            if not url.startswith(SCHEME) or font not in FONTS:
                raise ValueError("not ours")
            return URLFetcherResponse(url, Path(finders.find(font)).read_bytes())

    page = render_to_string("privacy/file.html", {"sheet": sheet, "font": f"{SCHEME}{FONTS[0]}"})
    return weasyprint.HTML(string=page, url_fetcher=OnlyOurs()).write_pdf(pdf_variant="pdf/ua-1")
