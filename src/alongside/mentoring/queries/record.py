"""What may be read of a participant: notes by relation and grant, their own pages by identity."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
from types import SimpleNamespace
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from alongside.mentoring.models import OPEN_MENTORSHIPS, Addition, Contact, Handover, Mentorship
from alongside.people.actor import Actor
from alongside.people.prepared import ask
from alongside.privacy.queries import list_live_grants

from .today import open_of

OWN_COLUMNS = {model: [field.name for field in model._meta.concrete_fields] for model in (Contact, Addition)}
"""All columns of a row itself: beside them, `only` takes single columns of the people it names."""


AS_WRITTEN = (
    "written_as__id", "written_as__note_mode", "written_as__read_together", "written_as__their_line",
    "written_as__service",
)  # fmt: skip
"""What of how a note was written stands beside it."""


def _with_names(contacts: QuerySet[Contact]) -> QuerySet[Contact]:
    """Notes with what was added to them, and of who wrote them no more than the name: nothing else is decrypted."""
    additions = Addition.objects.select_related("author").only(*OWN_COLUMNS[Addition], "author__goes_by")
    return (
        contacts.select_related("author", "seen_by", "written_as")
        .only(*OWN_COLUMNS[Contact], "author__goes_by", "seen_by__goes_by", *AS_WRITTEN)
        .prefetch_related(Prefetch("additions", queryset=additions))
        .order_by("-happened_at")
    )


def list_mentorships_of(participant_id) -> list:
    """Everybody with whom a participant whose record was opened walks or walked: plain rows, the latest first."""
    return ask(_mentorships_of, participant=participant_id)


def _mentorships_of(participant: UUID) -> QuerySet:
    return (
        Mentorship.objects.filter(participant_id=participant)
        .order_by("-introduced_at")
        .values(
            "pk", "status", "introduced_at", "peer_id", "backup_peer_id", "peer__person__goes_by", "peer__status",
            "backup_peer__person_id", "backup_peer__person__goes_by",
        )
    )  # fmt: skip


def is_own_mentorship(actor, row) -> bool:
    """Whether a row of `list_mentorships_of` is among `list_own_mentorships`."""
    if row.status not in OPEN_MENTORSHIPS or actor.person_id is None:
        return False
    covers = row.backup_peer_id == actor.person_id and row.peer.status == "unavailable"
    return row.peer_id == actor.person_id or covers


def list_own_mentorships(actor) -> QuerySet[Mentorship]:
    """The acting peer's open mentorships, the ones they may write about; cover counts while the peer is away."""
    return open_of(actor.person_id)


def list_contacts_visible_to(actor, participant_id, now: datetime | None = None) -> QuerySet[Contact]:
    """Notes about one participant that this actor may read, newest first.

    A peer: of their own mentorships and cover, and of earlier ones as far as the participant chose. A supervisor: of
    the peers they support. A coordinator: all. A director: all while their recorded reason is in force.
    """
    return _with_names(_readable(actor, participant_id, _own_grants(actor, participant_id, now)))


def list_notes_shown(actor, participant_id, most: int, now: datetime | None = None) -> list:
    """The latest of the same notes as plain rows, each with what was `added` to it. Three queries."""
    grants = _own_grants(actor, participant_id, now)
    # The form of the query follows from what was granted, so that is fixed; ids and days change.
    forms = tuple((one.kind, one.source_id is not None, one.notes_since is not None) for one in grants)
    values = {f"{name}{place}": getattr(one, name) for place, one in enumerate(grants) for name in _used(one)}
    if _reads_all(actor, grants):
        forms, values = (("all", False, False),), {}
    elif actor.has("supervisor") or any(one.source_id for one in grants):
        values["me"] = actor.person_id
    notes = ask(_notes_shown, actor.roles, forms, most, participant=participant_id, **values)
    by_id = {note.id: note for note in notes}
    for note in notes:
        note.added = []
    for one in ask(_added_to, contacts=list(by_id)) if notes else ():
        by_id[one.contact_id].added.append(one)
    return notes


def _own_grants(actor, participant_id, now: datetime | None) -> list:
    """What opens this participant's notes to this actor, besides being a coordinator."""
    if actor.has("coordinator"):
        return []
    return ask(_grants, participant=participant_id, reader=actor.person_id, now=now or timezone.now())


def _grants(participant: UUID, reader: UUID, now: datetime) -> QuerySet:
    live = list_live_grants(now).filter(participant_id=participant, reader_id=reader)
    return live.order_by("starts_at", "pk").values("kind", "source_id", "notes_since", "starts_at")


def _reads_all(actor, grants: Iterable) -> bool:
    if actor.has("coordinator"):
        return True
    return actor.has("director") and any(grant.kind in ("reason", "all") for grant in grants)


def _readable(actor, participant_id, grants: Sequence) -> QuerySet[Contact]:
    contacts = Contact.objects.filter(participant_id=participant_id)
    if _reads_all(actor, grants):
        return contacts
    walks = {grant.source_id for grant in grants if grant.kind in ("mentorship", "cover")}
    readable = Q(author_id=actor.person_id, mentorship__in={grant.source_id for grant in grants} - {None})
    readable |= Q(mentorship__in=walks - {None})
    for grant in grants:
        if grant.kind == "history":
            earlier = Q(happened_at__date__gte=grant.notes_since) if grant.notes_since else Q()
            readable |= earlier & Q(happened_at__lt=grant.starts_at)
    if actor.has("supervisor"):
        readable |= Q(mentorship__peer__person__supervisor_id=actor.person_id)
    return contacts.filter(readable)


def _used(grant) -> list[str]:
    """What of a grant gets into the query."""
    names = ["source_id"] if grant.source_id else []
    if grant.kind == "history":
        names += ["starts_at"] + (["notes_since"] if grant.notes_since else [])
    return names


def _notes_shown(roles: frozenset[str], forms: tuple, most: int, participant: UUID, **values) -> QuerySet:
    grants = [
        SimpleNamespace(kind=kind, **{
            name: values.get(f"{name}{place}") for name in ("source_id", "notes_since", "starts_at")
        })
        for place, (kind, _source, _since) in enumerate(forms)
    ]  # fmt: skip
    readable = _readable(Actor(person_id=values.get("me"), roles=roles), participant, grants)
    return readable.order_by("-happened_at").values(
        "id", "status", "mode", "minutes", "message_left", "happened_at", "note", "kinds_of_support", "next_step",
        "next_step_on", "seen_at", "seen_words", "author__goes_by", "seen_by__goes_by", *AS_WRITTEN,
    )[:most]  # fmt: skip


def _added_to(contacts) -> QuerySet:
    found = Addition.objects.filter(contact__in=contacts).order_by("added_at")
    return found.values("contact_id", "words", "added_at", "author__goes_by")


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
        .annotate(has_new_answers=_has_new_answers())
        .first()
    )


def _has_new_answers() -> Exists:
    """Whether "would you come along?" was answered and not seen yet; `asks_along` belongs to outings, above."""
    return Exists(
        Mentorship.objects.filter(
            pk=OuterRef("pk"), asks_along__answered_at__isnull=False, asks_along__read_at__isnull=True
        )
    )


def list_open_handovers() -> QuerySet[Handover]:
    """Changes of peer that somebody still has to arrange or finish, oldest first."""
    return (
        Handover.objects.filter(status__in=["asked", "arranged", "met"])
        .select_related("mentorship__participant", "mentorship__peer__person", "next_mentorship__peer__person")
        .order_by("asked_at")
    )
