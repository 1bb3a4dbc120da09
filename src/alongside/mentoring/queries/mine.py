"""What a participant reads of their own: where things stand, who walks with them, what was written, what is next."""

from datetime import date

from django.db.models import Case, QuerySet, Value, When
from django.utils import timezone

from alongside.mentoring.models import OPEN_MENTORSHIPS, Appointment, Contact, Handover, Mentorship, Message
from alongside.people.models import Episode, Person


def get_own_episode(actor) -> Episode | None:
    """The acting participant's open episode, or their latest one."""
    episodes = Episode.objects.filter(person_id=actor.person_id).select_related("person")
    closed_last = Case(When(status="closed", then=Value(1)), default=Value(0))
    return episodes.order_by(closed_last, "-opened_at").first()


def list_own_walks(actor) -> QuerySet[Mentorship]:
    """Everybody the acting participant walks or walked with, the present one first."""
    ended_last = Case(When(status="ended", then=Value(1)), default=Value(0))
    return (
        Mentorship.objects.filter(participant_id=actor.person_id)
        .select_related("peer__person", "backup_peer__person", "participant", "episode")
        .order_by(ended_last, "-introduced_at")
    )


def get_own_handover(actor) -> Handover | None:
    """The acting participant's open wish for another peer."""
    return (
        Handover.objects.filter(mentorship__participant_id=actor.person_id, status__in=["asked", "arranged", "met"])
        .select_related("mentorship__peer__person", "mentorship__episode", "next_mentorship__peer__person")
        .order_by("-asked_at")
        .first()
    )


def get_asked_peer(episode: Episode) -> Person | None:
    """The peer who was chosen and has not answered yet. Offers belong to the floor above and hang on the episode."""
    chosen = episode.offers.filter(status="chosen").select_related("peer__person").first()
    return chosen.peer.person if chosen else None


def count_new_notes(actor) -> int:
    """Notes about the acting participant that they have not had before their eyes."""
    notes = Contact.objects.filter(participant_id=actor.person_id, status__in=["completed", "attempted"])
    return notes.filter(read_at__isnull=True).count()


def count_new_messages(actor) -> int:
    """Messages to the acting participant that they have not opened."""
    return (
        Message.objects.filter(
            mentorship__participant_id=actor.person_id,
            mentorship__status__in=OPEN_MENTORSHIPS,
            read_at__isnull=True,
        )
        .exclude(author_id=actor.person_id)
        .count()
    )


def get_next_time(mentorship: Mentorship, today: date | None = None) -> Appointment | None:
    """The next time that is planned, today's included."""
    planned = Appointment.objects.filter(mentorship=mentorship, status="planned")
    return planned.filter(on_day__gte=today or timezone.localdate()).order_by("on_day", "at_time").first()
