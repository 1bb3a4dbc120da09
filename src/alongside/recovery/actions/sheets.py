"""Writing the words of a page, and keeping a page to oneself."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.models import Person
from alongside.recovery.models import Change, Sheet
from alongside.recovery.queries import walks_with
from alongside.rules import sheets as rules
from alongside.web.meanwhile import Seen, check_seen


class NotYours(Exception):
    """Somebody would write in a page that is not theirs to write."""


def check_writes(*, person_id: UUID, kind: str, by) -> None:
    """Raise `NotYours` unless this actor may write in this page of this person. Asked again under each save (D4)."""
    is_own = by.person_id == person_id
    if not rules.may_write(kind, is_own=is_own, walks_with=not is_own and walks_with(by, person_id)):
        raise NotYours(kind)


def hold_sheet(*, person: Person, kind: str, by, now: datetime) -> Sheet:
    """The current page of a kind, locked; made when the first words come."""
    check_writes(person_id=person.pk, kind=kind, by=by)
    found, _made = Sheet.objects.get_or_create(
        person=person,
        kind=kind,
        is_current=True,
        defaults={"program_id": person.program_id, "made_at": now, "changed_at": now},
    )
    return Sheet.objects.select_for_update().get(pk=found.pk)


def lock_sheet(sheet_id: UUID, by) -> Sheet:
    """A page that exists, locked, for whoever may write in it. Raises `NotYours`."""
    sheet = Sheet.objects.select_for_update().get(pk=sheet_id)
    check_writes(person_id=sheet.person_id, kind=sheet.kind, by=by)
    return sheet


def log_change(
    sheet: Sheet, *, what: str, act: str, by, now: datetime, item: UUID | None = None, before: str = "", after: str = ""
) -> None:
    """Add one entry to the history and one to the log, and note when the page was last written in."""
    _add_change(sheet, what=what, by=by, now=now, item=item, before=before, after=after)
    sheet.changed_at = now
    sheet.save(update_fields=["changed_at"])
    record(act=act, by=by, subject=sheet.person_id, object_kind=sheet.kind, object_id=item or sheet.pk, fields=[what])


def _add_change(
    sheet: Sheet, *, what: str, by, now: datetime, item: UUID | None = None, before: str = "", after: str = ""
) -> None:
    """One entry of the history."""
    Change.objects.create(
        program_id=sheet.program_id, sheet=sheet, at=now, by_person=by.person_id, by_role=by.role, what=what, item=item,
        before=before, after=after,
    )  # fmt: skip


@transaction.atomic
def write_parts(
    *, person: Person, kind: str, wanted: Mapping[str, str], by, seen: Seen | None = None, now: datetime | None = None
) -> tuple[str, ...]:
    """Write some parts of a page; returns those that changed. What stood there before stays in the history.

    A stage is the person's own to set. Raises `NotYours`, `ChangedMeanwhile`, and ValueError for what is no part of
    the page.
    """
    now = now or timezone.now()
    wanted = {part: _plain(words) for part, words in wanted.items()}
    if by.person_id != person.pk and set(wanted) & set(rules.STAGE_PARTS):
        raise NotYours("stage")
    sheet = hold_sheet(person=person, kind=kind, by=by, now=now)
    stored = {part: sheet.parts.get(part, "") for part in wanted}
    check_seen(seen, now=stored, wanted=wanted)
    changed = rules.changed_parts(kind, stored, wanted)
    for part in changed:
        _add_change(sheet, what=part, by=by, now=now, before=stored[part], after=wanted[part])
    if changed:
        sheet.parts = sheet.parts | {part: wanted[part] for part in changed}
        sheet.changed_at = now
        sheet.save(update_fields=["parts", "changed_at"])
        record(
            act="sheet.changed", by=by, subject=person.pk, object_kind=kind, object_id=sheet.pk, fields=list(changed)
        )
    return changed


def _plain(words: str) -> str:
    """As a browser sends lines, so that a page that was only opened and saved changes nothing."""
    return words.replace("\r\n", "\n").strip()


@transaction.atomic
def hide_sheet(*, person: Person, kind: str, hidden: bool, by, now: datetime | None = None) -> bool:
    """Keep a page to the person alone, or show it again to whoever may open the record. Whether something changed."""
    if kind not in rules.HIDEABLE or by.person_id != person.pk:
        raise NotYours(kind)
    now = now or timezone.now()
    sheet = hold_sheet(person=person, kind=kind, by=by, now=now)
    if sheet.is_hidden == hidden:
        return False
    sheet.is_hidden = hidden
    sheet.save(update_fields=["is_hidden"])
    word = "hidden" if hidden else "shown"
    log_change(sheet, what=word, act=f"sheet.{word}", by=by, now=now)
    return True
