"""What runs by itself: clocks that end soon, releases that waited their day, people who may be told now."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
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
    return sum(_warn_of(program, *step, now) for step in _list_steps(program, now))


def _list_steps(program: Program, now: datetime) -> Iterator[tuple[Incident, str, str]]:
    """Incidents with a clock and the step that it has come to."""
    today = now.astimezone(ZoneInfo(program.time_zone)).date()
    for incident in Incident.objects.exclude(status="closed").select_related("owner__user"):
        for clock in list_clocks(get_state(incident)):
            if step := warn_step(clock.due_on, today):
                yield incident, clock.code, step


def count_due(program: Program, now: datetime) -> int:
    """How much waits for `look_after_due` in the program in scope."""
    warnings = sum(bool(_list_to_warn(program, *step)) for step in _list_steps(program, now))
    return warnings + _list_ending(now).count() + sum(found.count() for found in _list_to_tell(now))


def _list_to_warn(program: Program, incident: Incident, code: str, step: str) -> list[tuple[Person, str]]:
    """Whom nobody has told of this step, each with the key of the notice."""
    directors = {one.user_id for one in list_others_with(["director"], program_id=program.pk, but=None)}
    people = {one.pk: one for one in Person.objects.filter(user__in=directors).select_related("user")}
    people[incident.owner_id] = incident.owner
    keys = {f"clock:{incident.pk.hex}:{one.pk.hex[:12]}:{code}:{step}": one for one in people.values()}
    told = set(OutgoingMessage.objects.filter(once_key__in=keys).values_list("once_key", flat=True))
    return [(person, key) for key, person in keys.items() if key not in told]


@transaction.atomic
def _warn_of(program: Program, incident: Incident, code: str, step: str, now: datetime) -> int:
    link, new = absolute(reverse("incident", args=[incident.pk])), 0
    for person, key in _list_to_warn(program, incident, code, step):
        new += queue_duty_notice(person, link, once_key=key, now=now)
    if new:
        record(
            act="incident.warned", by=SystemActor(program_id=program.pk), object_kind="incident", object_id=incident.pk,
            reason=code,
        )  # fmt: skip
    return new


def _list_ending(now: datetime) -> QuerySet[Release]:
    opens = Q(status="waiting", opens_at__lte=now)
    return Release.objects.filter(opens | Q(status__in=["waiting", "ready"], expires_at__lte=now)).order_by("pk")


def _end_waiting(program: Program, now: datetime) -> int:
    done, house = 0, SystemActor(program_id=program.pk)
    for found in _list_ending(now):
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


def _list_to_tell(now: datetime) -> tuple[QuerySet[Release], QuerySet[MandatedReport]]:
    return Release.objects.filter(
        status="released", person_told_at=None, order__forbids_telling=True, order__tell_from__lte=now
    ).order_by("pk"), MandatedReport.objects.filter(person_told_at=None, told_from__lte=now).order_by("pk")


def _tell_people(now: datetime) -> int:
    """What they may read from today on: one neutral notice each."""
    done = 0
    releases, reports = _list_to_tell(now)
    for found in releases:
        with transaction.atomic():
            release = Release.objects.select_for_update(of=("self",)).get(pk=found.pk)
            if release.person_told_at is None:
                tell_person(release, Person.objects.select_related("program").get(pk=release.person_id), now)
                done += 1
    for found in reports:
        with transaction.atomic():
            report = MandatedReport.objects.select_for_update(of=("self",)).get(pk=found.pk)
            if report.person_told_at is None:
                tell_of_report(report, now)
                done += 1
    return done
