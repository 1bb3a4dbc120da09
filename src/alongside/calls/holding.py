"""Under each change of an agreement: the row locked, its next call, and the entry of the log."""

from uuid import UUID

from alongside.audit.actions import record
from alongside.rules.lifecycles import PHONE_SUPPORT
from alongside.rules.phone_support import Next

from .models import Agreement


def lock(agreement_id: UUID) -> Agreement:
    """The agreement as it is now, locked, with whom it is of."""
    Agreement.objects.select_for_update().get(pk=agreement_id)
    return Agreement.objects.select_related("person__program", "person__safe_contact", "episode").get(pk=agreement_id)


def set_next(agreement: Agreement, found: Next) -> None:
    """The next call of an agreement that holds; saves nothing."""
    agreement.due_at, agreement.why = found.at, found.why
    agreement.round_on, agreement.tries = found.round_on, found.tries


def move(agreement: Agreement, to: str, *, by) -> None:
    """Another state, by the table; what belongs to the one before is taken away. Saves nothing."""
    PHONE_SUPPORT.check_move(agreement.status, to, by=by.moves_as)
    agreement.status = to
    agreement.paused_until, agreement.pause_reason = None, ""
    if to != "agreed":
        agreement.due_at = None


def log_agreement(act: str, agreement: Agreement, *, by, fields=(), reason: str = "", now=None) -> None:
    """What the log says: never when or on which number."""
    record(
        act=act, by=by, subject=agreement.person_id, object_kind="agreement", object_id=agreement.pk,
        fields=list(fields), reason=reason, now=now,
    )  # fmt: skip
