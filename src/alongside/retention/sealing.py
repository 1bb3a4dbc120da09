"""What the law keeps of an erased person: signed consents and what left, as little of both as it asks for."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from alongside.people.models import Person
from alongside.privacy.models import Consent, Disclosure, Emergency
from alongside.rules.retention import SEALED, due_before, months_of

CONSENT = (
    "number", "kind", "status", "person_name", "discloser", "items", "recipient", "recipient_address", "members",
    "purpose", "purpose_words", "expires_event", "expires_at", "held_until", "language", "text_version", "shown_digest",
    "signer", "signed_how", "signed_name", "other_name", "other_basis", "signed_at", "ended_at", "ended_how",
)  # fmt: skip
"""§2.31. The text that was signed goes with them; the data that was shown beside it does not."""

DISCLOSURE = ("way", "recipient", "recipient_address", "items", "purpose", "content_digest", "disclosed_at")
"""§2.25: date, recipient, address, what, purpose. The content was never kept."""

EMERGENCY = ("recipient", "facility", "disclosed_by_name", "disclosed_at", "nature", "no_consent")
"""§2.51(c): the four facts. What was told goes."""


def list_to_seal(person: Person, periods: Mapping[str, int], now: datetime) -> Iterator[tuple[str, datetime, dict]]:
    """(kind, since when its period runs, what is kept) of everything whose time is not over."""
    for kind, since, content in _all(person, now):
        if since >= due_before(now, months_of(SEALED[kind], periods)):
            yield kind, since, content


def _all(person: Person, now: datetime) -> Iterator[tuple[str, datetime, dict]]:
    for consent in Consent.objects.filter(person=person, signed_at__isnull=False).iterator(chunk_size=200):
        # Whoever is erased shares nothing from now on: what was in effect ends at this moment.
        over = [moment for moment in (consent.ended_at, consent.expires_at) if moment and moment <= now]
        shown: Any = consent.shown or {}
        yield "consent", min(over, default=now), _values(consent, CONSENT) | {"document": shown.get("document", [])}
    for row in Disclosure.objects.filter(person=person).select_related("consent").iterator(chunk_size=500):
        yield "disclosure", row.disclosed_at, _values(row, DISCLOSURE) | {"consent": row.consent.number}
    for told in Emergency.objects.filter(person=person).iterator(chunk_size=500):
        yield "emergency", told.disclosed_at, _values(told, EMERGENCY)


def _values(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in names}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
