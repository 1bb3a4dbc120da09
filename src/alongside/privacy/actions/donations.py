"""No messages asking for donations: said by the person, or to anybody who works with them; taken back by them alone."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.models import Person
from alongside.rules.access import may

from ..models import NoDonations
from .complaints import NotTheirs


@transaction.atomic
def say_no_donations(*, person: Person, by, how: str = "screen", now: datetime | None = None) -> NoDonations:
    """From now on they get none. Saying it twice is saying it once. Raises `NotTheirs`."""
    if by.person_id != person.pk and not (how == "told" and may("hear_stop", by.roles)):
        raise NotTheirs
    locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if found := NoDonations.objects.filter(person=locked, ended_at=None).first():
        return found
    said = NoDonations.objects.create(
        program_id=locked.program_id, person=locked, how=how, said_at=now or timezone.now(), said_by_id=by.user_id
    )
    record(act="donations.refused", by=by, subject=locked.pk, object_kind="no_donations", object_id=said.pk, reason=how)
    return said


@transaction.atomic
def allow_donations(*, person: Person, by, now: datetime | None = None) -> None:
    """They take it back, by themself: nobody else opens this door for them. Raises `NotTheirs`."""
    if by.person_id != person.pk:
        raise NotTheirs
    locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    for said in NoDonations.objects.filter(person=locked, ended_at=None):
        said.ended_at = now or timezone.now()
        said.save(update_fields=["ended_at"])
        record(act="donations.allowed", by=by, subject=locked.pk, object_kind="no_donations", object_id=said.pk)
