"""Turns pages, goals and history into what templates show."""

from collections.abc import Collection, Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.people.labels import label
from alongside.people.models import Person
from alongside.rules import sheets as rules
from alongside.rules.safety_plan import WITH_NUMBERS, read_lines

from . import wording
from .models import Change, Goal, Sheet
from .whose import Whose


def show_parts(sheet: Sheet | None, kind: str) -> list[dict]:
    """Each part that holds words: [{code, name, asks, words, lines, has_numbers}]."""
    stored = sheet.parts if sheet else {}
    return [
        {
            "code": part,
            "name": wording.PARTS[part][0],
            "asks": wording.PARTS[part][1],
            "words": stored.get(part, ""),
            "lines": read_lines(stored.get(part, "")),
            "has_numbers": part in WITH_NUMBERS,
        }
        for part in rules.WORDS[kind]
    ]


def show_areas(sheet: Sheet | None, goals: Collection[Goal], who: Whose, today: date) -> list[dict]:
    """Each area of life with its stage, the questions that fit it, and its goals."""
    stored = sheet.parts if sheet else {}
    rows = []
    for area in rules.AREAS:
        name, words = wording.AREAS[area]
        stage = stored.get(f"stage_{area}", "")
        rows.append(
            {
                "code": area,
                "name": name,
                "words": words,
                "stage": wording.STAGES[stage][0] if stage else "",
                "prompts": [wording.PROMPTS[one] for one in rules.PROMPTS.get(stage, ())],
                "goals": [show_goal(goal, who, today) for goal in goals if goal.area == area],
                "new_url": f"{who.url('goal_new')}?area={area}",
            }
        )
    return rows


def show_goal(goal: Goal, who: Whose, today: date) -> dict:
    """One goal with its steps, those to take first."""
    steps = [
        {
            "step": step,
            "who": owner_name(step.owner, who),
            "url": who.url("step", step.pk),
            "is_late": bool(step.due_on and step.due_on < today and not step.done_at),
        }
        for step in goal.steps.all()
        if step.set_aside_at is None
    ]
    steps.sort(key=lambda row: (row["step"].done_at is not None, row["step"].due_on or date.max))
    return {
        "goal": goal,
        "is_open": goal.done_at is None and goal.set_aside_at is None,
        "steps": steps,
        "url": who.url("goal", goal.pk),
    }


def owner_name(owner: str, who: Whose) -> str:
    """Who takes a step, as this reader says it."""
    if owner == "person":
        return _("I do it") if who.is_own else who.person.goes_by
    return _("the person beside me") if who.is_own else _("their peer")


def show_history(changes: Iterable[Change], who: Whose) -> list[dict]:
    """The history as events of the timeline: [{title, at, text, by}]."""
    rows = list(changes)
    ids = {one.by_person for one in rows if one.by_person} - {who.person.pk}
    names = {person.pk: person.goes_by for person in Person.objects.filter(pk__in=ids).only("goes_by")}
    return [{"title": _title(one), "at": one.at, "text": _text(one), "by": _by(one, who, names)} for one in rows]


def _title(change: Change) -> str:
    if change.what in wording.DONE_WITH:
        return str(wording.DONE_WITH[change.what])
    return str(wording.part_name(change.what))


def _by(change: Change, who: Whose, names: dict) -> str:
    if change.by_role == "participant":
        return _("You") if who.is_own else who.person.goes_by
    return names.get(change.by_person) or str(label("role", change.by_role))


def _text(change: Change) -> str:
    before, after = _spoken(change.what, change.before), _spoken(change.what, change.after)
    if before and after:
        return _("%(after)s\nBefore: %(before)s") % {"after": after, "before": before}
    if before:
        return _("Taken out: %(before)s") % {"before": before}
    return after


def _spoken(what: str, text: str) -> str:
    """Words as they are; codes and days in words."""
    if not text:
        return ""
    if what in rules.STAGE_PARTS:
        return str(wording.STAGES[text][0])
    if what == "goal_area":
        return str(wording.AREAS[text][0])
    if what == "step_owner":
        return str(wording.OWNERS[text])
    if what in ("step_due", "chapter_begun", "chapter_ended", "chapter_changed"):
        return date_format(date.fromisoformat(text), "DATE_FORMAT")
    return text


def mark_name(days: int) -> str:
    """A number of days as people say it."""
    if days >= 365:
        years = days // 365
        return _("1 year") if years == 1 else _("%(n)d years") % {"n": years}
    if days in (180, 270):
        return _("%(n)d months") % {"n": days // 30}
    return _("1 day") if days == 1 else _("%(n)d days") % {"n": days}
