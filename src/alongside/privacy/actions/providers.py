"""Entering who serves the program from outside, with the written agreement, and its end (C7)."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.models import Program

from ..models import ServiceProvider


@transaction.atomic
def enter_provider(
    *, program: Program, service: str, name: str, agreement: str, agreed_on: date, may_see: str, kept_where: str,
    review_on: date, by, now: datetime | None = None,
) -> ServiceProvider:  # fmt: skip
    """Enter a provider with its paper. The same one that is in force already is not entered twice."""
    said = {"service": service, "name": name.strip(), "agreement": agreement, "agreed_on": agreed_on,
            "may_see": may_see.strip(), "kept_where": kept_where.strip(), "review_on": review_on}  # fmt: skip
    Program.objects.select_for_update().get(pk=program.pk)
    if found := ServiceProvider.objects.filter(ended_at=None, **said).first():
        return found
    made = ServiceProvider.objects.create(
        program=program, entered_at=now or timezone.now(), entered_by_id=by.user_id, **said
    )
    record(act="provider.entered", by=by, object_kind="provider", object_id=made.pk, reason=service)
    return made


@transaction.atomic
def end_provider(*, provider: ServiceProvider, by, now: datetime | None = None) -> ServiceProvider:
    """They serve no more, or the paper is over. Ending twice is ending once."""
    locked = ServiceProvider.objects.select_for_update().get(pk=provider.pk)
    if locked.ended_at is None:
        locked.ended_at, locked.ended_by_id = now or timezone.now(), by.user_id
        locked.save(update_fields=["ended_at", "ended_by"])
        record(act="provider.ended", by=by, object_kind="provider", object_id=locked.pk, reason=locked.service)
    return locked
