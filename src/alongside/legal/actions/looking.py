"""What runs by itself: clocks that end soon, releases that waited their day, people who may be told now."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django_scopes import scope

from alongside.audit.actions import record
from alongside.people.actor import SystemActor
from alongside.people.models import OutgoingMessage, Person, Program
from alongside.people.outbox import absolute, queue_duty_notice
from alongside.people.queries import list_others_with
from alongside.rules.breach import list_clocks, warn_step
from alongside.rules.lifecycles import RELEASE

from ..holding import lock_demand, log_demand, log_step
from ..models import Demand, Incident, MandatedReport, Release
from ..queries import get_state
from .inspections import warn_of_copies
from .releases import tell_person
from .reports import tell_of_report


def look_after_due(now: datetime) -> int:
    """In every program: warn of clocks, open or lapse releases, tell people who may be told. Safe to run twice."""
    done = 0
    for program in Program.objects.order_by("created_at"):
        with scope(program=program):
            done += _warn(program, now) + warn_of_copies(program, now) + _end_waiting(program, now) + _tell_people(now)
    return done


def _warn(program: Program, now: datetime) -> int:
    """Whoever owns an incident, and the directors, once for each step of each clock."""
    today, done = now.astimezone(ZoneInfo(program.time_zone)).date(), 0
    for incident in Incident.objects.exclude(status="closed").select_related("owner__user"):
        steps = [(clock.code, warn_step(clock.due_on, today)) for clock in list_clocks(get_state(incident))]
        for code, step in steps:
            if step:
                done += _warn_of(program, incident, code, step, now)
    return done


@transaction.atomic
def _warn_of(program: Program, incident: Incident, code: str, step: str, now: datetime) -> int:
    directors = {one.user_id for one in list_others_with(["director"], program_id=program.pk, but=None)}
    people = {one.pk: one for one in Person.objects.filter(user__in=directors).select_related("user")}
    people[incident.owner_id] = incident.owner
    link, new = absolute(reverse("incident", args=[incident.pk])), 0
    for person in people.values():
        key = f"clock:{incident.pk.hex}:{person.pk.hex[:12]}:{code}:{step}"
        if not OutgoingMessage.objects.filter(once_key=key).exists():
            new += queue_duty_notice(person, link, once_key=key, now=now)
    if new:
        record(
            act="incident.warned", by=SystemActor(program_id=program.pk), object_kind="incident", object_id=incident.pk,
            reason=code,
        )  # fmt: skip
    return new


def _end_waiting(program: Program, now: datetime) -> int:
    done, house = 0, SystemActor(program_id=program.pk)
    for found in Release.objects.filter(status__in=["waiting", "ready"]).order_by("pk"):
        with transaction.atomic():
            demand = lock_demand(Demand(pk=found.demand_id))
            release = Release.objects.select_for_update(of=("self",)).get(pk=found.pk)
            if release.status not in ("waiting", "ready"):
                continue
            if release.expires_at <= now:
                what, to = "lapsed", "lapsed"
            elif release.status == "waiting" and release.opens_at and release.opens_at <= now:
                what, to = "opened", "ready"
            else:
                continue
            RELEASE.check_move(release.status, to, by="system")
            release.status = to
            release.save(update_fields=["status"])
            log_step(demand, what, by=house, now=now)
            log_demand(demand, f"release.{what}", by=house)
            done += 1
    return done


def _tell_people(now: datetime) -> int:
    """What they may read from today on: one neutral notice each."""
    done = 0
    due = Release.objects.filter(
        status="released", person_told_at=None, order__forbids_telling=True, order__tell_from__lte=now
    )
    for found in due.order_by("pk"):
        with transaction.atomic():
            release = Release.objects.select_for_update(of=("self",)).get(pk=found.pk)
            if release.person_told_at is None:
                tell_person(release, Person.objects.select_related("program").get(pk=release.person_id), now)
                done += 1
    for found in MandatedReport.objects.filter(person_told_at=None, told_from__lte=now).order_by("pk"):
        with transaction.atomic():
            report = MandatedReport.objects.select_for_update(of=("self",)).get(pk=found.pk)
            if report.person_told_at is None:
                tell_of_report(report, now)
                done += 1
    return done
