"""Who is called next, as far as this caller may know; what somebody agreed to; who is trained to call."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from alongside.audit.fields import sealed_fields
from alongside.council.queries import get_policy_values
from alongside.people.models import Boundary, Episode, Person, SafeContact
from alongside.people.prepared import ask
from alongside.rules.phone_support import Course, PhoneSupportPolicy, Times

from .models import OPEN, Agreement, Call, Caller, Claim

MOST = 200
"""As many of the queue as one look reads; those due first."""
CLOSED_FIELDS = [
    *(f"person__{name}" for name in sealed_fields(Person)),
    *(f"person__safe_contact__{name}" for name in sealed_fields(SafeContact)),
]
"""What the queue leaves closed: it shows no name and no number."""


def get_phone_policy() -> PhoneSupportPolicy:
    """The numbers and words in force."""
    return PhoneSupportPolicy.from_values(get_policy_values("phone_support"))


def times_of(agreement: Agreement, policy: PhoneSupportPolicy, rules: SafeContact) -> Times:
    """When this person may be called: what they agreed to, inside of their safe-contact hours."""
    here = ZoneInfo(agreement.person.program.time_zone)
    return Times(
        agreement.hours, ZoneInfo(agreement.time_zone), rules.from_hour, rules.until_hour, here, policy.days_off
    )


def course_of(agreement: Agreement) -> Course:
    """How far somebody is, as the rule takes it."""
    return Course(
        started_on=agreement.started_on, round_on=agreement.round_on, tries=agreement.tries,
        wished_every_days=agreement.wished_every_days, returned_to_use_on=agreement.episode.returned_to_use_on,
    )  # fmt: skip


def may_be_called(rules: SafeContact, phone: str) -> bool:
    """Whether the safe-contact rules allow a call at all, and there is a number (E2)."""
    return rules.may_call and rules.channel != "none" and bool(phone)


# --- the queue ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Due:
    """One call that is due, as the queue shows it: who it is, is told to whoever takes it.

    `perhaps_at`, `perhaps_by`: another caller took it then, and nobody wrote down what came of it.
    """

    id: UUID
    due_at: datetime
    why: str
    language: str
    tries: int
    perhaps_at: datetime | None = None
    perhaps_by: str = ""


MARK = tuple(field.attname for field in Caller._meta.concrete_fields)


def _marks(person: UUID) -> QuerySet:
    return Caller.objects.filter(person_id=person, ended_at=None).values(*MARK)


def get_caller(actor) -> Caller | None:
    """The mark of the acting peer, while it holds. Every peer's Today asks for it, and most are no callers."""
    for mark in ask(_marks, person=actor.person_id):
        return Caller.from_db(None, MARK, [getattr(mark, name) for name in MARK])
    return None


def list_open_to(caller: Caller, now: datetime) -> QuerySet[Agreement]:
    """Agreements of which a call is due and that this caller may take, by due time.

    Nobody who rests, unless they asked for a call, or told a return to use and nobody called since. Never their
    own, never of somebody from whom they are kept apart (D7), and none that another caller has now. What is left
    out leaves no trace: neither a place in the list nor a number.
    """
    apart = Boundary.objects.filter(
        Q(person=caller.person_id, other=OuterRef("person")) | Q(other=caller.person_id, person=OuterRef("person"))
    )
    told = Q(why="returned_to_use", episode__return_told_at__isnull=False) & (
        Q(episode__call_reached_at__isnull=True) | Q(episode__call_reached_at__lt=F("episode__return_told_at"))
    )
    taken = Claim.objects.filter(agreement=OuterRef("pk"), until__gt=now).exclude(caller=caller.person_id)
    return (
        Agreement.objects.filter(
            program=caller.program_id, due_at__lte=now, status="agreed", language__in=caller.languages,
            person__safe_contact__may_call=True, person__phone_index__isnull=False,
        )
        .exclude(person__safe_contact__channel="none")
        .exclude(person=caller.person_id)
        .filter(~Q(episode__status="paused") | Q(why="asked") | told)
        .exclude(episode__status="closed")
        .filter(~Exists(apart), ~Exists(taken))
        .select_related("person__program", "person__safe_contact", "episode")
        .order_by("due_at", "pk")
    )  # fmt: skip


