"""What may be read of questionnaires. Whose record may be opened at all is asked of `privacy.queries`."""

from uuid import UUID

from alongside.council.queries import get_policy
from alongside.rules.instruments import MeasuresPolicy

from .models import Assessment

MOST = 100
"""Filled-in forms of one person; more than years bring."""


def get_measures_policy() -> MeasuresPolicy:
    """What is offered in the current program, and on which clocks."""
    return MeasuresPolicy.from_values(get_policy("measures").values)


def list_assessments(person_id: UUID, instrument: str | None = None) -> list[Assessment]:
    """Complete and open ones, the earliest first; those set aside are left out."""
    found = Assessment.objects.filter(person_id=person_id, set_aside_at__isnull=True)
    if instrument:
        found = found.filter(instrument=instrument)
    return list(reversed(found.order_by("-begun_at", "-pk")[:MOST]))
