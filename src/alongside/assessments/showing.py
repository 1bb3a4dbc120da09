"""A questionnaire as a sheet to talk about: numbers over time, what is known of them, questions to ask each other."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from alongside.rules.instruments import describe_change, find_step, next_on, total

from . import wording
from .catalog import Form, get_form, list_forms
from .models import Assessment


def answers_of(row: Assessment) -> dict[int, int]:
    """Number of the item to its points."""
    return {int(item): points for item, points in row.answers.items()}


def is_asked(form: Form, kind: str) -> bool:
    """Whether a form fits why somebody is here: sentences about one's own use are not asked of who loves somebody."""
    return not (kind == "loved_one" and form.words["kind"] == "resources")


def show_offered(
    every_days: Mapping[str, int], rows: Collection[Assessment], *, kind: str, zone: ZoneInfo, today: date
) -> list[dict]:
    """Each that is offered: {code, name, about, section, latest_at, next_on, is_offered, is_due, is_open, answered, …}.

    One that is offered no longer but was filled in to the end stays to be looked at: `next_on` and `is_due` are None.
    """
    found = []
    kept = [row.instrument for row in rows if row.completed_at and row.instrument not in every_days]
    for code, days in (every_days | dict.fromkeys(kept)).items():
        form = list_forms()[code]
        if days and not is_asked(form, kind):
            continue
        mine = [row for row in rows if row.instrument == code]
        done = [row.completed_at for row in mine if row.completed_at]
        open_one = next((row for row in mine if row.completed_at is None), None)
        again = next_on([moment.astimezone(zone).date() for moment in done], days) if days else None
        name, about = wording.NAMES[code]
        found.append(
            {
                "code": code, "name": name, "about": about, "latest_at": max(done, default=None), "next_on": again,
                "section": wording.SECTION_OF.get(form.words["kind"], "other"), "is_offered": bool(days),
                "is_due": bool(days) and (again is None or again <= today),
                "is_open": bool(days) and open_one is not None,
                "answered": len(open_one.answers) if open_one else 0, "items": len(form.asked),
            }
        )  # fmt: skip
    return found


def in_sections(offered: Collection[dict]) -> list[dict]:
    """The same under headings, {heading, about, rows}: personal and social strands each have their own clock."""
    return [
        {"heading": heading, "about": about, "rows": rows}
        for section, (heading, about) in wording.SECTIONS.items()
        if (rows := [one for one in offered if one["section"] == section])
    ]


def show_talk(form: Form, rows: Collection[Assessment], spread: float | None) -> dict:
    """{columns, rows, change, marks, better, lowest, …} of the complete ones, the earliest first in the picture.

    Each is read by the version by which it was filled in; two are compared only if what counts was the same in both.
    """
    done = [(row.completed_at, answers_of(row), get_form(form.code, row.version)) for row in rows if row.completed_at]
    lowest = sum(min(points) for points in form.rule.points)
    highest = sum(max(points) for points in form.rule.points)
    totals = [total(by.rule, answers) for _at, answers, by in done]
    step = WIDTH / max(len(done), 6)
    columns = [
        {
            "x": round(number * step + 3), "width": round(step - 6),
            "height": (tall := max(4, round(HEIGHT * _share(by, answers)))), "y": HEIGHT - tall,
        }
        for number, (_at, answers, by) in enumerate(done)
    ]  # fmt: skip
    listed = [
        {"at": at, "said": _said(by.rule.scored(answers), number), "beside": _say_unscored(by, answers)}
        for (at, answers, by), number in zip(done, totals, strict=True)
    ]
    change, marks = "", []
    if len(done) > 1 and _counts_alike(done[-2][2], done[-1][2]):
        change = _say_change(done[-1][2], totals[-2], totals[-1], spread)
    if totals and totals[-1] is not None:
        marks = _say_marks(done[-1][2], totals[-1])
    return {
        "columns": columns, "rows": listed[::-1], "change": change, "marks": marks, "width": WIDTH, "height": HEIGHT,
        "better": wording.BETTER[form.rule.better] if form.rule.unit == "total" else "", "lowest": lowest,
        "highest": highest,
    }  # fmt: skip


def _counts_alike(one: Form, other: Form) -> bool:
    """Whether two versions ask and count the same; what is in no total may differ."""
    return one.words["items"] == other.words["items"] and replace(one.rule, unscored=()) == replace(
        other.rule, unscored=()
    )


def _say_unscored(form: Form, answers: Mapping[int, int]) -> list[dict[str, str]]:
    """What was answered beside the total, in its words: {asks, said}."""
    language, first = get_language() or "en", len(form.rule.points)
    return [
        {
            "asks": form.text(item, language),
            "said": form.text(item["labels"], language)[item["points"].index(answers[number])],
        }
        for number, item in enumerate(form.asked[first:], start=first)
        if number in answers
    ]


def _share(form: Form, answers: Mapping[int, int]) -> float:
    """How far from the lowest to the highest sum of its version, 0 to 1."""
    lowest = sum(min(points) for points in form.rule.points)
    return (sum(form.rule.scored(answers).values()) - lowest) / (
        sum(max(points) for points in form.rule.points) - lowest
    )


def _say_change(form: Form, before: int | None, now: int | None, spread: float | None) -> str:
    if before is None or now is None:
        return ""
    code = describe_change(form.rule, before, now, spread)
    if code == "unknown" and form.rule.alpha is not None:
        code = "too_few"
    return str(wording.CHANGES[code]) % {"least": form.rule.important_change or 0}


def _say_marks(form: Form, now: int) -> list[str]:
    """What is published of the latest number: a sentence for each mark, or where it lies between several."""
    said = []
    if form.rule.steps:
        low, high = find_step(form.rule.steps, now)
        where = "below" if low is None else "above" if high is None else "between"
        listed = ", ".join(str(one) for one in form.rule.steps)
        said = [str(wording.STEPS[where]) % {"all": listed, "low": low or 0, "high": high or 0}]
    words = wording.CUTS.get(form.code, ())
    return said + [str(one) % {"cut": cut} for cut, one in zip(form.rule.cuts, words, strict=bool(words))]


WIDTH, HEIGHT = 320, 96


def _said(answers: Mapping[int, int], number: int | None) -> str:
    return str(number) if number is not None else " · ".join(str(answers[item]) for item in sorted(answers))
