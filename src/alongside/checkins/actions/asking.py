"""Reminders: a neutral notice to whoever wishes one, by the way and in the hours that they allow (E1, E2)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django_scopes import scope

from alongside.audit.actions import record
from alongside.checkins.models import Rhythm
from alongside.checkins.queries import get_check_in_policy
from alongside.people.actor import SystemActor
from alongside.people.models import Program
from alongside.people.outbox import absolute, queue_notice

MOST = 500
"""Reminders in one turn of the worker, so that it never holds up the others."""


def remind_due(now: datetime) -> int:
    """Queue what is due in every program; returns how many. Safe to run twice and beside another worker."""
    done = 0
    for program in Program.objects.order_by("created_at"):
        with scope(program=program):
            today = now.astimezone(ZoneInfo(program.time_zone)).date()
            due = Rhythm.objects.filter(next_ask_on__lte=today).values_list("pk", flat=True)
            done += sum(_remind(pk, program, now, today) for pk in list(due[:MOST]))
    return done


@transaction.atomic
def _remind(pk, program: Program, now: datetime, today) -> bool:
    """One person, locked and looked at again; whoever is not served any more is asked no more."""
    rhythm = Rhythm.objects.select_for_update().filter(pk=pk, next_ask_on__lte=today).first()
    if rhythm is None:
        return False
    is_served = rhythm.person.episodes.exclude(status__in=["closed", "paused"]).exists()
    due_on, every = rhythm.next_ask_on, get_check_in_policy().every_days
    # After weeks without a worker one reminder is enough.
    rhythm.next_ask_on = max(today, due_on) + timedelta(days=every)
    rhythm.save(update_fields=["next_ask_on"])
    if not is_served:
        return False
    queued = queue_notice(
        rhythm.person, "please_answer", link=absolute(reverse("me_check_in")),
        once_key=f"check-in:{rhythm.pk}:{due_on}", now=now,
    )  # fmt: skip
    if queued is None:
        return False
    record(
        act="check_in.asked", by=SystemActor(program_id=program.pk), subject=rhythm.person_id, object_kind="rhythm",
        object_id=rhythm.pk,
    )  # fmt: skip
    return True
