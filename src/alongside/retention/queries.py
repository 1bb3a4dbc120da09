"""What may be read about keeping and erasing: wishes that wait, what the law keeps of somebody, papers under seal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from alongside.people.models import Person
from alongside.privacy.models import Consent
from alongside.rules.retention import SEALED, months_of, stays_until

from .models import Erasure, ErasureRequest, Sealed
from .periods import get_periods
from .sealing import list_to_seal

OPEN = ("asked", "waiting")


@dataclass(frozen=True)
class Stays:
    """What must stay of an erased person: how many papers of one kind, and the day on which the last of them goes."""

    kind: str
    count: int
    until: datetime


def list_stays(person: Person, now: datetime) -> list[Stays]:
    """What would be sealed if the record were erased now, by kind of record."""
    periods = get_periods()
    found: dict[str, list[datetime]] = {}
    for kind, since, _content in list_to_seal(person, periods, now):
        code = SEALED[kind]
        found.setdefault(code, []).append(stays_until(since, months_of(code, periods)))
    return [Stays(code, len(ends), max(ends)) for code, ends in found.items()]


def count_shared_now(person: Person) -> int:
    """Consents in force: they end with the record, and whoever got something should be told before."""
    return Consent.objects.filter(person=person, status="active").count()


def get_own_request(person_id: UUID) -> ErasureRequest | None:
    """The person's own latest wish."""
    return ErasureRequest.objects.filter(person_id=person_id).order_by("-asked_at").first()


def list_requests(actor, limit: int = 50) -> list[ErasureRequest]:
    """Wishes of the program, those that wait first. Nobody sees one about themself here: they have their own page."""
    found = ErasureRequest.objects.exclude(person_id=actor.person_id).select_related("person")
    waiting = list(found.filter(status__in=OPEN).order_by("asked_at")[:limit])
    return waiting + list(found.exclude(status__in=OPEN).order_by("-asked_at")[:limit])


def get_request(actor, request_id: UUID) -> ErasureRequest | None:
    """One wish that is not about the actor, or None: the caller answers 404."""
    found = ErasureRequest.objects.exclude(person_id=actor.person_id).filter(pk=request_id)
    return found.select_related("person").first()


def get_erasure_of(request: ErasureRequest) -> Erasure | None:
    """The line of the ledger that came of a wish."""
    return Erasure.objects.filter(person=request.person_id).first() if request.status == "done" else None


def list_sealed_counts(limit: int = 50) -> QuerySet[Sealed]:
    """Erased records of which papers are kept: [{erasure, count, latest}], the latest erased first. No content."""
    found = Sealed.objects.values("erasure", "erasure__at").annotate(count=Count("pk"), latest=Max("since"))
    return found.order_by("-erasure__at")[:limit]


def get_erasure(erasure_id: UUID) -> Erasure | None:
    """One line of the ledger of the program in scope."""
    return Erasure.objects.filter(pk=erasure_id).first()


def names_of(user_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Account -> the name its person goes by."""
    wanted = {one for one in user_ids if one}
    found = Person.objects.filter(user__in=wanted).values_list("user_id", "goes_by") if wanted else []
    return {user_id: name for user_id, name in found if user_id}
