"""Pages, goals, days and their history."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from alongside.audit.models import Entry
from alongside.privacy.queries import list_live_grants
from alongside.recovery.models import Change, Chapter, Goal, Milestone, Sheet, Step
from alongside.rules.milestones import Built, count
from alongside.rules.milestones import Chapter as Stretch
from alongside.rules.sheets import may_read

MOST_GOALS = 200
"""More than a person writes in years; the page stays a page."""


def walks_with(actor, person_id: UUID, now: datetime | None = None) -> bool:
    """Whether the actor is this person's peer, or covers for the peer who is away, at this moment."""
    if not actor.has("peer") or actor.person_id is None:
        return False
    live = list_live_grants(now).filter(participant_id=person_id, reader_id=actor.person_id)
    return live.filter(kind__in=["mentorship", "cover"]).exists()


def get_sheet(person_id: UUID, kind: str, *, is_own: bool) -> Sheet | None:
    """The current page of a kind, or None: nothing written yet, or kept by the person to themself."""
    return get_sheets(person_id, [kind], is_own=is_own).get(kind)


def get_sheets(person_id: UUID, kinds: Collection[str], *, is_own: bool) -> dict[str, Sheet]:
    """The current pages of these kinds that may be read, by kind."""
    found = Sheet.objects.filter(person_id=person_id, kind__in=kinds, is_current=True)
    return {one.kind: one for one in found if may_read(is_hidden=one.is_hidden, is_own=is_own)}


def is_hidden(person_id: UUID, kind: str) -> bool:
    """Whether the person keeps their page of this kind to themself."""
    return Sheet.objects.filter(person_id=person_id, kind=kind, is_current=True, is_hidden=True).exists()


def list_readable(person_id: UUID, *, is_own: bool) -> list[Sheet]:
    """All pages that may be read, also those that a joined record brought along."""
    found = Sheet.objects.filter(person_id=person_id).defer("parts")
    return [one for one in found if may_read(is_hidden=one.is_hidden, is_own=is_own)]


def list_goals(sheet: Sheet | None) -> list[Goal]:
    """Goals with their steps, in the order in which they were written."""
    if sheet is None:
        return []
    steps = Step.objects.order_by("made_at", "pk")
    found = Goal.objects.filter(sheet=sheet).order_by("made_at", "pk").prefetch_related(Prefetch("steps", steps))
    return list(found[:MOST_GOALS])


def get_goal(person_id: UUID, goal_id: UUID) -> Goal | None:
    """One goal of this person."""
    return Goal.objects.filter(pk=goal_id, sheet__person_id=person_id).select_related("sheet").first()


def get_step(person_id: UUID, step_id: UUID) -> Step | None:
    """One small step of this person."""
    found = Step.objects.filter(pk=step_id, goal__sheet__person_id=person_id)
    return found.select_related("goal__sheet").first()


def list_chapters(sheet: Sheet | None) -> list[Chapter]:
    """Stretches of days, in order. The days are encrypted, so they are sorted here."""
    return sorted(Chapter.objects.filter(sheet=sheet), key=lambda one: one.first_on) if sheet else []


def count_days(chapters: Collection[Chapter], today: date) -> Built:
    """What was built until today."""
    return count([Stretch(one.first_on, one.last_on) for one in chapters], today)


def list_milestones(sheet: Sheet | None) -> list[Milestone]:
    """What the person is glad of, the latest first; what they took off the list is left out."""
    if sheet is None:
        return []
    found = Milestone.objects.filter(sheet=sheet, set_aside_at__isnull=True)
    return sorted(found, key=lambda one: (one.happened_on or one.made_at.date(), one.made_at), reverse=True)


def get_milestone(person_id: UUID, milestone_id: UUID) -> Milestone | None:
    """One milestone of this person."""
    found = Milestone.objects.filter(pk=milestone_id, sheet__person_id=person_id)
    return found.select_related("sheet__person").first()


def list_changes(sheets: Collection[Sheet]) -> QuerySet[Change]:
    """The history of these pages, the latest first."""
    return Change.objects.filter(sheet__in=sheets).order_by("-at", "-pk")


def get_saved_before(sheet: Sheet | None) -> datetime | None:
    """When the person last saved their page for the pocket, if this sheet was changed since; else None."""
    if sheet is None:
        return None
    saved = Entry.objects.filter(subject_id=sheet.person_id, act="record.exported", object_kind="pocket")
    latest = saved.order_by("-at").values_list("at", flat=True).first()
    return latest if latest and latest < sheet.changed_at else None
