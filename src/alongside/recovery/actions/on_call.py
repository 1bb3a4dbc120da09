"""Which telephone rings at the peer on call, and when."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.models import Program
from alongside.recovery.models import OnCallLine


@transaction.atomic
def set_on_call(
    *, program: Program, phone: str, from_hour: int, until_hour: int, by, now: datetime | None = None
) -> OnCallLine | None:
    """Set the program's on-call telephone and its hours (0-23; the same twice is day and night). No phone: none."""
    now = now or timezone.now()
    if phone:
        line, _made = OnCallLine.objects.update_or_create(
            program=program,
            defaults={"phone": phone, "from_hour": from_hour, "until_hour": until_hour, "changed_at": now},
        )
    else:
        line = None
        OnCallLine.objects.filter(program=program).delete()
    record(act="on_call.changed", by=by, object_kind="on_call", fields=["phone", "from_hour", "until_hour"])
    return line
