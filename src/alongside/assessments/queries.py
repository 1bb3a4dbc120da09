"""What may be read of questionnaires. Whose record may be opened at all is asked of `privacy.queries`."""

from uuid import UUID

from alongside.council.queries import get_policy
from alongside.rules.instruments import MeasuresPolicy
from alongside.safety.queries import list_turns

from .catalog import list_forms
from .models import Assessment

MOST = 100
"""Filled-in forms of one person; more than years bring."""


def get_measures_policy() -> MeasuresPolicy:
    """What is offered in the current program, and on which clocks."""
    return MeasuresPolicy.from_values(get_policy("measures").values)


def list_offered() -> dict[str, int]:
    """What may be filled in, and its clock in days. What somebody must answer at once needs somebody on the rota."""
    offered = get_measures_policy().every_days
    urgent = {code for code in offered if list_forms()[code].rule.answer_at_once}
    return {code: days for code, days in offered.items() if code not in urgent or list_turns()}


def list_assessments(person_id: UUID, instrument: str | None = None) -> list[Assessment]:
    """Complete and open ones, the earliest first; those set aside are left out."""
    found = Assessment.objects.filter(person_id=person_id, set_aside_at__isnull=True)
    if instrument:
        found = found.filter(instrument=instrument)
    return list(reversed(found.order_by("-begun_at", "-pk")[:MOST]))
