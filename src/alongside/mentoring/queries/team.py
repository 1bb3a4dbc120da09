"""What a supervisor sees: their peers with loads, people nobody reached, offers that wait, notes to acknowledge."""

from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet
from django.utils import timezone

from alongside.audit.fields import sealed_fields
from alongside.mentoring.models import OPEN_MENTORSHIPS, Contact, Mentorship
from alongside.people.counting import count_of
from alongside.people.models import Person
from alongside.privacy.queries import list_participants_visible_to
from alongside.workforce.models import PeerProfile
from alongside.workforce.queries import list_peers_supervised_by

from .today import get_cadence_policy


def list_team(actor, now: datetime | None = None) -> QuerySet[PeerProfile]:
    """The peers this supervisor supports, each with `supports`, `reached_lately` (7 days) and `waiting_offers`."""
    since = (now or timezone.now()) - timedelta(days=7)
    reached = Contact.objects.filter(mentorship__peer=OuterRef("pk"), status="completed", happened_at__gte=since)
    # `offers` is the reverse side of matching's foreign key: a count by name, no import upwards.
    waiting = PeerProfile.objects.filter(pk=OuterRef("pk"), offers__status="chosen")
    shown = ("program_id", "status", "unavailable_until", "capacity", "places_taken", "person__goes_by")
    peers = list_peers_supervised_by(actor).select_related(None).select_related("person").only(*shown)
    return peers.annotate(
        reached_lately=count_of(reached, by="mentorship__peer"), waiting_offers=count_of(waiting, by="pk")
    )


def _of_my_peers(actor) -> Q:
    return Q() if actor.has("coordinator") else Q(peer__person__supervisor_id=actor.person_id)


def list_silent(actor, now: datetime | None = None) -> QuerySet[Mentorship]:
    """Open mentorships in which nobody reached the person for as many days as the policy says; longest first.

    A person who rests is left in peace, and somebody introduced lately is not silent yet.
    """
    now = now or timezone.now()
    limit = now - timedelta(days=get_cadence_policy().silent_after_days)
    return (
        Mentorship.objects.filter(_of_my_peers(actor), status__in=[s for s in OPEN_MENTORSHIPS if s != "paused"])
        .filter(Q(latest_reached_at__lte=limit) | Q(latest_reached_at__isnull=True, introduced_at__lte=limit))
        .select_related("participant", "peer__person")
        .only(
            "latest_reached_at", "introduced_at", "attempts_since_reached",
            "participant__goes_by", "peer__person__goes_by",
        )
        .order_by("latest_reached_at", "introduced_at")
    )  # fmt: skip


def list_notes_to_acknowledge(actor, now: datetime | None = None) -> QuerySet[Contact]:
    """Notes of the latest 30 days that no supervisor has seen yet, oldest first, so that nobody writes into a void.

    Only of people whose record is open to this actor: who stopped is not read on, here neither.
    """
    since = (now or timezone.now()) - timedelta(days=30)
    hidden = [f"{who}__{name}" for who in ("author", "participant") for name in sealed_fields(Person)]
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
        .select_related("author", "participant")
        .defer(*hidden)
        .order_by("happened_at")
    )
