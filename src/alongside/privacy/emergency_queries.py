"""Emergencies that may be seen: one's own, or those of people whose record one may open (D2, D3)."""

from uuid import UUID

from django.db.models import Exists, OuterRef

from .models import Emergency
from .queries import list_participants_visible_to

MOST = 50


def list_own(person_id: UUID) -> list[Emergency]:
    """What was told about a person, the latest first."""
    return list(Emergency.objects.filter(person_id=person_id).order_by("-disclosed_at")[:MOST])


def list_all(actor) -> list[Emergency]:
    """Those of the program, the ones that nobody looked at first, each with `can_open`.

    A director has to give a reason before a record opens: until then they see that there is one, and not of whom.
    """
    opens = Exists(list_participants_visible_to(actor).filter(pk=OuterRef("person_id")))
    found = Emergency.objects.annotate(can_open=opens).exclude(person_id=actor.person_id)
    if not actor.has("director"):
        found = found.filter(can_open=True)
    return list(found.select_related("person").order_by("reviewed_at", "-disclosed_at")[:MOST])


def get_visible_to(actor, emergency_id: UUID) -> Emergency | None:
    """One of somebody whose record this actor may open now, or None: the caller answers 404."""
    found = Emergency.objects.filter(pk=emergency_id, person__in=list_participants_visible_to(actor))
    return found.select_related("person").first()
