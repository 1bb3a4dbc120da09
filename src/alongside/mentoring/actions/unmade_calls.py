"""A call somebody asked for and nobody made: whoever supports the peer is told, so that no wish waits unseen."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django_scopes import scope

from alongside.calls.models import Agreement
from alongside.council.queries import get_cadence_policy
from alongside.mentoring.models import Mentorship
from alongside.mentoring.queries.team import list_unmade_calls
from alongside.people.models import OutgoingMessage, Person, Program
from alongside.people.outbox import absolute, queue_duty_notice
from alongside.safety.queries import list_owners, list_who_may_know


def tell_unmade_calls(now: datetime) -> int:
    """Tell of each wish whose hours are over, once; how many. Safe to be killed, run twice and beside other workers."""
    done = 0
    for program in Program.objects.order_by("created_at"):
        with scope(program=program):
            limit = now - timedelta(hours=get_cadence_policy().call_wish_hours)
            walks = list_unmade_calls(limit).select_related("peer__person")
            done += sum(_tell_of_walk(walk, program, now) for walk in walks)
            done += sum(_tell_of_agreement(one, program, now) for one in list_unmade_by_callers(limit))
    return done


def list_unmade_by_callers(limit: datetime) -> Iterable[Agreement]:
    """Calls asked for of callers that nobody made, though the first hour in which it was possible is long over."""
    return Agreement.objects.filter(status="agreed", why="asked", due_at__lte=limit).order_by("due_at")


@transaction.atomic
def _tell_of_walk(walk: Mentorship, program: Program, now: datetime) -> int:
    key, link = f"cw:{walk.pk.hex}:{walk.asked_for_call_at:%Y%m%d%H%M%S}", absolute(reverse("team"))
    own = list_owners(program).filter(pk=walk.peer.person.supervisor_id)
    told = _tell(own, walk.participant_id, key, link, now)
    return told if told is not None else _tell_coordinators(program, walk.participant_id, key, link, now)


@transaction.atomic
def _tell_of_agreement(agreement: Agreement, program: Program, now: datetime) -> int:
    key = f"cw:{agreement.pk.hex}:{agreement.due_at:%Y%m%d%H%M%S}"
    return _tell_coordinators(program, agreement.person_id, key, absolute(reverse("call_list")), now)


def _tell_coordinators(program: Program, person_id: UUID, key: str, link: str, now: datetime) -> int:
    return _tell(list_owners(program, ["coordinator"]), person_id, key, link, now) or 0


def _tell(people: QuerySet[Person], person_id: UUID, key: str, link: str, now: datetime) -> int | None:
    """How many learn of it by a new notice; None where nobody can be reached. Nobody is told who is kept apart from
    the person (D7)."""
    found = {f"{key}:{one.pk.hex[:12]}": one for one in list_who_may_know(people, person_id)}
    before = set(OutgoingMessage.objects.filter(once_key__in=found).values_list("once_key", flat=True))
    reached = [once for once, one in found.items() if queue_duty_notice(one, link, once_key=once, now=now)]
    return len(set(reached) - before) if reached else None
