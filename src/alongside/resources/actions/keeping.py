"""Writing a resource by hand, mending one that a list brought, marking it as checked."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.models import Program
from alongside.resources.columns import columns_of
from alongside.resources.models import Record, Resource
from alongside.rules.resources.by_hand import into_document
from alongside.rules.resources.found import digest_of

from . import twins


class NotOurs(Exception):
    """A resource of somebody else's list is not set aside here: it goes when its list no longer has it."""


@transaction.atomic
def write_by_hand(
    *, program: Program, values: Mapping[str, Any], by, resource: Resource | None = None,
    submit_key: UUID | None = None, now: datetime | None = None,
) -> Resource:  # fmt: skip
    """A new resource, or another wording of one; the same key twice is one (I3). Raises `by_hand.HoursUnclear`.

    What a list brought is then ours to keep: a later list does not write over it, but waits to be looked at.
    """
    now = now or timezone.now()
    if resource is None:
        return _add(program, values, by, submit_key, now)
    held = Resource.objects.select_for_update().get(pk=resource.pk)
    kept = Record.objects.get(resource=held)
    document = into_document(kept.document, values, identity=held.identity)
    if document == kept.document:
        return held
    for name, value in columns_of(document).items():
        setattr(held, name, value)
    if held.feed_id is None:
        held.digest = digest_of(document)
    held.mended_at = now
    _save(held)
    kept.document = document
    kept.save(update_fields=["document"])
    record(act="resource.written", by=by, program_id=program.pk, object_kind="resource", object_id=held.pk, now=now)
    return held


def _add(program: Program, values: Mapping[str, Any], by, submit_key: UUID | None, now: datetime) -> Resource:
    if submit_key and (before := Resource.objects.filter(submit_key=submit_key).first()):
        return before
    identity = str(uuid4())
    document = into_document(None, values, identity=identity)
    made = Resource.objects.create(
        program=program, identity=identity, world_id=UUID(identity), came_at=now, mended_at=now, submit_key=submit_key,
        digest=digest_of(document), checked_on=_today(now), **columns_of(document),
    )  # fmt: skip
    Record.objects.create(program=program, resource=made, document=document)
    record(act="resource.written", by=by, program_id=program.pk, object_kind="resource", object_id=made.pk, now=now)
    return made


def _today(now: datetime) -> date:
    return timezone.localdate(now)


def _save(row: Resource, fields: list[str] | None = None) -> None:
    """Write it, and settle whether it or another of the same id is shown."""
    twins.hide([row], twins.shared_ids([row.world_id], besides=[row.pk]))
    row.save(update_fields=fields)
    twins.settle([row.world_id])
    row.refresh_from_db(fields=["is_shown", "is_copy"])


@transaction.atomic
def mark_checked(*, resource: Resource, by, now: datetime | None = None) -> None:
    """Somebody called or went there, and what stands here is right today."""
    now = now or timezone.now()
    held = Resource.objects.select_for_update().get(pk=resource.pk)
    if held.checked_on != _today(now):
        held.checked_on = _today(now)
        held.save(update_fields=["checked_on"])
        twins.settle([held.world_id])
        record(act="resource.checked", by=by, program_id=held.program_id, object_kind="resource", object_id=held.pk)


@transaction.atomic
def set_aside(*, resource: Resource, by, back: bool = False, now: datetime | None = None) -> None:
    """Take what was written here out of the directory, or bring it back. Raises `NotOurs`."""
    held = Resource.objects.select_for_update().get(pk=resource.pk)
    if held.feed_id is not None:
        raise NotOurs
    if held.is_listed is not back:
        held.is_listed = held.is_shown = back
        held.gone_at = None if back else now or timezone.now()
        held.is_copy = False
        _save(held, ["is_listed", "is_shown", "is_copy", "gone_at"])
        record(act="resource.set_aside", by=by, program_id=held.program_id, object_kind="resource", object_id=held.pk)


@transaction.atomic
def take_newer(*, resource: Resource, by) -> None:
    """What the list says now takes the place of what was mended here."""
    held = Resource.objects.select_for_update().get(pk=resource.pk)
    kept = Record.objects.get(resource=held)
    if not held.is_held or kept.newer is None:
        return
    for name, value in columns_of(kept.newer).items():
        if held.is_listed or name not in ("is_listed", "is_shown", "gone_at"):  # what its list dropped stays so
            setattr(held, name, value)
    held.is_held, held.mended_at = False, None
    _save(held)
    kept.document, kept.newer = kept.newer, None
    kept.save(update_fields=["document", "newer"])
    record(act="resource.newer_taken", by=by, program_id=held.program_id, object_kind="resource", object_id=held.pk)
