"""Somebody says that something is wrong, without an account; staff look and say what came of it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.resources.models import Report, Resource
from alongside.resources.queries import count_waiting
from alongside.rules.lifecycles import RESOURCE_REPORT, STAFF
from alongside.rules.resources.reports import LONGEST, may_take


@transaction.atomic
def report(
    *, resource: Resource, kind: str, words: str, submit_key: UUID, now: datetime | None = None
) -> Report | None:
    """Keep what somebody says; the same key twice is one (I3). None where enough is waiting about this resource.

    Nothing about who said it is kept, so there is nothing to write into the log.
    """
    Resource.objects.select_for_update().get(pk=resource.pk)
    if before := Report.objects.filter(submit_key=submit_key).first():
        return before
    if not may_take(waiting=count_waiting(resource)):
        return None
    return Report.objects.create(
        program_id=resource.program_id, resource=resource, kind=kind, words=words.strip()[:LONGEST],
        made_at=now or timezone.now(), submit_key=submit_key,
    )  # fmt: skip


@transaction.atomic
def settle_report(*, one: Report, status: str, by, now: datetime | None = None) -> None:
    """Mended, or right as it is; or open again. Raises `MoveNotAllowed`."""
    held = Report.objects.select_for_update().get(pk=one.pk)
    if held.status == status:
        return
    RESOURCE_REPORT.check_move(held.status, status, by=STAFF)
    held.status = status
    held.settled_at = None if status == "open" else now or timezone.now()
    held.settled_by_id = None if status == "open" else by.user_id
    held.save(update_fields=["status", "settled_at", "settled_by"])
    record(act="resource.report_settled", by=by, program_id=held.program_id, object_kind="report", object_id=held.pk)
