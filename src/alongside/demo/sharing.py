"""What Rosa lets others outside have: one permission in force, and one that waits for her signature."""

from datetime import timedelta

from django.utils import timezone

from alongside.people.actor import Actor
from alongside.people.models import Person
from alongside.privacy.actions import change_draft, draft_consent, sign_consent
from alongside.privacy.models import Consent
from alongside.privacy.writing import get_posture, show


def share_with_clinic(rosa: Person, by: Actor) -> None:
    """Her clinic hears that she is here and on which days they talked; the housing office is not signed yet."""
    signed = _draft(
        rosa, by, "Clínica del Valle", "care", ["being_here", "walks_with", "contacts"], address="400 Valley Street"
    )
    seen = show(signed, get_posture(), signed.person).digest
    sign_consent(consent=signed, seen=seen, signed_name="Rosa Medina", by=by)
    _draft(rosa, by, "Oficina de Vivienda, Sra. Lopez", "housing", ["being_here", "reach"])


def _draft(rosa: Person, by: Actor, recipient: str, purpose: str, items: list[str], address: str = "") -> Consent:
    person = Person.objects.select_related("program").get(pk=rosa.pk)
    consent = draft_consent(person=person, kind="specific", by=by)
    return change_draft(
        consent=consent, by=by, recipient=recipient, recipient_address=address, purpose=purpose, items=items,
        recipient_is_covered=purpose == "care", expires_at=timezone.now() + timedelta(days=180),
    )  # fmt: skip