def rests(agreement: Agreement) -> bool:
    """Whether nobody calls because the person rests, and told or asked nothing: as `list_open_to` has it."""
    episode = agreement.episode
    if episode.status != "paused" or agreement.why == "asked":
        return False
    told, reached = episode.return_told_at, episode.call_reached_at
    return not (agreement.why == "returned_to_use" and told and (reached is None or reached < told))


def list_queue(caller: Caller, now: datetime) -> list[Due]:
    """What is due and may be done at this moment, in order."""
    policy = get_phone_policy()
    before = Claim.objects.filter(agreement=OuterRef("pk")).exclude(caller=caller.person_id)
    found = list_open_to(caller, now).annotate(
        perhaps_at=Subquery(before.values("taken_at")[:1]), perhaps_by=Subquery(before.values("caller__goes_by")[:1])
    )
    return [
        Due(one.pk, one.due_at, one.why, one.language, one.tries, one.perhaps_at, one.perhaps_by or "")
        for one in found.defer(*CLOSED_FIELDS)[:MOST]
        if times_of(one, policy, one.person.safe_contact).hold(now)
    ]


def get_claim(actor, now: datetime) -> Claim | None:
    """What the acting caller has to themself: also when its time ran out, until somebody else takes it."""
    found = Claim.objects.filter(caller_id=actor.person_id)
    return found.select_related(
        "agreement__person__program", "agreement__person__safe_contact", "agreement__episode"
    ).first()


def is_with_another(agreement_id: UUID, actor) -> bool:
    """Whether another caller has this call now."""
    return Claim.objects.filter(agreement_id=agreement_id).exclude(caller_id=actor.person_id).exists()


def get_meanwhile(claim: Claim) -> Call | None:
    """What another caller wrote of this call since it was taken over from them: they had talked all the same."""
    found = Call.objects.filter(agreement_id=claim.agreement_id, called_at__gte=claim.taken_at)
    others = found.exclude(caller_id=claim.caller_id).select_related("caller").defer(*CALLER_CLOSED)
    return others.order_by("-called_at").first()


def list_calls(person_id: UUID, most: int = 10) -> list[Call]:
    """The latest calls to somebody, newest first."""
    found = Call.objects.filter(person_id=person_id).select_related("caller").defer(*CALLER_CLOSED)
    return list(found.order_by("-called_at")[:most])


CALLER_CLOSED = [f"caller__{name}" for name in sealed_fields(Person)]


# --- agreements ---------------------------------------------------------------------------------------------------
def get_agreement(person_id: UUID) -> Agreement | None:
    """The agreement that holds, or rests."""
    found = Agreement.objects.filter(person_id=person_id, status__in=OPEN)
    return found.select_related("person__program", "person__safe_contact", "episode").first()


def get_open_episode(person_id: UUID) -> Episode | None:
    """What an agreement belongs to: without a stretch of service there are no calls."""
    return Episode.objects.filter(person_id=person_id).exclude(status="closed").first()


def list_agreements() -> QuerySet[Agreement]:
    """Everybody who agreed, those who need a hand first: a wrong number, no hour left, then by due time."""
    return (
        Agreement.objects.filter(status__in=OPEN)
        .select_related("person")
        .defer(*(f"person__{name}" for name in sealed_fields(Person)))
        .order_by(F("due_at").asc(nulls_first=True), "person__goes_by_search")
    )


# --- callers ------------------------------------------------------------------------------------------------------
def callers_by_person(people) -> dict[UUID, Caller]:
    """Marks that hold, of these people."""
    return {one.person_id: one for one in Caller.objects.filter(person__in=people, ended_at=None)}
