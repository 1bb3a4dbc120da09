"""Making the list of a week, telling supervisors neutrally that there is something new, and writing down who looked."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.urls import reverse
from django_scopes import scope

from alongside.audit.actions import record
from alongside.audit.models import Entry
from alongside.audit.queries import NAMING, OPENING, list_done
from alongside.people.actor import SystemActor
from alongside.people.models import Person, Program
from alongside.people.outbox import absolute, queue_account_notice, queue_notice
from alongside.rules.access import STAFF
from alongside.rules.unusual_access import Opening, find_unusual, measure_usual

from .facts import WORKED_AFTER, WORKED_BEFORE, read_pairs
from .models import Unusual, Week

AT_HOUR = 6
"""On Mondays from this hour on, in the program's own time, the week before is looked at."""

HABIT = timedelta(weeks=4)
KEPT = timedelta(days=365)
"""Lists are kept a year, so that a pattern over months can be seen, and then erased."""

REFUSED = "access.refused"


def make_due(now: datetime) -> int:
    """Make the list of last week in each program that has none yet; returns how many. Safe beside another worker."""
    made = 0
    for program in Program.objects.order_by("created_at"):
        with scope(program=program):
            if monday := find_due(program, now):
                made += make_week(program, monday, now) is not None
            Week.objects.filter(made_at__lt=now - KEPT).delete()
    return made


def find_due(program: Program, now: datetime) -> date | None:
    """The Monday of the week whose list is to be made and is not there yet. The program is in scope."""
    here = now.astimezone(ZoneInfo(program.time_zone))
    monday = here.date() - timedelta(days=here.weekday() + 7)
    if (here.weekday() == 0 and here.hour < AT_HOUR) or Week.objects.filter(begins_on=monday).exists():
        return None
    return monday


def make_week(program: Program, begins_on: date, now: datetime) -> Week | None:
    """The list of the week that began on a Monday; None where another worker made it. The program is in scope."""
    zone = ZoneInfo(program.time_zone)
    since, until = (datetime.combine(day, time(), zone).astimezone(UTC) for day in _span(begins_on))
    before, week, people, worked, coordinators = [], [], {}, set(), set()
    for row in list_done(program.pk, since - HABIT, until + WORKED_AFTER).iterator():
        reader, at = row["actor_id"], row["at"]
        if row["role"] not in STAFF:
            continue  # a participant is on nobody's list, whatever link they followed
        if row["act"] in OPENING or row["act"] == REFUSED:
            if not since - HABIT <= at < until:
                continue
            one = Opening(
                row["key"], reader, row["subject_id"], at.astimezone(zone), row["role"] == "director",
                row["outcome"] == Entry.REFUSED,
            )  # fmt: skip
            (week if at >= since else before).append(one)
            people[reader] = row["actor_person_id"]
            if row["role"] == "coordinator":
                coordinators.add(reader)
        elif row["act"] not in NAMING and row["subject_id"] and at >= since - WORKED_BEFORE:
            worked.add((reader, row["subject_id"]))
    pairs = {(one.reader, one.person) for one in week if one.person and not one.is_refused}
    facts = read_pairs(pairs, people, worked, coordinators, since, until)
    found = find_unusual(week, facts, measure_usual(before))
    try:
        return _keep(program, begins_on, now, found, people, sum(not one.is_refused for one in week))
    except IntegrityError:
        return None


def _span(begins_on: date) -> tuple[date, date]:
    return begins_on, begins_on + timedelta(days=7)


@transaction.atomic
def _keep(program: Program, begins_on: date, now: datetime, found: list, people: dict, openings: int) -> Week:
    by = SystemActor(program_id=program.pk)
    week = Week.objects.create(program=program, begins_on=begins_on, made_at=now, openings=openings)
    Unusual.objects.bulk_create([
        Unusual(
            program=program, week=week, number=number, reader=row.reader, reader_person=people.get(row.reader),
            person=row.person, codes=sorted(row.codes), times=row.times, first_at=row.first_at, first_key=row.key,
        )
        for number, row in enumerate(found)
    ])  # fmt: skip
    record(act="digest.made", by=by, object_kind="week", object_id=week.pk)
    for person in _readers(program) if found else ():
        notice = {"link": absolute(reverse("unusual")), "once_key": f"unusual:{week.pk}:{person.pk}", "now": now}
        told = queue_notice(person, "something_new", **notice)
        # Rules nobody has set leave e-mail out. Whoever only works here hears by the e-mail of their account.
        if told is None and person.safe_contact.channel != "none" and not person.episodes.exists():
            queue_account_notice(person.user, "something_new", program_id=program.pk, **notice)
    return week


def _readers(program: Program) -> list[Person]:
    """Supervisors with an account that is in use."""
    found = Person.objects.filter(
        user__is_active=True, user__memberships__program=program, user__memberships__role="supervisor"
    )
    return list(found.select_related("program", "user", "safe_contact").distinct())


def note_viewed(*, week_id: UUID, by) -> None:
    """Write that somebody looked at a list, before the page is sent."""
    with transaction.atomic():
        record(act="digest.viewed", by=by, object_kind="week", object_id=week_id, view=True)
