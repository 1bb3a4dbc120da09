"""The one action by which something about a person leaves under their consent (C1, C2)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.models import Person
from alongside.rules.consent import digest
from alongside.rules.disclosure import Asked, Given, MayNotLeave, decide

from ..items import gather
from ..models import Consent, Disclosure
from ..restriction_queries import list_agreed
from ..writing import Shown, get_posture, shown_then


class NotDisclosed(MayNotLeave):
    """Nothing left under this consent; that somebody tried is in the log."""


@dataclass(frozen=True)
class Left:
    """What leaves: its row, the data item by item, and what goes with it (§2.32): the consent as it was signed, and the
    statement, "" where the records are not under Part 2."""

    disclosure: Disclosure
    content: list
    consent: Shown
    statement: str


def disclose(*, consent: Consent, way: str, submit_key: UUID, by, now: datetime | None = None) -> Left:
    """Let what a consent covers leave now, to its recipient, and write it down in the same transaction.

    The consent is locked first, so that a revocation waits for this or this sees the revocation. The same `submit_key`
    is the same disclosure. Raises `NotDisclosed`; what was refused is in the log.
    """
    try:
        return _disclose(consent=consent, way=way, submit_key=submit_key, by=by, now=now)
    except NotDisclosed as refused:
        # After the transaction, so that the entry stays (G1).
        record(
            act="disclosure.refused", by=by, subject=consent.person_id, program_id=consent.program_id,
            object_kind="consent", object_id=consent.pk, reason=refused.reason, outcome="refused",
        )  # fmt: skip
        raise


@transaction.atomic
def _disclose(*, consent: Consent, way: str, submit_key: UUID, by, now: datetime | None) -> Left:
    # Their row first: what they asked to keep back is agreed to before this or after it, never meanwhile (B7).
    person = _lock_person(consent.person_id)
    locked = Consent.objects.select_for_update().get(pk=consent.pk)
    if locked.person_id != person.pk:  # joined with another record since
        person = _lock_person(locked.person_id)
    now = now or timezone.now()
    again = Disclosure.objects.filter(submit_key=submit_key, consent=locked).first()
    asked = Asked(
        way, by.roles, person=str(person.pk), recipient=locked.recipient or "", purpose=locked.purpose,
        items=tuple(locked.items),
    )  # fmt: skip
    decision = decide(asked, [given_of(locked)], get_posture(), now, list_agreed(person.pk))
    if not decision.may_leave:
        raise NotDisclosed(decision.reason)
    content = gather(person, decision.items, locked.language)
    then = shown_then(locked)
    if again is not None:
        return Left(again, content, then, decision.statement)
    disclosure = Disclosure.objects.create(
        program_id=locked.program_id,
        person=person,
        consent=locked,
        way=way,
        recipient=locked.recipient,
        recipient_address=locked.recipient_address or "",
        items=list(decision.items),
        purpose=locked.purpose,
        content_digest=digest((), content),
        disclosed_at=now,
        disclosed_by_id=by.user_id,
        submit_key=submit_key,
    )
    record(
        act="disclosure.made", by=by, subject=person, object_kind="disclosure", object_id=disclosure.pk,
        fields=list(decision.items), reason=locked.purpose,
    )  # fmt: skip
    return Left(disclosure, content, then, decision.statement)


def _lock_person(person_id: UUID) -> Person:
    return Person.objects.select_for_update(of=("self",)).select_related("program").get(pk=person_id)


def given_of(consent: Consent) -> Given:
    """A consent as the decision reads it."""
    return Given(
        key=str(consent.pk),
        person=str(consent.person_id),
        kind=consent.kind,
        status=consent.status,
        recipient=consent.recipient or "",
        purpose=consent.purpose,
        items=tuple(consent.items),
        expires_at=consent.expires_at,
    )
