"""Writing the words of a page, and keeping a page to oneself."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.models import Person
from alongside.recovery.holding import NotYours, add_change, hold_sheet, log_change
from alongside.rules import sheets as rules
from alongside.web.meanwhile import Seen, check_seen


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
        add_change(sheet, what=part, by=by, now=now, before=stored[part], after=wanted[part])
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
