"""Goals and the small steps toward them. Nothing is deleted: what somebody no longer wants is set aside."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.people.models import Person
from alongside.recovery.holding import hold_sheet, lock_sheet, log_change
from alongside.recovery.models import Goal, Sheet, Step
from alongside.web.meanwhile import Seen, check_seen

STATES = {"done": "done_at", "set_aside": "set_aside_at", "open": ""}
"""What becomes of a goal or step -> the column that says when."""


@transaction.atomic
def add_goal(*, person: Person, area: str, words: str, submit_key: UUID, by, now: datetime | None = None) -> Goal:
    """A new goal in one area of life; the same key twice is one goal (I3). Raises `NotYours`."""
    now = now or timezone.now()
    sheet = hold_sheet(person=person, kind="plan", by=by, now=now)
    goal, made = Goal.objects.get_or_create(
        submit_key=submit_key,
        sheet=sheet,
        defaults={"program_id": sheet.program_id, "area": area, "words": words, "made_at": now},
    )
    if made:
        log_change(sheet, what="goal_added", act="goal.added", by=by, now=now, item=goal.pk, after=words)
    return goal


def _lock_goal(goal: Goal, by) -> tuple[Sheet, Goal]:
    sheet = lock_sheet(goal.sheet_id, by)
    return sheet, Goal.objects.select_for_update().get(pk=goal.pk)


@transaction.atomic
def change_goal(
    *, goal: Goal, words: str, area: str, by, seen: Seen | None = None, now: datetime | None = None
) -> Goal:
    """Other words for a goal, or another area. Raises `NotYours` and `ChangedMeanwhile`."""
    now = now or timezone.now()
    sheet, goal = _lock_goal(goal, by)
    check_seen(seen, now={"words": goal.words, "area": goal.area}, wanted={"words": words, "area": area})
    if words != goal.words:
        log_change(
            sheet, what="goal_changed", act="goal.changed", by=by, now=now, item=goal.pk, before=goal.words, after=words
        )
    if area != goal.area:
        log_change(
            sheet, what="goal_area", act="goal.changed", by=by, now=now, item=goal.pk, before=goal.area, after=area
        )
    goal.words, goal.area = words, area
    goal.save(update_fields=["words", "area"])
    return goal


@transaction.atomic
def settle_goal(*, goal: Goal, to: str, by, now: datetime | None = None) -> Goal:
    """`done`, `set_aside`, or `open` again; a second press of the same button changes nothing. Raises `NotYours`."""
    now = now or timezone.now()
    sheet, goal = _lock_goal(goal, by)
    if _settle(goal, to, now):
        what = "goal_opened" if to == "open" else f"goal_{to}"
        log_change(sheet, what=what, act="goal.changed", by=by, now=now, item=goal.pk, after=goal.words)
    return goal


@transaction.atomic
def add_step(
    *, goal: Goal, words: str, owner: str, submit_key: UUID, by, due_on: date | None = None, now: datetime | None = None
) -> Step:
    """A small step toward a goal, with or without a day; the same key twice is one step (I3). Raises `NotYours`."""
    now = now or timezone.now()
    sheet, goal = _lock_goal(goal, by)
    step, made = Step.objects.get_or_create(
        submit_key=submit_key,
        goal=goal,
        defaults={"program_id": sheet.program_id, "words": words, "owner": owner, "due_on": due_on, "made_at": now},
    )
    if made:
        log_change(sheet, what="step_added", act="step.added", by=by, now=now, item=step.pk, after=words)
    return step


def _lock_step(step: Step, by) -> tuple[Sheet, Step]:
    sheet = lock_sheet(step.goal.sheet_id, by)
    return sheet, Step.objects.select_for_update().get(pk=step.pk)


@transaction.atomic
def change_step(
    *, step: Step, words: str, owner: str, due_on: date | None, by, seen: Seen | None = None,
    now: datetime | None = None,
) -> Step:  # fmt: skip
    """Other words, another owner or another day. Raises `NotYours` and `ChangedMeanwhile`."""
    now = now or timezone.now()
    sheet, step = _lock_step(step, by)
    stored = {"words": step.words, "owner": step.owner, "due_on": step.due_on}
    wanted = {"words": words, "owner": owner, "due_on": due_on}
    check_seen(seen, now=stored, wanted=wanted)
    for name, what in (("words", "step_changed"), ("owner", "step_owner"), ("due_on", "step_due")):
        if stored[name] != wanted[name]:
            before, after = str(stored[name] or ""), str(wanted[name] or "")
            log_change(sheet, what=what, act="step.changed", by=by, now=now, item=step.pk, before=before, after=after)
            setattr(step, name, wanted[name])
    step.save(update_fields=["words", "owner", "due_on"])
    return step


@transaction.atomic
def settle_step(*, step: Step, to: str, by, now: datetime | None = None) -> Step:
    """`done`, `set_aside`, or `open` again, by either of the two. Raises `NotYours`."""
    now = now or timezone.now()
    sheet, step = _lock_step(step, by)
    if _settle(step, to, now):
        what = "step_opened" if to == "open" else f"step_{to}"
        log_change(sheet, what=what, act="step.changed", by=by, now=now, item=step.pk, after=step.words)
    return step


def _settle(row: Goal | Step, to: str, now: datetime) -> bool:
    """Set when it was done or set aside; False when it is so already. KeyError: no such state."""
    column = STATES[to]
    is_so = getattr(row, column) is not None if column else row.done_at is None and row.set_aside_at is None
    if is_so:
        return False
    row.done_at = row.set_aside_at = None
    if column:
        setattr(row, column, now)
    row.save(update_fields=["done_at", "set_aside_at"])
    return True
