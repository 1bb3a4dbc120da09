"""Restrictions that may be seen, and those the gate asks for. Always part of the query (D2)."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, QuerySet, When

from alongside.people.models import Person
from alongside.rules.restriction import INSIDE, Restricted, keeps_back

from .models import Consent, KeptFrom, Restriction
from .queries import list_participants_visible_to

MOST = 50


def list_of(person_id: UUID, *, reader: UUID | None = None) -> list[Restriction]:
    """All of one person, those in force first. `reader`: the account of staff, who reads none that names them."""
    order = Case(When(status="agreed", then=0), When(status="asked", then=1), default=2)
    found = _not_about(reader).filter(person_id=person_id).prefetch_related("readers")
    return list(found.order_by(order, "-asked_at")[:MOST])


def _not_about(account: UUID | None) -> QuerySet[Restriction]:
    """Nobody who works here reads that somebody wishes not to be seen by them: not before the answer, not after it."""
    if account is None:
        return Restriction.objects.all()
    return Restriction.objects.exclude(Exists(KeptFrom.objects.filter(restriction=OuterRef("pk"), account=account)))


def name_accounts(program_id: UUID, accounts: Iterable[UUID | None]) -> dict[UUID, str]:
    """Account -> the name they go by here."""
    wanted = {one for one in accounts if one}
    if not wanted:
        return {}
    return dict(Person.objects.filter(program_id=program_id, user__in=wanted).values_list("user_id", "goes_by"))


def get_own(person_id: UUID, restriction_id: UUID) -> Restriction | None:
    """One of the person's own, or None: the caller answers 404."""
    return Restriction.objects.filter(person_id=person_id, pk=restriction_id).first()


def list_asked(actor) -> list[Restriction]:
    """Those nobody answered yet, of people whose record this actor may open, the oldest first."""
    found = _not_about(actor.user_id).filter(status="asked", person__in=list_participants_visible_to(actor))
    return list(found.select_related("person").prefetch_related("readers").order_by("asked_at")[:MOST])


def get_visible_to(actor, restriction_id: UUID) -> Restriction | None:
    """One of somebody whose record this actor may open now, or None."""
    found = _not_about(actor.user_id).filter(pk=restriction_id, person__in=list_participants_visible_to(actor))
    return found.select_related("person").first()


def list_agreed(person_id: UUID) -> list[Restricted]:
    """All that is kept back of a person now, as the gate reads it: none may be left out, so there is no limit."""
    return [
        Restricted(str(one.person_id), tuple(one.items), one.toward, one.recipient or "", tuple(one.purposes))
        for one in Restriction.objects.filter(person_id=person_id, status="agreed").exclude(toward=INSIDE)
    ]


def list_kept_back(consent: Consent) -> list[str]:
    """Items of a consent that do not leave under it now, because the program agreed to keep them back."""
    kept: set[str] = set()
    for one in list_agreed(consent.person_id):
        kept |= keeps_back(one, person=str(consent.person_id), recipient=consent.recipient or "",
                           purpose=consent.purpose, kind=consent.kind)  # fmt: skip
    return [item for item in consent.items if item in kept]
