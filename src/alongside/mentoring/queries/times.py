"""Times together: of one's own mentorships only, from either side, and as a private calendar shows them."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet

from alongside.mentoring.models import OPEN_MENTORSHIPS, Appointment, CalendarFeed
from alongside.people.models import Person

from .today import list_open_mentorships

FEED_DAYS_BACK = 30
"""How long a calendar still shows what has been, so that a moved or called-off time reaches every device."""


def list_times(actor, *, as_peer: bool) -> QuerySet[Appointment]:
    """The actor's times in open mentorships, earliest first: as the peer (or who covers), or as the participant."""
    own = (
        Q(mentorship__in=list_open_mentorships(actor).values("pk"))
        if as_peer
        else Q(mentorship__participant_id=actor.person_id, mentorship__status__in=OPEN_MENTORSHIPS)
    )
    return (
        Appointment.objects.filter(own)
        .select_related(
            "mentorship__participant", "mentorship__peer__person", "mentorship__backup_peer__person", "made_by"
        )
        .order_by("on_day", "at_time")
    )


def get_time(actor, appointment_id: UUID, *, as_peer: bool) -> Appointment | None:
    """One of the actor's times, or None."""
    return list_times(actor, as_peer=as_peer).filter(pk=appointment_id).first()


def list_times_for_feed(person: Person, today: date) -> QuerySet[Appointment]:
    """What a person's calendar shows, called-off times included; ids, times and states, no names."""
    own = Q(mentorship__participant_id=person.pk) | Q(mentorship__peer_id=person.pk)
    cover = Q(
        mentorship__backup_peer_id=person.pk,
        mentorship__peer__status="unavailable",
        mentorship__status__in=OPEN_MENTORSHIPS,
    )
    since = today - timedelta(days=FEED_DAYS_BACK)
    return Appointment.objects.filter(own | cover, on_day__gte=since).order_by("on_day", "at_time", "pk")


def get_feed(secret_hash: str) -> CalendarFeed | None:
    """The feed of this secret while its owner's account is in use and holds a role in the program."""
    return (
        CalendarFeed.objects.filter(
            secret_hash=secret_hash,
            person__user__is_active=True,
            person__user__memberships__program=F("program"),
        )
        .select_related("person", "program")
        .first()
    )
