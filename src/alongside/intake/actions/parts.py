"""Saving one part of the intake form, and recording that two people are never paired."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from alongside.audit.actions import record, record_each
from alongside.intake.models import Wishes
from alongside.people.actions import change_person, record_boundary, set_safe_contact
from alongside.people.models import Boundary, Episode, Person, SafeContact
from alongside.privacy.actions import tell_limits
from alongside.privacy.notice_words import language_with
from alongside.web.meanwhile import Seen, check_seen

from .wishes import save_wishes


@transaction.atomic
def save_person_part(
    *, episode: Episode, by, person_values: dict, safe_contact: dict, seen: Seen | None = None
) -> Person:  # fmt: skip
    """Set what to call somebody and how they may be reached.

    Raises `ChangedMeanwhile` where that would undo what somebody else changed since `seen`.
    """
    person = Person.objects.select_for_update().get(pk=episode.person_id)
    rules = SafeContact.objects.select_for_update().get(person=person)
    now = {name: getattr(person, name) for name in person_values}
    now |= {name: getattr(rules, name) for name in safe_contact}
    check_seen(seen, now=now, wanted=person_values | safe_contact)
    person = change_person(person=person, by=by, **person_values)
    set_safe_contact(person=person, by=by, **safe_contact)
    return person


@transaction.atomic
def save_finish_part(
    *, episode: Episode, by, limits_told: bool, staff_notes: str, seen: Seen | None = None,
    now: datetime | None = None,
) -> Wishes:  # fmt: skip
    """Notes of the office, and the moment at which the limits of confidentiality were first told (J1).

    Raises `ChangedMeanwhile` where that would undo what somebody else changed since `seen`.
    """
    values: dict[str, object] = {"staff_notes": staff_notes}
    stored = Wishes.objects.select_for_update().filter(episode=episode).first()
    told_at = stored.limits_told_at if stored else None
    if stored:
        is_now = {"limits_told": told_at is not None, "staff_notes": stored.staff_notes}
        check_seen(seen, now=is_now, wanted={"limits_told": limits_told, "staff_notes": staff_notes})
    if limits_told and told_at is None:
        values["limits_told_at"] = now or timezone.now()
        tell_limits(person=episode.person, language=language_with(episode.person), by=by, now=now)
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
