"""The one action by which something about a person leaves under their consent (C1, C2)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.models import Person
from alongside.rules.consent import digest
from alongside.rules.disclosure import Asked, Decision, Given, MayNotLeave, To, decide

from ..items import gather
from ..models import Consent, Disclosure
from ..restriction_queries import list_agreed
from ..writing import Shown, get_posture, shown_then

NOBODY = UUID(int=0)


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


def disclose(
    *, consent: Consent, way: str, submit_key: UUID, by, now: datetime | None = None, address: str = "",
    items: Sequence[str] | None = None, to: To | None = None, and_queue: Callable[[Left], None] | None = None,
) -> Left:  # fmt: skip
    """Let what a consent covers leave now, to its recipient, and write it down in the same transaction.

    The consent is locked first, so that a revocation waits for this or this sees the revocation. The same `submit_key`
    is the same disclosure. `items`: only these of what it covers. `address`: where it goes, if not to that of the
    consent. `to`: who gets it, if not the one named in the consent. `and_queue` writes the entry of an outbox, in the
    same transaction, once for each disclosure (C2).
    Raises `NotDisclosed`; what was refused is in the log.
    """
    try:
        return _disclose(
            consent=consent, way=way, submit_key=submit_key, by=by, now=now, address=address, items=items,
            to=to, and_queue=and_queue,
        )  # fmt: skip
    except NotDisclosed as refused:
        # After the transaction, so that the entry stays (G1).
        record(
            act="disclosure.refused", by=by, subject=consent.person_id, program_id=consent.program_id,
            object_kind="consent", object_id=consent.pk, reason=refused.reason, outcome="refused",
        )  # fmt: skip
        raise


@transaction.atomic
def _disclose(
    *, consent: Consent, way: str, submit_key: UUID, by, now: datetime | None, address: str,
    items: Sequence[str] | None, to: To | None, and_queue: Callable[[Left], None] | None,
) -> Left:  # fmt: skip
    # Their row first: what they asked to keep back is agreed to before this or after it, never meanwhile (B7).
    person = _lock_person(consent.person_id)
    locked = Consent.objects.select_for_update().get(pk=consent.pk)
    if locked.person_id != person.pk:  # joined with another record since
        person = _lock_person(locked.person_id)
    now = now or timezone.now()
    again = Disclosure.objects.filter(submit_key=submit_key, consent=locked).first()
    recipient, recipient_class = (to.name.strip(), to.of) if to else (locked.recipient or "", "")
    asked = Asked(
        way, by.roles, person=str(person.pk), recipient=recipient, recipient_class=recipient_class,
        purpose=locked.purpose, items=tuple(locked.items if items is None else items),
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
        recipient=recipient,
        recipient_class=recipient_class,
        # Whoever the consent does not name has an address of their own, or none that we know.
        recipient_address=address or ("" if to else locked.recipient_address or ""),
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
    left = Left(disclosure, content, then, decision.statement)
    if and_queue is not None:
        and_queue(left)
    return left


def ask_again(
    *, consent_id: UUID, way: str, items: Sequence[str], by, now: datetime, disclosure_id: UUID | None = None
) -> tuple[Consent | None, Decision]:
    """What was written down and is still on its way: may it leave at this moment? Locks person and consent until the
    end of the transaction, as `disclose` does: what they stop or keep back is before this or after it (B4, B7, C2).

    It may leave whole or not at all: a page that was made with an item that is kept back since shows nothing more.
    An id that is none costs the same queries (A1). `disclosure_id`: to whom it was written down; where it is not given,
    it goes to the one whom the consent names. Call it inside the transaction in which it leaves.
    """
    person_id = Consent.objects.filter(pk=consent_id).values_list("person_id", flat=True).first() or NOBODY
    Person.objects.select_for_update().filter(pk=person_id).values_list("pk", flat=True).first()
    consent = Consent.objects.select_for_update().defer("shown").filter(pk=consent_id).first()
    posture, kept_back = get_posture(), list_agreed(person_id)
    written = Disclosure.objects.filter(pk=disclosure_id).values_list("recipient", "recipient_class").first()
    if consent is None:
        return None, Decision("no_consent")
    recipient, recipient_class = written or (consent.recipient or "", "")
    asked = Asked(way, by.roles, person=str(consent.person_id), recipient=recipient, recipient_class=recipient_class,
                  purpose=consent.purpose, items=tuple(items))  # fmt: skip
    decision = decide(asked, [given_of(consent)], posture, now, kept_back)
    if decision.may_leave and set(decision.items) != set(items):
        return consent, Decision("restricted")
    return consent, decision


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
