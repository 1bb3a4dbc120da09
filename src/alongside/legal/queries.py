"""Who is held. Any floor above asks before it erases."""

from uuid import UUID

from alongside.people.models import Person, Program

from .models import LegalHold


def is_held(person: Person | UUID) -> bool:
    """Whether at least one hold on this person is open: then nothing of their record is erased.

    Asked inside the transaction that would erase, with the person's row locked: `open_hold` locks it too.
    """
    return LegalHold.objects.filter(person=person, ended_at__isnull=True).exists()


def held_people(program: Program) -> set[UUID]:
    """Ids of everybody in this program on whom a hold is open."""
    held = LegalHold.objects.filter(program=program, ended_at__isnull=True)
    return set(held.values_list("person_id", flat=True))


def list_holds(person: Person | UUID, limit: int = 50) -> list[LegalHold]:
    """Holds on one person, the open ones first, then the latest."""
    return list(LegalHold.objects.filter(person=person).order_by("-ended_at", "-opened_at")[:limit])
