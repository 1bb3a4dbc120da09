"""Adding somebody, a group or a place; saying that it changed, ended, or is back. Each writes to the history."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.models import Person
from alongside.recovery.actions import check_writes
from alongside.rules.connections import MOST

from .models import Tie, TieTurn


class TooMany(Exception):
    """More than the picture and the list can hold."""


def _turn(tie: Tie, what: str, by, now: datetime) -> None:
    ended = what == "ended"
    TieTurn.objects.create(
        program_id=tie.program_id, tie=tie, at=now, what=what, ring="" if ended else tie.ring,
        support="" if ended else tie.support, by_person=by.person_id,
    )  # fmt: skip


@transaction.atomic
def add_tie(
    *, person: Person, kind: str, name: str, ring: str, support: str, submit_key: UUID, by, now: datetime | None = None
) -> Tie:
    """Somebody or something new; the same key twice is one (I3). Raises `recovery.actions.NotYours` and `TooMany`."""
    now = now or timezone.now()
    check_writes(person_id=person.pk, kind="plan", by=by)
    Person.objects.select_for_update().get(pk=person.pk)
    sent_before = Tie.objects.filter(submit_key=submit_key, person=person).first()
    if sent_before:
        return sent_before
    if Tie.objects.filter(person=person, ended_at__isnull=True).count() >= MOST:
        raise TooMany
    tie = Tie.objects.create(
        program_id=person.program_id, person=person, kind=kind, name=name, ring=ring, support=support, made_at=now,
        submit_key=submit_key,
    )  # fmt: skip
    _turn(tie, "added", by, now)
    record(act="tie.added", by=by, subject=tie.person_id, object_kind="tie", object_id=tie.pk)
    return tie


@transaction.atomic
def change_tie(*, tie: Tie, name: str, ring: str, support: str, by, now: datetime | None = None) -> Tie:
    """Another name, nearer or farther, another support. Raises `recovery.actions.NotYours`."""
    check_writes(person_id=tie.person_id, kind="plan", by=by)
    found = Tie.objects.select_for_update().get(pk=tie.pk)
    moved = (found.ring, found.support) != (ring, support)
    if moved or found.name != name:
        found.name, found.ring, found.support = name, ring, support
        found.save(update_fields=["name", "ring", "support"])
        if moved and found.ended_at is None:
            _turn(found, "changed", by, now or timezone.now())
        record(act="tie.changed", by=by, subject=found.person_id, object_kind="tie", object_id=found.pk)
    return found


@transaction.atomic
def end_tie(*, tie: Tie, by, now: datetime | None = None) -> bool:
    """It is no longer part of their life. Whether it was. Raises `recovery.actions.NotYours`."""
    now = now or timezone.now()
    check_writes(person_id=tie.person_id, kind="plan", by=by)
    found = Tie.objects.select_for_update().filter(pk=tie.pk, ended_at__isnull=True).first()
    if found is None:
        return False
    found.ended_at = now
    found.save(update_fields=["ended_at"])
    _turn(found, "ended", by, now)
    record(act="tie.ended", by=by, subject=found.person_id, object_kind="tie", object_id=found.pk)
    return True


@transaction.atomic
def bring_back(*, tie: Tie, by, now: datetime | None = None) -> bool:
    """It is there again. Whether it was gone. Raises `recovery.actions.NotYours` and `TooMany`."""
    now = now or timezone.now()
    check_writes(person_id=tie.person_id, kind="plan", by=by)
    Person.objects.select_for_update().get(pk=tie.person_id)
    if Tie.objects.filter(person_id=tie.person_id, ended_at__isnull=True).count() >= MOST:
        raise TooMany
    found = Tie.objects.select_for_update().filter(pk=tie.pk, ended_at__isnull=False).first()
    if found is None:
        return False
    found.ended_at = None
    found.save(update_fields=["ended_at"])
    _turn(found, "back", by, now)
    record(act="tie.back", by=by, subject=found.person_id, object_kind="tie", object_id=found.pk)
    return True
