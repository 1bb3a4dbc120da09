"""Who may read which worry, who is on duty, and who is next. Need to know, nobody else."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.audit.fields import sealed_fields
from alongside.council.queries import get_policy_values
from alongside.people.models import Boundary, Membership, Person, Program
from alongside.privacy.queries import list_kept_from
from alongside.rules.escalation import SafetyPolicy
from alongside.rules.rota import Turn as Stretch
from alongside.rules.rota import next_start

from .models import Escalation, Happening, Measure, Told, Turn

OWNERS = ("supervisor", "coordinator", "director")
"""Roles that may own a worry and stand on the rota: peers never do."""

NAMES = [
    *sealed_fields(Escalation),
    *(f"{who}__{name}" for who in ("person", "raised_by", "owner") for name in sealed_fields(Person)),
]
"""What a list leaves closed."""


@dataclass(frozen=True)
class Duty:
    """Who is on duty at a moment, their deputy, and when somebody is next (local time) if nobody is."""

    person: Person | None
    deputy: Person | None
    next_at: datetime | None


def get_safety_policy() -> SafetyPolicy:
    """The clocks and the ladder in force."""
    return SafetyPolicy.from_values(get_policy_values("safety"))


def list_turns() -> list[Turn]:
    """The rota, in the order of the week."""
    people = [f"{who}__{what}" for who in ("person", "deputy") for what in ("user", "safe_contact")]
    return list(Turn.objects.select_related(*people).order_by("weekday", "from_hour"))


def stretch_of(turn: Turn) -> Stretch:
    """A row as the rule knows it."""
    return Stretch(turn.weekday, turn.from_hour, turn.until_hour)


def get_duty(program: Program, now: datetime, turns: Collection[Turn] | None = None) -> Duty:
    """Who is on duty now. Somebody whose role or account ended is on duty no more, whatever the rota says (D4)."""
    turns = list_turns() if turns is None else turns
    local = now.astimezone(ZoneInfo(program.time_zone))
    on = next((turn for turn in turns if stretch_of(turn).covers(local)), None)
    if on is None:
        return Duty(None, None, next_start([stretch_of(turn) for turn in turns], local))
    there = set(list_owners(program).values_list("pk", flat=True))
    found = [one if one and one.pk in there else None for one in (on.person, on.deputy)]
    return Duty(found[0], found[1], None)


def is_anybody_on_duty(program: Program, at: datetime) -> bool:
    """Whether the rota holds somebody at this moment who may still act: the one on duty, or who stands in."""
    duty = get_duty(program, at)
    return bool(duty.person or duty.deputy)


def list_owners(program: Program, roles: Collection[str] = OWNERS) -> QuerySet[Person]:
    """People who may own a worry: active accounts with one of these roles, by name."""
    users = Membership.objects.filter(program=program, role__in=roles, user__is_active=True).values("user")
    return Person.objects.filter(program=program, user__in=users).select_related("user").order_by("goes_by_search")


def list_late_talks(policy: SafetyPolicy, now: datetime) -> QuerySet[Escalation]:
    """Worries that were resolved, and nobody has yet sat down with whoever raised them, though it is time."""
    return Escalation.objects.filter(status="resolved", resolved_at__lte=policy.debriefed_until(now)).order_by(
        "resolved_at"
    )


def list_who_talk(escalation: Escalation) -> list[Person]:
    """Who may sit down with whoever raised it: the owner and the supervisor of that one, as far as they may know it."""
    ids = {escalation.owner_id, escalation.raised_by.supervisor_id} - {None, escalation.raised_by_id}
    program = Program.objects.get(pk=escalation.program_id)
    return list(list_who_may_know(list_owners(program).filter(pk__in=ids), escalation.person_id))


def list_rung(escalation: Escalation, rung: str, program: Program, now: datetime) -> list[Person]:
    """Who is told on this rung. Never the person themself, and never somebody with a boundary to them (D7)."""
    if rung == "director":
        found = list_owners(program, ["director"])
    elif rung == "rota":
        ids = {one for turn in list_turns() for one in (turn.person_id, turn.deputy_id)}
        ids.add(escalation.raised_by.supervisor_id)
        found = list_owners(program).filter(pk__in=ids - {None})
    else:
        duty = get_duty(program, now)
        who = duty.person if rung == "on_duty" else duty.deputy
        found = list_owners(program).filter(pk=who.pk if who else None)
    return list(list_who_may_know(found, escalation.person_id))


def list_anybody(escalation: Escalation, program: Program) -> list[Person]:
    """Everybody who may own a worry: when the ladder led to nobody at all."""
    return list(list_who_may_know(list_owners(program), escalation.person_id))


def list_others(escalation: Escalation, program: Program, but: UUID | None) -> list[Person]:
    """To whom a worry may be handed."""
    return [one for one in list_anybody(escalation, program) if one.pk != but]


def list_who_may_know(people: QuerySet[Person], person_id: UUID) -> QuerySet[Person]:
    """Of these, who may hear of somebody: never the person themself, who is kept apart from them (D7), or from whom
    their record is kept (B7)."""
    apart = Boundary.objects.filter(
        Q(person=OuterRef("pk"), other_id=person_id) | Q(other=OuterRef("pk"), person_id=person_id)
    )
    return people.exclude(pk=person_id).exclude(user__in=list_kept_from(person_id)).filter(~Exists(apart))


def list_escalations_visible_to(actor) -> QuerySet[Escalation]:
    """Worries this actor may read: their own, and for staff those they were told of, own, are handed, or whose peer
    they support. Never one about themself. A role that ended opens nothing more (D4).
    """
    me = actor.person_id
    if me is None:
        return Escalation.objects.none()
    visible = Q(raised_by_id=me)
    if actor.has(*OWNERS):
        told = Told.objects.filter(escalation=OuterRef("pk"), reader_id=me)
        visible |= Q(owner_id=me) | Q(handed_to_id=me) | Exists(told)
    if actor.has("supervisor"):
        apart = Boundary.objects.filter(
            Q(person_id=me, other=OuterRef("person")) | Q(other_id=me, person=OuterRef("person"))
        )
        visible |= Q(raised_by__supervisor_id=me) & ~Exists(apart)
    return Escalation.objects.filter(visible).exclude(person_id=me)


def get_escalation_visible_to(actor, escalation_id: UUID) -> Escalation | None:
    """One of these, with the people in it and how the person may be reached; None for any other."""
    found = list_escalations_visible_to(actor).filter(pk=escalation_id)
    return found.select_related("person__safe_contact", "raised_by", "owner", "handed_to").first()


def list_unfinished(actor, most: int = 50) -> list[Escalation]:
    """What still waits for somebody: open ones first, then owned ones, then those without a debrief; oldest first."""
    found = _listed(actor).exclude(status="debriefed").order_by("raised_at")[:most]
    order = {"open": 0, "owned": 1, "resolved": 2}
    return sorted(found, key=lambda one: order[one.status])


def list_finished(actor, most: int = 20) -> list[Escalation]:
    """The latest that ended, newest first."""
    return list(_listed(actor).filter(status="debriefed").order_by("-debriefed_at")[:most])


def _listed(actor) -> QuerySet[Escalation]:
    return list_escalations_visible_to(actor).select_related("person", "raised_by", "owner").defer(*NAMES)


def list_happenings(escalation: Escalation) -> list[Happening]:
    """The history of a worry, in order."""
    return list(Happening.objects.filter(escalation=escalation).order_by("at", "pk"))


def list_measures(escalation: Escalation) -> list[Measure]:
    """What was done, in order."""
    return list(Measure.objects.filter(escalation=escalation).order_by("at", "rank"))


def list_told(escalation: Escalation) -> list[Told]:
    """Who was told, in order."""
    return list(Told.objects.filter(escalation=escalation).select_related("reader").order_by("told_at", "rung"))


def names_of(ids: Collection[UUID | None]) -> dict[UUID, str]:
    """The names of these people, for the history."""
    return dict(Person.objects.filter(pk__in={one for one in ids if one}).values_list("pk", "goes_by"))
