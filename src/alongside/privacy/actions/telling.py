"""Tick: two days after a permission ended, staff are reminded once of recipients whom nobody has told yet (B4)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django_scopes import scope

from alongside.audit.actions import record
from alongside.audit.models import Entry
from alongside.people.actor import SystemActor
from alongside.people.models import OutgoingMessage, Person, Program
from alongside.people.outbox import absolute, queue_notice

from ..consent_queries import list_received
from ..models import Consent
from ..queries import list_staff_who_may_see

AFTER = timedelta(days=2)
NO_MORE = timedelta(days=30)
"""After so long the list of those to tell, which everybody sees, says it alone."""


def remind_untold(now: datetime) -> int:
    """Remind coordinators; returns of how many permissions. Safe to run twice and beside another worker."""
    done = 0
    for program in Program.objects.order_by("created_at"):
        with scope(program=program):
            done += sum(_remind(pk, program, now) for pk in _list_due(now))
    return done


def _list_due(now: datetime) -> list[UUID]:
    left = Exists(list_received().filter(consent=OuterRef("pk")))
    ended = Consent.objects.filter(left, status__in=["revoked", "expired"], told_at=None)
    due = ended.filter(ended_at__lte=now - AFTER, ended_at__gt=now - NO_MORE).order_by("ended_at")
    return list(due.values_list("pk", flat=True))


def count_untold_due(now: datetime) -> int:
    """Of how many permissions nobody was reminded yet, though it is time, in the program in scope."""
    due = _list_due(now)
    people = Consent.objects.filter(pk__in=due).values_list("person_id", flat=True)
    done = Entry.objects.filter(act="consent.tell_reminded", subject_id__in=list(people))
    return len(set(due) - set(done.values_list("object_id", flat=True)))


@transaction.atomic
def _remind(pk, program: Program, now: datetime) -> bool:
    consent = Consent.objects.select_for_update().get(pk=pk)
    if consent.told_at is not None:
        return False
    told = False
    for staff in list_staff_who_may_see(program.pk, consent.person_id):
        key = f"untold:{consent.pk}:{staff.pk}"
        if OutgoingMessage.objects.filter(once_key=key).exists():
            continue
        whole = Person.objects.select_related("program", "user").get(pk=staff.pk)
        told |= (
            queue_notice(whole, "something_new", link=absolute(reverse("sharing_to_tell")), once_key=key, now=now)
            is not None
        )
    if told:
        record(act="consent.tell_reminded", by=SystemActor(program_id=program.pk), subject=consent.person_id,
               program_id=program.pk, object_kind="consent", object_id=consent.pk)  # fmt: skip
    return told
