"""Requests for lists from intermediaries that may be seen. Always part of the query (D2)."""

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from .models import ListedRecipient, ListRequest
from .queries import list_participants_visible_to

MOST = 100


def list_of(person_id: UUID) -> list[ListRequest]:
    """All of one person with their lines, the latest first."""
    return list(_whole(ListRequest.objects.filter(person_id=person_id)).order_by("-asked_on", "-asked_at")[:MOST])


def get_own(person_id: UUID, request_id: UUID) -> ListRequest | None:
    """One of the person's own, or None: the caller answers 404."""
    return ListRequest.objects.filter(person_id=person_id, pk=request_id).first()


def get_open(consent_id: UUID) -> ListRequest | None:
    """The request that runs under this permission, if one does."""
    return ListRequest.objects.filter(consent_id=consent_id, status="asked").first()


def list_open(actor) -> list[ListRequest]:
    """Those that wait for an answer, of people whose record this actor may open, the first day first."""
    found = ListRequest.objects.filter(status="asked", person__in=list_participants_visible_to(actor))
    return list(found.select_related("person", "consent").order_by("due_on", "pk")[:MOST])


def get_visible_to(actor, request_id: UUID) -> ListRequest | None:
    """One of somebody whose record this actor may open now, or None."""
    found = ListRequest.objects.filter(pk=request_id, person__in=list_participants_visible_to(actor))
    return _whole(found).select_related("person", "consent").first()


def _whole(found: QuerySet[ListRequest]) -> QuerySet[ListRequest]:
    lines = ListedRecipient.objects.order_by("disclosed_on", "entered_at", "pk")
    return found.select_related("consent").prefetch_related(Prefetch("lines", queryset=lines))
