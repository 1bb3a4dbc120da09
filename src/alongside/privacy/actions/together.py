"""Several recipients in one signature: of one kind and purpose, each a consent of its own, stopped singly or all.

What each gets is shown for each (B3), and the text of each is signed. Kinds that must stand alone never join (B2).
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from alongside.audit.actions import record
from alongside.people.models import Person
from alongside.rules.consent import KINDS

from ..consent_queries import list_together
from ..models import Consent
from .consents import ConsentNotActive, ShownChanged, change_draft, draft_copy, sign_consent, stop_sharing

MOST_TOGETHER = 8
"""So many one can still read before signing."""

SHARED = (
    "kind", "purpose", "purpose_words", "expires_event", "expires_at", "language", "signer", "other_name",
    "other_basis", "died_on",
)  # fmt: skip
"""What is the same for all who are named in one signature."""


class CannotJoin(Exception):
    """This kind stands alone, or there are as many as one can read."""


@transaction.atomic
def add_recipient(
    *, consent: Consent, recipient: str, recipient_address: str, recipient_is_covered: bool, by
) -> Consent:
    """One more recipient of the same things, for the same purpose: a draft of its own, to be signed together.

    The same name twice is once. Raises `CannotJoin`.
    """
    Person.objects.select_for_update().get(pk=consent.person_id)
    first = Consent.objects.select_for_update().get(pk=consent.pk)
    if first.status != "draft" or not KINDS[first.kind].joins or first.recipient is None:
        raise CannotJoin
    others = list_together(first)
    wanted = recipient.strip()
    if found := next((one for one in others if (one.recipient or "").casefold() == wanted.casefold()), None):
        return found
    if len(others) >= MOST_TOGETHER:
        raise CannotJoin
    if first.together is None:
        first.together = uuid4()
        first.save(update_fields=["together"])
        record(act="consent.changed", by=by, subject=first.person_id, program_id=first.program_id,
               object_kind="consent", object_id=first.pk, fields=["together"])  # fmt: skip
    return draft_copy(
        consent=first, by=by, recipient=wanted, recipient_address=recipient_address.strip() or None,
        recipient_is_covered=recipient_is_covered,
    )  # fmt: skip


@transaction.atomic
def sign_together(*, consent: Consent, seen: Mapping[UUID, str], by, now: datetime | None = None, **signature) -> int:
    """Sign a draft and all that were prepared with it, or none: `seen` has the digest of each that stood on the page.

    `signature` as in `sign_consent`, whose refusals these are too. Returns how many were signed.
    """
    Person.objects.select_for_update().get(pk=consent.person_id)
    drafts = list_together(Consent.objects.select_related("person__program").get(pk=consent.pk))
    if {draft.pk for draft in drafts} != set(seen):
        raise ShownChanged
    if any(not KINDS[draft.kind].joins for draft in drafts[1:]) or any(
        getattr(draft, name) != getattr(drafts[0], name) for draft in drafts for name in SHARED
    ):
        raise ConsentNotActive(("purpose",))
    for draft in drafts:
        sign_consent(consent=draft, seen=seen[draft.pk], by=by, now=now, **signature)
    return len(drafts)


@transaction.atomic
def stop_together(*, consent: Consent, by, how: str = "screen", now: datetime | None = None) -> int:
    """Stop a consent and all that were signed with it and are still in force: one step, one transaction (B4)."""
    active = list_together(Consent.objects.get(pk=consent.pk), "active") or [consent]
    for one in active:
        stop_sharing(consent=one, by=by, how=how, now=now)
    return len(active)


@transaction.atomic
def change_together(*, consent: Consent, by, **values) -> Consent:
    """`change_draft`; what is the same for all who are named in one signature counts for each of them."""
    changed = change_draft(consent=consent, by=by, **values)
    same = {name: value for name, value in values.items() if name in SHARED}
    for other in list_together(changed):
        if other.pk != changed.pk and same:
            change_draft(consent=other, by=by, **same)
    return changed
