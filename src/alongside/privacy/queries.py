"""Whose record may be seen: always part of the query, never a check after it (D2)."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from alongside.people.actor import Actor
from alongside.people.models import Episode, Person
from alongside.people.names import ERASED, fold
from alongside.people.prepared import ask

from .models import Grant, KeptFrom, LimitsTold, NoDonations


def list_live_grants(now: datetime | None = None) -> QuerySet[Grant]:
    """Grants that open a record at this moment. Cover does so only while the peer it stands in for is away."""
    return list_given(now).filter(~Q(kind="cover") | _peer_is_away())


def list_given(now: datetime | None = None) -> QuerySet[Grant]:
    """Grants in force, cover too while the peer is there and it opens nothing."""
    now = now or timezone.now()
    return Grant.objects.filter(starts_at__lte=now).filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now))


def _peer_is_away() -> Exists:
    """Whether the peer of the mentorship that a grant follows from is away now.

    Mentorships and peers belong to floors above, so the way there is by name, from the person. Asked each time and not
    written down with the grant: the moment the peer is back, cover opens nothing, whoever brought them back (D4).
    """
    return Exists(
        Person.objects.filter(
            pk=OuterRef("participant_id"),
            mentorships__pk=OuterRef("source_id"),
            mentorships__peer__status="unavailable",
        )
    )


def list_participants_visible_to(actor, now: datetime | None = None) -> QuerySet[Person]:
    """Participants whose record this actor may open now.

    A coordinator: the program's. A peer: by grant (own mentorships, and cover while the peer is away). A supervisor:
    their peers' participants. A director: only by a grant with recorded words. An administrator, the council, a
    visitor: nobody's (D3).
    Nobody opens their own participant record from the staff side, and nobody that of somebody who was erased.
    """
    # Asked of each person found, instead of joined: a join would have to be made distinct over all columns again.
    served = Exists(Episode.objects.filter(person=OuterRef("pk")))
    participants = Person.objects.filter(served).exclude(pk=actor.person_id).exclude(goes_by=ERASED)
    if actor.has("coordinator"):
        return participants
    live = list_live_grants(now)
    visible = Q(pk__in=[])
    # A role that ended opens nothing more, whatever grant it left behind (D4).
    kinds = ["mentorship", "cover"] * actor.has("peer") + ["reason"] * actor.has("director")
    if kinds:
        visible |= Q(pk__in=live.filter(reader_id=actor.person_id, kind__in=kinds).values("participant_id"))
    if actor.has("supervisor"):
        visible |= Q(
            pk__in=live.filter(reader__supervisor_id=actor.person_id, kind__in=["mentorship", "cover"]).values(
                "participant_id"
            )
        )
    return participants.filter(visible)


def get_participant_visible_to(actor, person_id, now: datetime | None = None) -> Person | None:
    """One participant this actor may open, or None: the caller answers 404 either way."""
    found = list_participants_visible_to(actor, now).filter(pk=person_id)
    return found.select_related("safe_contact").first()


def show_participant(actor, person_id, now: datetime | None = None):
    """The same person as a plain row with what their record shows, or None."""
    when = {} if actor.has("coordinator") else {"now": now or timezone.now()}
    found = ask(_shown, actor.roles, me=actor.person_id, person=person_id, **when)
    return found[0] if found else None


def _shown(roles: frozenset[str], me: UUID, person: UUID, now: datetime | None = None) -> QuerySet:
    visible = list_participants_visible_to(Actor(person_id=me, roles=roles), now)
    told = Exists(LimitsTold.objects.filter(person=OuterRef("pk")))
    refused = Exists(NoDonations.objects.filter(person=OuterRef("pk"), ended_at=None))
    return (
        visible.filter(pk=person)
        .annotate(limits_are_told=told, wants_no_donations=refused)
        .values(
            "pk",
            "goes_by",
            "pronouns",
            "phone",
            "email",
            "limits_are_told",
            "wants_no_donations",
            *(f"safe_contact__{name}" for name in SHOWN_TO_REACH),
        )
    )


SHOWN_TO_REACH = (
    "person_id", "channel", "may_call", "may_text", "may_voicemail", "may_email", "from_hour", "until_hour",
    "name_to_use", "notes", "texts_stopped_at",
)  # fmt: skip


def list_who_may_see(person_id, now: datetime | None = None) -> QuerySet[Grant]:
    """The grants in force about this person, for their own privacy page."""
    return list_live_grants(now).filter(participant_id=person_id).select_related("reader", "reader__supervisor")


def list_beside(person_id: UUID) -> list[Person]:
    """The person's peer, and whoever covers for them at this moment."""
    live = list_live_grants().filter(participant_id=person_id, kind__in=["mentorship", "cover"])
    return [grant.reader for grant in live.select_related("reader").order_by("-kind", "starts_at")]


def list_standing_by(person_id, now: datetime | None = None) -> QuerySet[Grant]:
    """Cover that opens nothing now, because the peer is there: also for the person's own privacy page."""
    given = list_given(now).filter(participant_id=person_id, kind="cover")
    return given.exclude(_peer_is_away()).select_related("reader")


def list_staff_who_may_see(program_id, person_id) -> QuerySet[Person]:
    """Coordinators of the program, who may open its records; never the person themself, or from whom theirs is kept."""
    return (
        Person.objects.filter(
            user__is_active=True, user__memberships__program_id=program_id, user__memberships__role="coordinator"
        )
        .exclude(pk=person_id)
        .exclude(user__in=list_kept_from(person_id))
        .distinct()
        .order_by("goes_by_search")
    )


def list_kept_from(person_id) -> QuerySet:
    """Accounts that must not see this record, as the person wished and the program agreed (§2.26): a subquery."""
    kept = KeptFrom.objects.filter(restriction__person_id=person_id, restriction__status="agreed")
    return kept.exclude(account=None).values("account")


def find_participants(typed: str, *, but, limit: int = 20) -> list[Person]:
    """Participants whose name begins with what was typed, or has a later word that does; names only are shown."""
    wanted = fold(typed)
    if not wanted:
        return []
    named = Q(goes_by_search__startswith=wanted) | Q(goes_by_search__contains=f" {wanted}")
    people = Person.objects.filter(named, episodes__isnull=False).exclude(pk=but)
    return list(people.distinct().order_by("goes_by_search")[:limit])


def get_participant(person_id, *, but) -> Person | None:
    """One participant of the program, for somebody about to give a reason; never themself."""
    return Person.objects.filter(pk=person_id, episodes__isnull=False).exclude(pk=but).distinct().first()


def get_own_reason(reader_id, participant_id, now: datetime | None = None) -> Grant | None:
    """The reader's reason that is in force for this record, if any."""
    return list_live_grants(now).filter(reader_id=reader_id, participant_id=participant_id, kind="reason").first()
