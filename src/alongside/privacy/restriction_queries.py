"""Restrictions that may be seen, and those the gate asks for. Always part of the query (D2)."""

from uuid import UUID

from django.db.models import Case, When

from alongside.rules.restriction import Restricted, keeps_back

from .models import Consent, Restriction
from .queries import list_participants_visible_to

MOST = 50


def list_of(person_id: UUID) -> list[Restriction]:
    """All of one person, those in force first."""
    order = Case(When(status="agreed", then=0), When(status="asked", then=1), default=2)
    return list(Restriction.objects.filter(person_id=person_id).order_by(order, "-asked_at")[:MOST])


def get_own(person_id: UUID, restriction_id: UUID) -> Restriction | None:
    """One of the person's own, or None: the caller answers 404."""
    return Restriction.objects.filter(person_id=person_id, pk=restriction_id).first()


def list_asked(actor) -> list[Restriction]:
    """Those nobody answered yet, of people whose record this actor may open, the oldest first."""
    found = Restriction.objects.filter(status="asked", person__in=list_participants_visible_to(actor))
    return list(found.select_related("person").order_by("asked_at")[:MOST])


def get_visible_to(actor, restriction_id: UUID) -> Restriction | None:
    """One of somebody whose record this actor may open now, or None."""
    found = Restriction.objects.filter(pk=restriction_id, person__in=list_participants_visible_to(actor))
    return found.select_related("person").first()


def list_agreed(person_id: UUID) -> list[Restricted]:
    """All that is kept back of a person now, as the gate reads it: none may be left out, so there is no limit."""
    return [
        Restricted(str(one.person_id), tuple(one.items), one.toward, one.recipient or "", tuple(one.purposes))
        for one in Restriction.objects.filter(person_id=person_id, status="agreed")
    ]


def list_kept_back(consent: Consent) -> list[str]:
    """Items of a consent that do not leave under it now, because the program agreed to keep them back."""
    kept: set[str] = set()
    for one in list_agreed(consent.person_id):
        kept |= keeps_back(one, person=str(consent.person_id), recipient=consent.recipient or "",
                           purpose=consent.purpose, kind=consent.kind)  # fmt: skip
    return [item for item in consent.items if item in kept]
