"""What was told, as far as the reader may know it."""

from uuid import UUID

from alongside.audit.fields import sealed_fields
from alongside.people.models import Person

from .models import Telling

SHOWN = 20
NAMES = [f"told_by__{name}" for name in sealed_fields(Person)]


def list_tellings(person_id: UUID, *, is_own: bool) -> list[Telling]:
    """The latest, newest first. Of words that somebody keeps to themself, nobody else sees any (`words` is empty)."""
    found = Telling.objects.filter(person_id=person_id).select_related("told_by").defer(*NAMES)
    rows = list(found.order_by("-told_at")[:SHOWN])
    for row in rows:
        if row.is_kept and not is_own:
            row.words = ""
    return rows
