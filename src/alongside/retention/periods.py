"""The periods in force: what the program set, else what the rules say."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.models import Program
from alongside.rules.retention import check_period

from .models import Period


def get_periods() -> Mapping[str, int]:
    """Kind of record to months, where the program in scope set something."""
    return {kind: period.months for kind, period in list_periods().items()}


def list_periods() -> dict[str, Period]:
    """Kind of record to the version in force, where there is one."""
    return {period.kind: period for period in Period.objects.order_by("version")}


@transaction.atomic
def set_period(*, program: Program, kind: str, months: int, basis: str, by, now: datetime | None = None) -> Period:
    """Set how long a kind of record is kept, with the law or the agreement that says so. Raises `PeriodRefused`."""
    check_period(kind, months)
    Program.objects.select_for_update().get(pk=program.pk)
    version = Period.objects.filter(kind=kind).count() + 1
    period = Period.objects.create(
        program=program, kind=kind, version=version, months=months, basis=basis.strip(), set_at=now or timezone.now(),
        set_by_id=by.user_id,
    )  # fmt: skip
    record(act="retention.set", by=by, object_kind="period", object_id=period.pk, reason=kind)
    return period
