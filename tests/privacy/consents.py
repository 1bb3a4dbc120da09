"""Consents of the story, made through the product's own actions."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from alongside.privacy.actions import change_draft, draft_consent, sign_consent
from alongside.privacy.models import Consent
from alongside.privacy.writing import get_posture, show

KINDS = {
    "specific": {"purpose": "care", "items": ["being_here", "reach", "contacts"]},
    "tpo": {"items": ["being_here"], "expires_event": "none", "expires_at": None},
    "intermediary": {"purpose": "care", "items": ["being_here"], "members": "Clinics of the valley"},
    "legal": {"items": ["being_here"], "purpose_words": "Custody, room 3", "expires_event": "end_of_case",
              "expires_at": None},
    "criminal_justice": {"items": ["being_here", "contacts"], "purpose_words": "Probation of May"},
    "research": {"items": ["being_here"], "purpose_words": "A study of the valley", "expires_event": "end_of_study",
                 "expires_at": None},
}  # fmt: skip


def drafted(person, by, kind: str = "specific", **values) -> Consent:
    """A draft with everything filled in but the signature."""
    now = timezone.now()
    consent = draft_consent(person=person, kind=kind, by=by)
    filled = {
        "recipient": "Dr. Ana Ito",
        "recipient_address": "12 River Street",
        "expires_at": now + timedelta(days=90),
    }
    if kind == "criminal_justice":
        filled["held_until"] = now + timedelta(days=30)
    return change_draft(consent=consent, by=by, **{**filled, **KINDS[kind], **values})


def look(consent: Consent) -> SimpleNamespace:
    """What stands on the page before signing."""
    return show(consent, get_posture(), consent.person)


def signed(person, by, kind: str = "specific", **values) -> Consent:
    """An active one, signed by the person."""
    consent = drafted(person, by, kind, **values)
    return sign_consent(consent=consent, seen=look(consent).digest, signed_name="Rosa Cenzontle", by=by)
