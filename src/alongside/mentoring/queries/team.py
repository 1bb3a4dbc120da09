"""What a supervisor sees: their peers with loads, people nobody reached, offers that wait, notes to acknowledge."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet
from django.utils import timezone

from alongside.audit.fields import sealed_fields
from alongside.council.queries import get_cadence_policy
from alongside.mentoring.models import OPEN_MENTORSHIPS, Contact, Mentorship
from alongside.people.actor import Actor
from alongside.people.counting import count_of
from alongside.people.models import Person
from alongside.people.prepared import Pages, ask
from alongside.privacy.queries import list_participants_visible_to
from alongside.workforce.models import PeerProfile
from alongside.workforce.queries import list_peers_supervised_by

MONTH = timedelta(days=30)


def _team(roles: frozenset[str], since: datetime, **me) -> QuerySet:
    # A group is no talk between two: whoever leads it may be somebody else.
    reached = Contact.objects.filter(
        mentorship__peer=OuterRef("pk"), status="completed", happened_at__gte=since
    ).exclude(mode="group")
    # `offers` is the reverse side of matching's foreign key: a count by name, no import upwards.
    waiting = PeerProfile.objects.filter(pk=OuterRef("pk"), offers__status="chosen")
    peers = list_peers_supervised_by(Actor(person_id=me.get("me"), roles=roles)).select_related(None)
    return peers.annotate(
        reached_lately=count_of(reached, by="mentorship__peer"), waiting_offers=count_of(waiting, by="pk")
    ).values(
        "pk", "status", "unavailable_until", "capacity", "places_taken", "person__goes_by", "supports",
        "reached_lately", "waiting_offers",
    )  # fmt: skip


def list_team(actor, now: datetime | None = None) -> list:
    """The peers this supervisor supports: plain rows with `reached_lately` (7 days) and `waiting_offers`."""
    me = {} if actor.has("coordinator", "director") else {"me": actor.person_id}
    return ask(_team, actor.roles, since=(now or timezone.now()) - timedelta(days=7), **me)


def _silent(most: int, limit: datetime, **me) -> QuerySet:
    of_my_peers = {"peer__person__supervisor_id": me["me"]} if me else {}
    return (
        Mentorship.objects.filter(**of_my_peers, status__in=[s for s in OPEN_MENTORSHIPS if s != "paused"])
        .filter(Q(latest_reached_at__lte=limit) | Q(latest_reached_at__isnull=True, introduced_at__lte=limit))
        .filter(Q(episode__call_reached_at__lte=limit) | Q(episode__call_reached_at__isnull=True))
        .order_by("latest_reached_at", "introduced_at")
        .values(
            "id", "participant_id", "latest_reached_at", "introduced_at", "attempts_since_reached",
            "participant__goes_by", "peer__person__goes_by",
        )[:most]
    )  # fmt: skip


def list_silent(actor, now: datetime | None = None, most: int = 50) -> list:
    """Open mentorships in which nobody, no caller either, reached the person for as many days as the policy says;
    longest first.

    A person who rests is left in peace, and somebody introduced lately is not silent yet. Plain rows.
    """
    limit = (now or timezone.now()) - timedelta(days=get_cadence_policy().silent_after_days)
    me = {} if actor.has("coordinator") else {"me": actor.person_id}
    return ask(_silent, most, limit=limit, **me)


def list_unmade_calls(limit: datetime) -> QuerySet[Mentorship]:
    """Mentorships, also of who rests, in which a call was asked for until this moment and nobody reached the person."""
    return Mentorship.objects.filter(status__in=OPEN_MENTORSHIPS, asked_for_call_at__lte=limit).order_by(
        "asked_for_call_at"
    )


def _unmade(most: int, limit: datetime, **me) -> QuerySet:
    of_my_peers = {"peer__person__supervisor_id": me["me"]} if me else {}
    names = ("id", "participant_id", "asked_for_call_at", "participant__goes_by", "peer__person__goes_by")
    return list_unmade_calls(limit).filter(**of_my_peers).values(*names)[:most]


def list_wished_calls(actor, now: datetime | None = None, most: int = 50) -> list:
    """Whoever asked for a call longer ago than the policy says, the longest first. Plain rows."""
    limit = (now or timezone.now()) - timedelta(hours=get_cadence_policy().call_wish_hours)
    me = {} if actor.has("coordinator") else {"me": actor.person_id}
    return ask(_unmade, most, limit=limit, **me)


def list_notes_to_acknowledge(actor, now: datetime | None = None) -> QuerySet[Contact]:
    """Notes of the latest 30 days that no supervisor has seen yet, oldest first, so that nobody writes into a void.

    Only of people whose record is open to this actor: who stopped is not read on, here neither.
    """
    now = now or timezone.now()
    hidden = [f"{who}__{name}" for who in ("author", "participant") for name in sealed_fields(Person)]
    return _to_acknowledge(actor, now - MONTH, now).select_related("author", "participant").defer(*hidden)


def page_notes_to_acknowledge(actor, now: datetime | None = None) -> Sequence:
    """The same for the page that shows them all: plain rows, to be sliced."""
    now = now or timezone.now()
    if actor.has("coordinator"):
        return Pages(_all_notes, me=actor.person_id, since=now - MONTH)
    # A month of a supervisor's few peers: to find them costs more than to name them, so it is done once.
    ids = [row.id for row in ask(_note_ids, actor.roles, me=actor.person_id, since=now - MONTH, now=now)]
    return _Chosen(ids)


class _Chosen(Sequence):
    """Notes by their ids, in this order; a slice is one query."""

    def __init__(self, ids: list[UUID]) -> None:
        self._ids = ids

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, part):
        return ask(_notes_named, notes=self._ids[part]) if self._ids[part] else []


SHOWN_OF_A_NOTE = (
    "id", "participant_id", "status", "mode", "minutes", "note", "happened_at", "author__goes_by",
    "participant__goes_by",
)  # fmt: skip


def _all_notes(me: UUID, since: datetime) -> QuerySet:
    everybody = Actor(person_id=me, roles=frozenset({"coordinator"}))
    return _to_acknowledge(everybody, since, None).values(*SHOWN_OF_A_NOTE)


def _note_ids(roles: frozenset[str], me: UUID, since: datetime, now: datetime) -> QuerySet:
    return _to_acknowledge(Actor(person_id=me, roles=roles), since, now).values("id")


def _notes_named(notes) -> QuerySet:
    return Contact.objects.filter(pk__in=notes).order_by("happened_at").values(*SHOWN_OF_A_NOTE)


def _to_acknowledge(actor: Actor, since: datetime, now: datetime | None) -> QuerySet[Contact]:
    mine = Q()
    if not actor.has("coordinator"):
        # The few authors first, and of each the latest notes: not all notes of the month.
        mine = Q(author__in=Person.objects.filter(supervisor_id=actor.person_id).values("pk"))
    return (
        Contact.objects.filter(
            mine, seen_at__isnull=True, status__in=["completed", "attempted"], happened_at__gte=since
        )
        .filter(participant__in=list_participants_visible_to(actor, now).values("pk"))
        .exclude(author_id=actor.person_id)
        .order_by("happened_at")
    )
