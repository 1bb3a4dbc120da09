"""Under each change of a page: who may write asked again, the page locked, the entry of its history."""

from datetime import datetime
from uuid import UUID

from alongside.audit.actions import record
from alongside.people.models import Person
from alongside.rules import sheets as rules

from .models import Change, Sheet
from .queries import walks_with


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
    add_change(sheet, what=what, by=by, now=now, item=item, before=before, after=after)
    sheet.changed_at = now
    sheet.save(update_fields=["changed_at"])
    record(act=act, by=by, subject=sheet.person_id, object_kind=sheet.kind, object_id=item or sheet.pk, fields=[what])


def add_change(
    sheet: Sheet, *, what: str, by, now: datetime, item: UUID | None = None, before: str = "", after: str = ""
) -> None:
    """One entry of the history."""
    Change.objects.create(
        program_id=sheet.program_id, sheet=sheet, at=now, by_person=by.person_id, by_role=by.role, what=what, item=item,
        before=before, after=after,
    )  # fmt: skip
