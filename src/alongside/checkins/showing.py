"""Check-ins as a picture and as a list that says the same."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from alongside.rules.check_in import QUESTIONS
from alongside.rules.pulse import Answered

from . import wording
from .models import CheckIn

WIDTH, HEIGHT, GAP = 320, 96, 6
"""Of the picture, in its own units; `GAP` between two columns."""


def show_trend(check_ins: Sequence[CheckIn]) -> dict:
    """`columns` of the picture, left to right, and `rows` of the list, the latest first.

    A column: {x, y, width, height}, whole numbers, its height the mean of what was answered. A row: {at, said,
    wants_call}.
    """
    step = WIDTH / max(len(check_ins), 6)
    columns = []
    for number, one in enumerate(check_ins):
        height = round(HEIGHT * (0.08 + 0.92 * _level(one))) if one.answers else 2
        columns.append(
            {
                "x": round(number * step + GAP / 2), "y": HEIGHT - height, "width": round(step - GAP), "height": height,
            }
        )  # fmt: skip
    rows = [{"at": one.at, "said": list_said(one), "wants_call": one.wants_call} for one in reversed(check_ins)]
    return {"columns": columns, "rows": rows, "width": WIDTH, "height": HEIGHT}


def _level(one: CheckIn) -> float:
    return Answered(one.at.date(), one.answers, one.scale).level(list(one.answers))


def list_said(one: CheckIn) -> list[str]:
    """Each answer in words: "Mood: 4 of 5"."""
    return [
        _("%(question)s: %(answer)d of %(top)d")
        % {"question": wording.QUESTIONS[code][0], "answer": one.answers[code], "top": one.scale}
        for code in QUESTIONS
        if code in one.answers
    ]
