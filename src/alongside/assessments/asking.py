"""Whose turn for questions has come: reckoned ahead, told once by a neutral notice, and then left in peace.

A notice goes only by the way and in the hours that the person allows (E1, E2), and to nobody who rests or is not
served any more. Nothing counts who left the questions.
"""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django_scopes import scope

from alongside.audit.actions import record
from alongside.council.queries import get_policy
from alongside.people.actor import SystemActor
from alongside.people.models import Episode, Person, Program
from alongside.people.outbox import absolute, queue_notice
from alongside.rules.instruments import find_turns, is_shown

from .models import Asking
from .queries import list_clocks

MOST = 500
"""People in one turn of the worker, so that it never holds up the others."""
SERVED = ("matched", "active")


def remind_due(now: datetime) -> int:
    """A tick: reckon what is due in every program, and remind of it; returns how many were reminded. Safe beside
    another worker, and to run twice."""
    done = 0
    for program in Program.objects.order_by("created_at"):
        with scope(program=program):
            today = now.astimezone(ZoneInfo(program.time_zone)).date()
            done += sum(_look_at(person_id, program, now, today) for person_id in list_to_look_at(today))
    return done


def list_to_look_at(today: date) -> list[UUID]:
    """People who are served and whose day has come, whose clocks were changed, or who were never looked at."""
    served = Episode.objects.filter(person=OuterRef("pk"), status__in=SERVED)
    stale = Q(asking__next_on__lte=today) | ~Q(asking__policy_version=get_policy("measures").version)
    people = Person.objects.filter(Exists(served)).filter(Q(asking__isnull=True) | stale)
    return list(people.order_by("pk").values_list("pk", flat=True)[:MOST])


@transaction.atomic
def _look_at(person_id: UUID, program: Program, now: datetime, today: date) -> bool:
    """One person, locked and looked at again. Whether they were reminded."""
    person = Person.objects.select_for_update(of=("self",)).select_related("program").get(pk=person_id)
    row = reckon(person, today)
    if row is None or not is_shown(row.due_on, today) or row.reminded_on == row.due_on:
        return False
    row.reminded_on = row.due_on
    row.save(update_fields=["reminded_on"])
    queued = queue_notice(
        person, "please_answer", link=absolute(reverse("me_questions")), once_key=f"questions:{row.pk}:{row.due_on}",
        now=now,
    )  # fmt: skip
    if queued is None:
        return False
    by = SystemActor(program_id=program.pk)
    record(act="assessment.asked", by=by, subject=person.pk, object_kind="asking", object_id=row.pk)
    return True


def reckon(person: Person, today: date) -> Asking | None:
    """Set the turns of somebody who is served; None for whoever is not. The caller holds the person."""
    episode = Episode.objects.filter(person=person, status__in=SERVED).order_by("-opened_at").first()
    if episode is None:
        return None
    zone = ZoneInfo(person.program.time_zone)
    began = (episode.matched_at or episode.active_since or episode.opened_at).astimezone(zone).date()
    every_days, done = list_clocks(person.pk, episode.kind, zone)
    due_on, next_on = find_turns(done, every_days, began, today)
    values = {
        # What is offered may change with the rota too: looked at again tomorrow where nothing is to come.
        "due_on": due_on, "next_on": next_on or today + timedelta(days=1), "program_id": person.program_id,
        "policy_version": get_policy("measures").version,
    }  # fmt: skip
    return Asking.objects.update_or_create(person=person, defaults=values)[0]
