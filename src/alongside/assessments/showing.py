"""A questionnaire as a sheet to talk about: numbers over time, what is known of them, questions to ask each other."""

from collections.abc import Collection, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from alongside.rules.instruments import describe_change, is_reached, next_on, total

from . import wording
from .catalog import Form, list_forms
from .models import Assessment


def answers_of(row: Assessment) -> dict[int, int]:
    """Number of the item to its points."""
    return {int(item): points for item, points in row.answers.items()}


def show_offered(
    every_days: Mapping[str, int], rows: Collection[Assessment], *, kind: str, zone: ZoneInfo, today: date
) -> list[dict]:
    """Each instrument that is offered: {code, name, about, latest_at, next_on, is_due, is_open, answered, items}."""
    found = []
    for code, days in every_days.items():
        form = list_forms()[code]
        if kind == "loved_one" and form.words["kind"] == "resources":
            continue  # its sentences are about one's own use
        mine = [row for row in rows if row.instrument == code]
        done = [row.completed_at for row in mine if row.completed_at]
        open_one = next((row for row in mine if row.completed_at is None), None)
        again = next_on([moment.astimezone(zone).date() for moment in done], days)
        name, about = wording.NAMES[code]
        found.append(
            {
                "code": code, "name": name, "about": about, "latest_at": max(done, default=None), "next_on": again,
                "is_due": again is None or again <= today, "is_open": open_one is not None,
                "answered": len(open_one.answers) if open_one else 0, "items": len(form.words["items"]),
            }
        )  # fmt: skip
    return found


def show_talk(form: Form, rows: Collection[Assessment], spread: Mapping[str, float]) -> dict:
    """{columns, rows, change, cuts, better, width, height} of the complete ones, the earliest first in the picture."""
    done = [(row.completed_at, answers_of(row)) for row in rows if row.completed_at]
    lowest = sum(min(points) for points in form.rule.points)
    highest = sum(max(points) for points in form.rule.points)
    sums = [sum(answers.values()) for _at, answers in done]
    totals = [total(form.rule, answers) for _at, answers in done]
    step = WIDTH / max(len(done), 6)
    columns = [
        {
            "x": round(number * step + 3), "width": round(step - 6),
            "height": (tall := max(4, round(HEIGHT * (one - lowest) / (highest - lowest)))), "y": HEIGHT - tall,
        }
        for number, one in enumerate(sums)
    ]  # fmt: skip
    listed = [
        {"at": at, "said": _said(form, answers, number)} for (at, answers), number in zip(done, totals, strict=True)
    ]
    change, cuts = "", []
    if len(totals) > 1 and totals[-2] is not None and totals[-1] is not None:
        change = wording.CHANGES[describe_change(form.rule, totals[-2], totals[-1], spread.get(form.code))]
    if totals and totals[-1] is not None and form.code in wording.CUTS:
        cuts = [
            {"words": words % {"cut": cut}, "is_reached": is_reached(cut, totals[-1])}
            for cut, words in zip(form.rule.cuts, wording.CUTS[form.code], strict=True)
        ]
    return {
        "columns": columns, "rows": listed[::-1], "change": change, "cuts": cuts, "width": WIDTH, "height": HEIGHT,
        "better": wording.BETTER[form.rule.better] if form.rule.unit == "total" else "", "lowest": lowest,
        "highest": highest,
    }  # fmt: skip


WIDTH, HEIGHT = 320, 96


def _said(form: Form, answers: Mapping[int, int], number: int | None) -> str:
    return str(number) if number is not None else " · ".join(str(answers[item]) for item in sorted(answers))
