"""Under each change: the row locked, the step of its history, the entry of the log."""

import hashlib
import json
from datetime import datetime

from django.db.models import Max

from alongside.audit.actions import record

from .models import Demand, DemandStep


def lock_demand(demand: Demand) -> Demand:
    """The demand as it is now, locked."""
    return Demand.objects.select_for_update(of=("self",)).get(pk=demand.pk)


def log_step(demand: Demand, what: str, *, by, now: datetime, words: str = "") -> DemandStep:
    """One step of a demand whose row is locked or new: the words stay with it, encrypted, and never reach the log."""
    newest = DemandStep.objects.filter(demand=demand).aggregate(newest=Max("number"))["newest"] or 0
    return DemandStep.objects.create(
        program_id=demand.program_id, demand=demand, number=newest + 1, at=now, what=what, by_user=by.user_id,
        by_role=by.role, words=words.strip(),
    )  # fmt: skip


def log_demand(demand: Demand, act: str, *, by, reason: str = "") -> None:
    """The entry of the log, about the person whom the demand names, if we know one."""
    record(
        act=act, by=by, subject=demand.person_id, program_id=demand.program_id, object_kind="demand",
        object_id=demand.pk, reason=reason,
    )  # fmt: skip


def digest(content) -> str:
    """64 hex digits over anything that JSON can hold: another word, another digest."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
