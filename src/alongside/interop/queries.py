"""Whom a file would be about, and who else may agree to it. Rows pass the same queries as pages (D2)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from alongside.people.models import Episode, Membership, Person
from alongside.people.queries import list_others_with
from alongside.privacy.queries import list_participants_visible_to
from alongside.rules.access import ACTS
from alongside.rules.exports import PEERS, TOLD_WHEN_ALONE
from alongside.workforce.models import PeerProfile
from alongside.workforce.queries import list_peers_supervised_by

from .models import ExportRequest

CHUNK = 500
"""People that are in memory at one time."""


def list_people(kind: str, scope: str, actor) -> QuerySet[Person]:
    """People whom a file of this kind and scope would be about, for this actor at this moment.

    Participants and notes: whose record the actor may open now; a director so only those opened with a reason (D3).
    Peers: those on the page of peers, and for `all` also those who left.
    """
    if kind == PEERS:
        peers = list_peers_supervised_by(actor) if scope == "now" else PeerProfile.objects.all()
        return Person.objects.filter(pk__in=peers.order_by().values("pk"))
    people = Person.objects.filter(pk__in=list_participants_visible_to(actor).values("pk"))
    if scope == "now":
        people = people.filter(Exists(Episode.objects.filter(person=OuterRef("pk")).exclude(status="closed")))
    return people


def iter_people(kind: str, scope: str, actor) -> Iterator[list[Person]]:
    """The same people, `CHUNK` at a time. Each time it is asked anew whom the actor may see (D4)."""
    latest = None
    while True:
        people = list_people(kind, scope, actor).order_by("pk")
        chunk = list((people.filter(pk__gt=latest) if latest else people)[:CHUNK])
        if not chunk:
            return
        yield chunk
        latest = chunk[-1].pk


def list_exports(actor, limit: int = 50) -> QuerySet[ExportRequest]:
    """Files of the program that were asked for, the latest first: whoever may ask sees them all."""
    return ExportRequest.objects.select_related("asked_by", "decided_by").order_by("-asked_at")[:limit]


def get_export(export_id) -> ExportRequest | None:
    """One request of the current program."""
    return ExportRequest.objects.filter(pk=export_id).select_related("asked_by", "decided_by").first()


def count_asked_lately(actor, now: datetime | None = None) -> int:
    """How many files this account asked for in 24 hours."""
    since = (now or timezone.now()) - timedelta(hours=24)
    return ExportRequest.objects.filter(asked_by_id=actor.user_id, asked_at__gt=since).count()


def list_others_who_may_export(program_id, user_id) -> QuerySet[Membership]:
    """Roles of other active accounts that may agree to a file."""
    return list_others_with(ACTS["export_people"], program_id=program_id, but=user_id)


def list_who_is_told(program_id, user_id) -> QuerySet[Membership]:
    """Whom a file that nobody else can agree to is told: the council, and administrators (D5)."""
    return list_others_with(TOLD_WHEN_ALONE, program_id=program_id, but=user_id)


def names_of(user_ids) -> dict:
    """Account -> the name its person goes by."""
    people = Person.objects.filter(user__in={one for one in user_ids if one}).values_list("user_id", "goes_by")
    return dict(people)
