"""Adopting a policy: a new version beside the old ones, never instead of them."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.models import Program

from .checks import check_values
from .models import Policy


@transaction.atomic
def adopt_policy(
    *, program: Program, kind: str, values: dict, by, note: str = "", now: datetime | None = None
) -> Policy:
    """Adopt values as the next version; in force at once. Raises `PolicyInvalid` when the pure rule refuses them."""
    check_values(kind, values)
    newest = Policy.objects.filter(kind=kind).aggregate(newest=Max("version"))["newest"] or 0
    policy = Policy.objects.create(
        program=program,
        kind=kind,
        version=newest + 1,
        values=values,
        note=note,
        adopted_at=now or timezone.now(),
        adopted_by_id=by.user_id,
    )
    record(act="policy.adopted", by=by, object_kind="policy", object_id=policy.pk, reason=f"{kind}.{policy.version}")
    return policy
