"""Saving one part of the intake form, and recording that two people are never paired."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from alongside.audit.actions import record, record_each
from alongside.intake.models import Wishes
from alongside.people.actions import change_person, record_boundary, set_safe_contact
from alongside.people.models import Boundary, Episode, Person

from .wishes import save_wishes


@transaction.atomic
def save_person_part(*, episode: Episode, by, person_values: dict, safe_contact: dict) -> Person:
    """Set what to call somebody and how they may be reached."""
    person = change_person(person=episode.person, by=by, **person_values)
    set_safe_contact(person=person, by=by, **safe_contact)
    return person


@transaction.atomic
def save_finish_part(
    *, episode: Episode, by, limits_told: bool, staff_notes: str, now: datetime | None = None
) -> Wishes:
    """Notes of the office, and the moment at which the limits of confidentiality were first told (J1)."""
    values: dict[str, object] = {"staff_notes": staff_notes}
    told_at = Wishes.objects.filter(episode=episode).values_list("limits_told_at", flat=True).first()
    if limits_told and told_at is None:
        values["limits_told_at"] = now or timezone.now()
    elif not limits_told and told_at is not None:
        values["limits_told_at"] = None
    return save_wishes(episode=episode, by=by, **values)


@transaction.atomic
def add_boundary(*, person: Person, other_id: UUID | str, kind: str, by) -> Boundary:
    """Never pair this person with that peer, for a reason that only coordinators see (D7)."""
    other = Person.objects.get(pk=other_id, peer_profile__isnull=False)
    return record_boundary(person=person, other=other, kind=kind, by=by)


@transaction.atomic
def remove_boundary(*, person: Person, boundary_id: UUID | str, by) -> None:
    """Take a never-pair back that was recorded by mistake. Doing it twice changes nothing."""
    found = Boundary.objects.filter(Q(person=person) | Q(other=person), pk=boundary_id).first()
    if found is not None:
        record(act="person.boundary_removed", by=by, object_kind="boundary", object_id=found.pk)
        found.delete()


@transaction.atomic
def note_searched(*, people: list[Person], by) -> None:
    """Write down whose names a search showed, before they are shown (G1)."""
    if people:
        record_each([person.pk for person in people], act="record.searched", by=by, view=True)
