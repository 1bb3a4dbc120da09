"""The page for the pocket: what stands on it, as lines, and the QR codes that hold these lines themselves."""

import base64
from collections.abc import Iterable, Sequence
from datetime import date

import qrcode
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from qrcode.constants import ERROR_CORRECT_L
from qrcode.image.svg import SvgPathFillImage

from alongside.people.models import Program
from alongside.people.speaking import speak_phone
from alongside.rules.pocket import cut, is_cut

from .models import OnCallLine, Sheet
from .showing import show_parts
from .whose import Whose

PARTS = ("calls", "safe", "plan")
"""What may stand on the page, in the order in which somebody in a hurry needs it."""


def list_calls(help: dict, own_lines: Iterable[dict], program: Program, line: OnCallLine | None) -> list[str]:
    """Whom to call, one a line."""
    found = []
    if help["emergency"]:
        found.append(_("Danger to life: %(number)s") % {"number": help["emergency"]["shown"]})
    for one in own_lines:
        number = one["href"].partition(":")[2]
        found.append(str(one["label"]) if number in str(one["label"]) else f"{one['label']}: {number}")
    if line:
        found.append(_("On call: %(number)s") % {"number": speak_phone(line.phone)})
    if program.phone:
        found.append(_("Office: %(number)s") % {"number": speak_phone(program.phone)})
    return found


def list_words(sheet: Sheet | None, kind: str) -> list[dict]:
    """The parts that hold words: [{name, words}]."""
    return [{"name": part["name"], "words": part["words"]} for part in show_parts(sheet, kind) if part["words"]]


def list_steps(areas: Iterable[dict], who: Whose) -> list[dict]:
    """Open goals with the steps that are still to take: [{name, steps}]."""
    return [
        {
            "name": row["goal"].words,
            "steps": [_step_line(one) for one in row["steps"] if not one["step"].done_at],
        }
        for area in areas
        for row in area["goals"]
        if row["is_open"]
    ]


def _step_line(one: dict) -> str:
    step, due = one["step"], one["step"].due_on
    return f"{step.words} ({one['who']}{', ' + _day(due) if due else ''})"


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def as_of(today: date) -> str:
    """The day on which the page was made: whoever finds it later knows how old the words are."""
    return _("As of %(day)s") % {"day": date_format(today, "DATE_FORMAT")}


def as_lines(
    calls: Iterable[str], safe: Iterable[dict], plan: Iterable[dict], goals: Iterable[dict], today: date
) -> list[str]:
    """Everything on the page as plain lines, for the codes; the day comes last, for it calls nobody."""
    lines = list(calls)
    for part in (*safe, *plan):
        lines += [f"{part['name']}:", *str(part["words"]).splitlines()]
    for goal in goals:
        lines += [goal["name"], *(f"- {step}" for step in goal["steps"])]
    return [*lines, as_of(today)] if lines else []


def make_codes(lines: Sequence[str]) -> tuple[list[str], bool]:
    """QR codes as `data:` addresses of pictures, and whether they hold only the beginning.

    Each holds its text itself and asks no server.
    """
    texts = cut(lines)
    return [_code(text) for text in texts], is_cut(texts, lines)


def _code(text: str) -> str:
    made = qrcode.make(text.encode(), image_factory=SvgPathFillImage, error_correction=ERROR_CORRECT_L, border=4)
    return f"data:image/svg+xml;base64,{base64.b64encode(made.to_string()).decode()}"
