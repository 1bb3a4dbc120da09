"""Days as the person counts them, and what they are glad of. Only the person writes here."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.people.models import Person
from alongside.recovery.holding import hold_sheet, log_change
from alongside.recovery.models import Chapter, Milestone, Sheet
from alongside.rules.milestones import is_possible


class DayNotPossible(Exception):
    """A first day in the future, or one within a chapter that was counted before."""


class NotCounting(Exception):
    """There is no open chapter to end or to change."""


@transaction.atomic
def begin_counting(
    *, person: Person, first_on: date, submit_key: UUID, by, today: date, now: datetime | None = None
) -> Chapter:
    """Count from a day on. Who counts already begins again: that chapter ends the day before, and stays. A key is once.

    Raises `NotYours` and `DayNotPossible`.
    """
    now = now or timezone.now()
    sheet = hold_sheet(person=person, kind="days", by=by, now=now)
    sent_before = Chapter.objects.filter(sheet=sheet, submit_key=submit_key).first()
    if sent_before:
        return sent_before
    open_one = _open_chapter(sheet)
    earliest = open_one.first_on if open_one else date.min
    if not is_possible(first_on, None, today) or first_on < earliest:
        raise DayNotPossible
    if open_one:
        _end(sheet, open_one, max(first_on - timedelta(days=1), open_one.first_on), by, now)
    chapter = Chapter.objects.create(
        program_id=sheet.program_id, sheet=sheet, first_on=first_on, made_at=now, submit_key=submit_key
    )
    log_change(sheet, what="chapter_begun", act="chapter.begun", by=by, now=now, item=chapter.pk, after=str(first_on))
    return chapter


@transaction.atomic
def change_first_day(*, person: Person, first_on: date, by, today: date, now: datetime | None = None) -> Chapter:
    """Another first day of the open chapter. Raises `NotYours`, `NotCounting` and `DayNotPossible`."""
    now = now or timezone.now()
    sheet = hold_sheet(person=person, kind="days", by=by, now=now)
    chapter = _open_chapter(sheet)
    if chapter is None:
        raise NotCounting
    if not is_possible(first_on, None, today):
        raise DayNotPossible
    if chapter.first_on != first_on:
        before, chapter.first_on = chapter.first_on, first_on
        chapter.save(update_fields=["first_on"])
        log_change(sheet, what="chapter_changed", act="chapter.changed", by=by, now=now, item=chapter.pk,
             before=str(before), after=str(first_on))  # fmt: skip
    return chapter


@transaction.atomic
def stop_counting(*, person: Person, by, today: date, now: datetime | None = None) -> bool:
    """Count no further; what was built stays. Whether somebody was counting."""
    now = now or timezone.now()
    sheet = hold_sheet(person=person, kind="days", by=by, now=now)
    chapter = _open_chapter(sheet)
    if chapter is None:
        return False
    _end(sheet, chapter, max(today, chapter.first_on), by, now)
    return True


def _open_chapter(sheet: Sheet) -> Chapter | None:
    return Chapter.objects.filter(sheet=sheet, last_on__isnull=True).first()


def _end(sheet: Sheet, chapter: Chapter, last_on: date, by, now: datetime) -> None:
    chapter.last_on = last_on
    chapter.save(update_fields=["last_on"])
    log_change(sheet, what="chapter_ended", act="chapter.ended", by=by, now=now, item=chapter.pk, after=str(last_on))


@transaction.atomic
def add_milestone(
    *, person: Person, words: str, submit_key: UUID, by, happened_on: date | None = None, now: datetime | None = None
) -> Milestone:
    """Something to be glad of, with or without a day; the same key twice is one (I3). Raises `NotYours`."""
    now = now or timezone.now()
    sheet = hold_sheet(person=person, kind="days", by=by, now=now)
    milestone, made = Milestone.objects.get_or_create(
        submit_key=submit_key,
        sheet=sheet,
        defaults={"program_id": sheet.program_id, "words": words, "happened_on": happened_on, "made_at": now},
    )
    if made:
        log_change(sheet, what="milestone_added", act="milestone.added", by=by, now=now, item=milestone.pk, after=words)
    return milestone


@transaction.atomic
def set_milestone_aside(*, milestone: Milestone, by, now: datetime | None = None) -> bool:
    """Take one off the list; the history keeps it. Whether it was there. Raises `NotYours`."""
    now = now or timezone.now()
    sheet = hold_sheet(person=milestone.sheet.person, kind="days", by=by, now=now)
    found = Milestone.objects.filter(pk=milestone.pk, sheet=sheet, set_aside_at__isnull=True).first()
    if found is None:
        return False
    found.set_aside_at = now
    found.save(update_fields=["set_aside_at"])
    log_change(
        sheet, what="milestone_set_aside", act="milestone.changed", by=by, now=now, item=found.pk, after=found.words
    )
    return True
