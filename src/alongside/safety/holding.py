"""Under each change of a worry: the row locked, the entry of its history and that of the log."""

from datetime import datetime
from uuid import UUID

from alongside.audit.actions import record

from .models import Escalation, Happening


def lock(escalation_id: UUID) -> Escalation:
    """The worry as it is now, locked."""
    return Escalation.objects.select_for_update().get(pk=escalation_id)


def log_happening(
    escalation: Escalation, what: str, *, by, now: datetime, words: str = "", to_person: UUID | None = None
) -> Happening:
    """One entry of the history and one of the log, which never holds the words."""
    happening = Happening.objects.create(
        program_id=escalation.program_id, escalation=escalation, at=now, what=what, by_person=by.person_id,
        by_role=by.role, to_person=to_person, words=words,
    )  # fmt: skip
    record(
        act=f"escalation.{what}", by=by, subject=escalation.person_id, object_kind="escalation",
        object_id=escalation.pk, now=now,
    )  # fmt: skip
    return happening
