"""What the law keeps of an erased person: what was signed, told, asked and sent, as little of it as it asks for."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from alongside.legal.models import MandatedReport, Release
from alongside.people.models import Person
from alongside.privacy.models import Complaint, Consent, Disclosure, Emergency, LimitsTold, NoticeOffer, Restriction
from alongside.rules.retention import SEALED, due_before, months_of

CONSENT = (
    "number", "kind", "status", "person_name", "discloser", "items", "recipient", "recipient_address", "members",
    "purpose", "purpose_words", "expires_event", "expires_at", "held_until", "language", "text_version", "shown_digest",
    "signer", "signed_how", "signed_name", "other_name", "other_basis", "signed_at", "ended_at", "ended_how",
)  # fmt: skip
"""§2.31. The text that was signed goes with them; the data that was shown beside it does not."""

DISCLOSURE = ("way", "recipient", "recipient_address", "items", "purpose", "content_digest", "disclosed_at")
"""§2.25: date, recipient, address, what, purpose. The content was never kept."""

EMERGENCY = (
    "kind", "recipient", "facility", "disclosed_by_name", "disclosed_at", "nature", "no_consent", "product",
    "acts_as", "no_capacity", "threat_to",
)  # fmt: skip
"""§2.51(b), (c): the four facts, and the product; §2.14(c): by what right, and what was judged. What was told goes."""

RELEASE = ("recipient", "items", "content_digest", "released_at")
"""45 CFR 164.528(b)(2), with the court and the number of the order. What went out goes."""

REPORT = ("kind", "agency", "reference", "fields", "source", "questions", "facts_digest", "made_at")
"""The same. What was told goes, and who made it: whom a report came from is not told."""

OFFER = ("outcome", "how", "language", "why_not", "offered_at")
LIMITS = ("text_version", "how", "language", "told_at")
"""45 CFR 164.520(e): that it was offered and told. Words of why somebody did not sign go."""

RESTRICTION = (
    "status", "toward", "recipient", "items", "purposes", "paid_in_full", "asked_at", "decided_at", "ended_at",
    "ended_how",
)  # fmt: skip
"""45 CFR 164.522(a)(3). Why they asked for it, and the words of the answer, go."""

COMPLAINT = ("via", "status", "words", "answer", "received_at", "answered_at")
"""45 CFR 164.530(d)(2): the complaint and what became of it."""


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
    yield from _by_law(person)
    yield from _about_privacy(person, now)


def _by_law(person: Person) -> Iterator[tuple[str, datetime, dict]]:
    """What left by an order of a court, and what had to be reported."""
    released = Release.objects.filter(person=person, status="released").select_related("order")
    for row in released.iterator(chunk_size=200):
        yield "release", row.released_at, _values(row, RELEASE) | {"court": row.order.court, "number": row.order.number}
    for report in MandatedReport.objects.filter(person=person).iterator(chunk_size=200):
        yield "report", report.made_at, _values(report, REPORT)


def _about_privacy(person: Person, now: datetime) -> Iterator[tuple[str, datetime, dict]]:
    """What they were told, asked to keep back, and were not content with."""
    for offer in NoticeOffer.objects.filter(person=person).select_related("notice").iterator(chunk_size=200):
        yield "notice", offer.offered_at, _values(offer, OFFER) | {"notice": offer.notice.number}
    for told in LimitsTold.objects.filter(person=person).iterator(chunk_size=200):
        yield "limits", told.told_at, _values(told, LIMITS)
    for one in Restriction.objects.filter(person=person).iterator(chunk_size=200):
        # What nobody ended holds until this moment.
        declined = one.decided_at if one.status == "declined" else None
        yield "restriction", one.ended_at or declined or now, _values(one, RESTRICTION)
    for complaint in Complaint.objects.filter(person=person).iterator(chunk_size=200):
        yield "complaint", complaint.answered_at or now, _values(complaint, COMPLAINT)


def _values(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in names}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
