"""What may be read of a participant: notes by relation and grant, their own pages by identity."""

from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from alongside.mentoring.models import OPEN_MENTORSHIPS, Addition, Contact, Handover, Mentorship
from alongside.privacy.queries import list_live_grants, list_participants_visible_to


def list_mentorships_visible_to(actor) -> QuerySet[Mentorship]:
    """Mentorships of participants whose record this actor may open."""
    return Mentorship.objects.filter(participant__in=list_participants_visible_to(actor)).select_related(
        "participant", "peer__person", "backup_peer__person", "episode"
    )


def list_own_mentorships(actor) -> QuerySet[Mentorship]:
    """The acting peer's open mentorships, the ones they may write about; cover counts while the peer is away."""
    return Mentorship.objects.filter(status__in=OPEN_MENTORSHIPS).filter(
        Q(peer_id=actor.person_id) | Q(backup_peer_id=actor.person_id, peer__status="unavailable")
    )


def list_contacts_visible_to(actor, participant_id, now: datetime | None = None) -> QuerySet[Contact]:
    """Notes about one participant that this actor may read, newest first.

    A peer: of their own mentorships and cover, and of earlier ones as far as the participant chose. A supervisor: of
    the peers they support. A coordinator: all. A director: all while their recorded reason is in force.
    """
    contacts = Contact.objects.filter(participant_id=participant_id)
    live = list_live_grants(now).filter(participant_id=participant_id)
    if not actor.has("coordinator"):
        own = live.filter(reader_id=actor.person_id)
        readable = Q(author_id=actor.person_id, mentorship__in=own.values("source_id"))
        readable |= Q(mentorship__in=own.filter(kind__in=["mentorship", "cover"]).values("source_id"))
        for grant in own.filter(kind="history"):
            earlier = Q(happened_at__date__gte=grant.notes_since) if grant.notes_since else Q()
            readable |= earlier & Q(happened_at__lt=grant.starts_at)
        if actor.has("director") and own.filter(kind="reason").exists():
            readable = Q()
        if actor.has("supervisor"):
            readable |= Q(mentorship__peer__person__supervisor_id=actor.person_id)
        contacts = contacts.filter(readable)
    return (
        contacts.select_related("author", "seen_by")
        .prefetch_related(Prefetch("additions", queryset=Addition.objects.select_related("author")))
        .order_by("-happened_at")
    )


def list_own_notes(actor) -> QuerySet[Contact]:
    """What was written about the acting participant, newest first: all of it (tenet 1)."""
    return (
        Contact.objects.filter(participant_id=actor.person_id, status__in=["completed", "attempted"])
        .select_related("author")
        .prefetch_related(Prefetch("additions", queryset=Addition.objects.select_related("author")))
        .order_by("-happened_at")
    )


def get_own_mentorship(actor) -> Mentorship | None:
    """The acting participant's open mentorship, if they have one."""
    return (
        Mentorship.objects.filter(participant_id=actor.person_id, status__in=OPEN_MENTORSHIPS)
        .select_related("peer__person", "backup_peer__person", "episode")
        .first()
    )


def list_open_handovers() -> QuerySet[Handover]:
    """Changes of peer that somebody still has to arrange or finish, oldest first."""
    return (
        Handover.objects.filter(status__in=["asked", "arranged", "met"])
        .select_related("mentorship__participant", "mentorship__peer__person", "next_mentorship__peer__person")
        .order_by("asked_at")
    )
