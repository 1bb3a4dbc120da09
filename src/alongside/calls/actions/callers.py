"""Who is trained to call."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.calls.models import Caller
from alongside.people.models import Person


@transaction.atomic
def mark_caller(*, person: Person, languages: Sequence[str], trained_on: date, by) -> Caller:
    """Write down that somebody is trained to call, and in which languages; again after it ended."""
    values = {"languages": sorted(languages), "trained_on": trained_on, "marked_by_id": by.user_id, "ended_at": None}
    caller, _made = Caller.objects.update_or_create(
        person=person, defaults=values, create_defaults=values | {"program_id": person.program_id}
    )
    record(
        act="caller.changed", by=by, object_kind="caller", object_id=caller.pk, fields=["languages", "trained_on"]
    )  # fmt: skip
    return caller


@transaction.atomic
def end_caller(*, caller: Caller, by, now: datetime | None = None) -> Caller:
    """They call nobody from the next request on."""
    caller = Caller.objects.select_for_update().get(pk=caller.pk)
    if caller.ended_at is None:
        caller.ended_at = now or timezone.now()
        caller.save(update_fields=["ended_at"])
        record(act="caller.changed", by=by, object_kind="caller", object_id=caller.pk, fields=["ended_at"])
    return caller
