"""Consents that may be seen: one's own, or those of people whose record one may open. Always part of the query (D2)."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import Case, Count, Exists, Max, OuterRef, QuerySet, When

from alongside.rules.consent import DIRECTOR

from .models import Consent, Disclosure
from .queries import list_participants_visible_to

MOST = 50
_unread: list[Callable[[], QuerySet]] = []


def list_own(person_id: UUID) -> list[Consent]:
    """The person's own: active ones first, so that all can be stopped; with what left under each so far."""
    found = _with_counts(Consent.objects.filter(person_id=person_id).exclude(status="withdrawn"))
    first = Case(When(status="active", then=0), When(status="draft", then=1), default=2)
    return list(found.order_by(first, "-drafted_at")[:MOST])


def get_own(person_id: UUID, consent_id: UUID) -> Consent | None:
    """One of the person's own, or None: the caller answers 404."""
    return Consent.objects.filter(person_id=person_id, pk=consent_id).select_related("person__program").first()


def list_of(participant_id: UUID) -> list[Consent]:
    """Those of a participant whose record the reader may open (asked before)."""
    return list_own(participant_id)


def get_visible_to(actor, consent_id: UUID) -> Consent | None:
    """One of somebody whose record this actor may open now, or None. One question: a no costs alike (A2)."""
    found = Consent.objects.filter(pk=consent_id, person__in=list_participants_visible_to(actor))
    return found.select_related("person__program").first()


def list_for_director(person_id: UUID) -> list[Consent]:
    """Drafts of somebody whose record the reader may open that a director is asked to sign (§2.15(a)(2))."""
    found = Consent.objects.filter(person_id=person_id, status="draft", signer=DIRECTOR)
    return list(found.order_by("drafted_at", "pk")[:MOST])


def provide_unread(function: Callable[[], QuerySet]) -> None:
    """Say, from a package above, which disclosures nobody has received: ids that were written down and never opened."""
    if function not in _unread:
        _unread.append(function)


def list_received() -> QuerySet[Disclosure]:
    """What reached somebody. Whoever got nothing is not told that a consent ended: that would be a disclosure."""
    found = Disclosure.objects.all()
    for function in _unread:
        found = found.exclude(pk__in=function())
    return found


def has_received(consent: Consent) -> bool:
    """Whether somebody has something under a consent that ended."""
    return consent.status in ("revoked", "expired") and list_received().filter(consent=consent).exists()


def list_unnamed_received(consent: Consent) -> list[tuple[str, str]]:
    """(name, address) of whoever got something under an ended consent for all care without being named in it."""
    if consent.status not in ("revoked", "expired"):
        return []
    found = list_received().filter(consent=consent).exclude(recipient_class="").order_by("disclosed_at")[:MOST]
    return list(dict.fromkeys((row.recipient, row.recipient_address) for row in found))


def list_to_tell(actor) -> list[Consent]:
    """Ended consents of people this actor may see, whose recipients have something and were not told, oldest first."""
    left = Exists(list_received().filter(consent=OuterRef("pk")))
    found = Consent.objects.filter(left, status__in=["revoked", "expired"], told_at=None)
    visible = list_participants_visible_to(actor)
    return list(found.filter(person__in=visible).select_related("person").order_by("ended_at")[:MOST])


def list_together(consent: Consent, status: str = "draft") -> list[Consent]:
    """Those that are named in one signature with this one and are in this state, this one among them."""
    if consent.together is None:
        return [consent] if consent.status == status else []
    found = Consent.objects.filter(together=consent.together, person_id=consent.person_id, status=status)
    return list(found.select_related("person__program").order_by("drafted_at", "pk")[:MOST])


def list_disclosures(consent: Consent) -> list[Disclosure]:
    """What left under a consent, the latest first."""
    return list(consent.disclosures.select_related("disclosed_by").order_by("-disclosed_at")[:MOST])


def _with_counts(consents: QuerySet[Consent]) -> QuerySet[Consent]:
    return consents.annotate(times=Count("disclosures"), latest_at=Max("disclosures__disclosed_at"))
