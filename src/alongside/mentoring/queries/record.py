"""What may be read of a participant: notes by relation and grant, their own pages by identity."""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain

from django.db.models import Prefetch, Q, QuerySet

from alongside.mentoring.models import OPEN_MENTORSHIPS, Addition, Contact, Handover, Mentorship
from alongside.people.models import Person
from alongside.privacy.queries import list_live_grants

OWN_COLUMNS = {
    model: [field.name for field in model._meta.concrete_fields] for model in (Mentorship, Contact, Addition)
}
"""All columns of a row itself: beside them, `only` takes single columns of the people it names."""


def _with_names(contacts: QuerySet[Contact]) -> QuerySet[Contact]:
    """Notes with what was added to them, and of who wrote them no more than the name: nothing else is decrypted."""
    additions = Addition.objects.select_related("author").only(*OWN_COLUMNS[Addition], "author__goes_by")
    return (
        contacts.select_related("author", "seen_by")
        .only(*OWN_COLUMNS[Contact], "author__goes_by", "seen_by__goes_by")
        .prefetch_related(Prefetch("additions", queryset=additions))
        .order_by("-happened_at")
    )


def list_mentorships_of(participant: Person) -> QuerySet[Mentorship]:
    """Everybody with whom a participant whose record was opened walks or walked; of the peers only their names."""
    return (
        Mentorship.objects.filter(participant=participant)
        .select_related("peer__person", "backup_peer__person")
        .only(*OWN_COLUMNS[Mentorship], "peer__person__goes_by", "backup_peer__person__goes_by")
        .order_by("-introduced_at")
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
    if not actor.has("coordinator"):
        live = list_live_grants(now).filter(participant_id=participant_id, reader_id=actor.person_id)
        own = list(live.only("kind", "source_id", "notes_since", "starts_at"))
        walks = {grant.source_id for grant in own if grant.kind in ("mentorship", "cover")}
        readable = Q(author_id=actor.person_id, mentorship__in={grant.source_id for grant in own} - {None})
        readable |= Q(mentorship__in=walks - {None})
        for grant in own:
            if grant.kind == "history":
                earlier = Q(happened_at__date__gte=grant.notes_since) if grant.notes_since else Q()
                readable |= earlier & Q(happened_at__lt=grant.starts_at)
        if actor.has("director") and any(grant.kind == "reason" for grant in own):
            readable = Q()
        if actor.has("supervisor"):
            readable |= Q(mentorship__peer__person__supervisor_id=actor.person_id)
        contacts = contacts.filter(readable)
    return _with_names(contacts)


def list_contacts_of_many(actor, participant_ids: Iterable, now: datetime | None = None) -> Iterable[Contact]:
    """What `list_contacts_visible_to` gives for each of these participants. A coordinator, who reads all, asks once."""
    if actor.has("coordinator"):
        return _with_names(Contact.objects.filter(participant_id__in=list(participant_ids)))
    return chain.from_iterable(list_contacts_visible_to(actor, one, now) for one in participant_ids)


def list_own_notes(actor) -> QuerySet[Contact]:
    """What was written about the acting participant, newest first: all of it (tenet 1)."""
    return _with_names(Contact.objects.filter(participant_id=actor.person_id, status__in=["completed", "attempted"]))


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
