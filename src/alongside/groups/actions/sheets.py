"""The sign-in sheet: who leads hands it in with one submit; somebody may sign themself in while it is on."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.groups.holding import log_session
from alongside.groups.models import Came, GroupPlace, GroupSession
from alongside.groups.queries import Occasion
from alongside.rules.groups import is_over_or_on, may_sign_in
from alongside.rules.lifecycles import GROUP_SESSION

from .sessions import lock_session


class NotNow(Exception):
    """It has not begun, is called off, or its note was written already."""


@transaction.atomic
def hand_in_sheet(
    *,
    occasion: Occasion,
    came: Collection[UUID],
    shown: Collection[UUID],
    walk_ins: int,
    by,
    now: datetime | None = None,
) -> GroupSession:
    """Write down who was there, and how many more. Handed in again it is corrected, until its note is written.

    `shown` are those whom the page showed as there: only they are taken back where they are not in `came` any more, so
    that somebody who signed themself in meanwhile stays. Only people with a place, or who signed in, are written.
    Raises `NotNow`.
    """
    now = now or timezone.now()
    if not is_over_or_on(occasion.session, now):
        raise NotNow
    row = lock_session(occasion.group, occasion, now)
    if row.noted_at or row.status == "cancelled":
        raise NotNow
    there = {one.person_id: one for one in Came.objects.filter(session=row)}
    held = set(GroupPlace.objects.filter(group=row.group_id, status="held").values_list("person_id", flat=True))
    for person_id in sorted((set(came) & held) - there.keys()):
        _add(row, person_id, "sheet", by, now)
    for person_id in sorted((set(shown) - set(came)) & there.keys()):
        there[person_id].delete()
        _log("came.taken_back", row, person_id, by)
    is_new = row.status == "planned"
    if is_new:
        GROUP_SESSION.check_move(row.status, "held", by=by.moves_as)
        row.status, row.held_at = "held", now
    if is_new or row.walk_ins != walk_ins:
        row.walk_ins, row.changed_at = walk_ins, now
        row.save(update_fields=["status", "held_at", "walk_ins", "changed_at"])
        log_session("group_session.held", row, by=by)
    return row


@transaction.atomic
def sign_in(*, occasion: Occasion, person_id: UUID, by, now: datetime | None = None) -> bool:
    """ "I am here": whoever has a place, shortly before until the end. Whether it is new. Raises `NotNow`."""
    now = now or timezone.now()
    if not may_sign_in(occasion.session, now):
        raise NotNow
    row = lock_session(occasion.group, occasion, now)
    has_place = GroupPlace.objects.filter(group=row.group_id, person_id=person_id, status="held").exists()
    if row.noted_at or row.status == "cancelled" or not has_place:
        raise NotNow
    if Came.objects.filter(session=row, person_id=person_id).exists():
        return False
    _add(row, person_id, "self", by, now)
    return True


def _add(row: GroupSession, person_id: UUID, how: str, by, now: datetime) -> None:
    Came.objects.create(program_id=row.program_id, session=row, person_id=person_id, how=how, at=now)
    _log("came.added", row, person_id, by)


def _log(act: str, row: GroupSession, person_id: UUID, by) -> None:
    record(act=act, by=by, subject=person_id, object_kind="group_session", object_id=row.pk)
