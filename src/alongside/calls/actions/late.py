"""Who had a call and wrote too late: another took it over, and the claim is gone. The log still knows who had it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from alongside.audit.models import Entry
from alongside.calls.models import Agreement, Call

LATE = timedelta(days=1)
"""So long after taking a call it may be written down what came of it, also once somebody else took it over."""


def find_taken_at(agreement: Agreement, by, now: datetime) -> datetime | None:
    """When the actor took this call, if they neither gave it back nor wrote down what came of it; None: it was not
    theirs, or too long ago."""
    log = Entry.objects.filter(
        subject_id=agreement.person_id, at__gte=now - LATE, act__in=["call.taken", "call.given_back"],
        object_id=agreement.pk, actor_person_id=by.person_id,
    )  # fmt: skip
    latest = log.order_by("-at", "-pk").first()
    if latest is None or latest.act != "call.taken":
        return None
    written = Call.objects.filter(agreement=agreement, caller_id=by.person_id, called_at__gte=latest.at)
    return None if written.exists() else latest.at


def may_write_late(*, agreement_id: UUID, by, now: datetime | None = None) -> bool:
    """Whether this call was the actor's, another has it now, and what came of it may still be written down."""
    found = Agreement.objects.filter(pk=agreement_id).first()
    return found is not None and find_taken_at(found, by, now or timezone.now()) is not None


def is_overtaken(agreement: Agreement, by, taken_at: datetime) -> bool:
    """Whether another caller has already written down what came of this call."""
    others = Call.objects.filter(agreement=agreement, called_at__gte=taken_at).exclude(caller_id=by.person_id)
    return others.exists()
