"""What may be read of skills. Whose record may be opened at all is asked of `privacy.queries`."""

from uuid import UUID

from .catalog import Entry, list_units
from .models import Practice, Standing, Unit

MOST = 100
"""Units of a program, and practices of a person on one page: more than anybody brings."""


def list_rows() -> list[Unit]:
    """The program's own places and units, in order."""
    return list(Unit.objects.order_by("position", "made_at")[:MOST])


def list_offered(language: str) -> list[Entry]:
    """What the current program offers."""
    return list_units(list_rows(), language)


def get_unit(key: str, language: str) -> Entry | None:
    """One unit that is offered."""
    return next((entry for entry in list_offered(language) if entry.key == key), None)


def get_row(unit_id: UUID) -> Unit | None:
    """A unit of the program's own."""
    return Unit.objects.filter(pk=unit_id, code="").first()


def list_stands(person_id: UUID) -> dict[str, str]:
    """Key of a unit to where the person stands."""
    return dict(Standing.objects.filter(person_id=person_id).values_list("unit", "stand")[:MOST])


def list_practices(person_id: UUID, unit: str) -> list[Practice]:
    """What was practised of one unit, the latest first."""
    rows = Practice.objects.filter(person_id=person_id, unit=unit, set_aside_at__isnull=True)
    return list(rows.order_by("-happened_on", "-made_at")[:MOST])


def count_practices(person_id: UUID) -> dict[str, int]:
    """Key of a unit to how often it was practised."""
    counted: dict[str, int] = {}
    rows = Practice.objects.filter(person_id=person_id, set_aside_at__isnull=True)
    for unit in rows.order_by().values_list("unit", flat=True)[: MOST * 10]:
        counted[unit] = counted.get(unit, 0) + 1
    return counted


def get_practice(person_id: UUID, practice_id: UUID) -> Practice | None:
    """One that stands on the person's list."""
    return Practice.objects.filter(pk=practice_id, person_id=person_id, set_aside_at__isnull=True).first()
