"""Referrals that may be seen: one's own, or those of people whose record one may open. Part of each query (D2)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, OuterRef, QuerySet, Subquery

from alongside.people.models import Program
from alongside.privacy.models import Consent
from alongside.privacy.queries import list_participants_visible_to
from alongside.resources import queries as directory
from alongside.resources.models import Resource
from alongside.rules.measures import Figure
from alongside.rules.referrals import OPEN, Way, names_them, time_to_first_contact
from alongside.rules.resources.search import ask

from .models import Incoming, Referral, ReferralPage

MOST = 50
FOUND = 12
"""Places that one choice shows."""
FIGURE_DAYS = 365


def list_of(person_id: UUID) -> list[Referral]:
    """All of somebody, open ones first, for themself or for who may open their record (asked before)."""
    found = with_page(Referral.objects.filter(person_id=person_id).select_related("consent", "resource"))
    return list(found.order_by(F("ended_at").desc(nulls_first=True), "-requested_at", "pk")[:MOST])


def get_own(person_id: UUID, referral_id: UUID) -> Referral | None:
    """One of the person's own, or None: the caller answers 404."""
    return _whole().filter(person_id=person_id, pk=referral_id).first()


def get_visible_to(actor, referral_id: UUID) -> Referral | None:
    """One of somebody whose record this actor may open now, or None."""
    return _whole().filter(pk=referral_id, person__in=list_participants_visible_to(actor)).first()


def list_open_visible_to(actor, *, to_send: bool = False) -> QuerySet[Referral]:
    """Open ones of people this actor may see, those first that somebody should look at. Where to, is not read here.

    `to_send`: signed for, and nobody was told yet.
    """
    found = Referral.objects.filter(status__in=OPEN, person__in=list_participants_visible_to(actor))
    if to_send:
        found = found.filter(way="told", sent_at=None, consent__status="active")
    found = found.select_related("person", "consent").only(
        "person__goes_by", "consent__status", "way", "need", "status", "reason", "requested_at", "sent_at", "look_on",
    )  # fmt: skip
    return with_page(found).order_by("look_on", "requested_at", "pk")


def list_due_visible_to(actor, today: date) -> QuerySet[Referral]:
    """Open ones whose day has come, of people this actor may see: for counting."""
    mine = Referral.objects.filter(person__in=list_participants_visible_to(actor))
    return mine.filter(status__in=OPEN, look_on__lte=today)


def with_page(found: QuerySet[Referral]) -> QuerySet[Referral]:
    """The same, each with the state of its latest page as `page_status`."""
    latest = ReferralPage.objects.filter(referral=OuterRef("pk")).order_by("-made_at", "-pk")
    return found.annotate(page_status=Subquery(latest.values("link__status")[:1]))


def _whole() -> QuerySet[Referral]:
    return with_page(Referral.objects.select_related("consent", "resource__record", "person__program"))


def find_places(need: str, words: str) -> list[Resource]:
    """Places of the directory for a need and words, best first."""
    asked = ask(words=words, place="", need=need, group="", language="", is_open=False)
    return list(directory.search(asked)[:FOUND]) if not asked.is_everything else []


def measure(program: Program, now: datetime) -> Figure:
    """The time to first contact of what was asked for in the latest year, fit to show (small cells hidden)."""
    today = now.astimezone(ZoneInfo(program.time_zone)).date()
    return time_to_first_contact(list_ways(program, today - timedelta(days=FIGURE_DAYS)))


def list_ways(program: Program, since: date | None) -> Iterator[Way]:
    """Ways of a program asked for from a day on, or all, as the figure takes them. Nothing of where to is read."""
    zone = ZoneInfo(program.time_zone)
    found = Referral.objects.order_by()
    if since is not None:
        found = found.filter(requested_at__gte=datetime.combine(since, time.min, tzinfo=zone))
    rows = found.values_list("requested_at", "in_touch_on", "status", "person_id")
    for asked_at, met_on, status, person_id in rows.iterator():
        yield Way(asked_at.astimezone(zone).date(), met_on, status in OPEN, person_id)


def list_incoming(status: str) -> QuerySet[Incoming]:
    """What others refer in, in one state: new ones the oldest first."""
    return Incoming.objects.filter(status=status).order_by("received_at" if status == "received" else "-received_at")


def count_incoming() -> int:
    """How many wait."""
    return Incoming.objects.filter(status="received").count()


def get_incoming(incoming_id: UUID) -> Incoming | None:
    """One of this program."""
    whole = Incoming.objects.select_related("inquiry__person", "program", "link__disclosure", "link__person")
    return whole.defer("link__content").filter(pk=incoming_id).first()


def list_permissions_for(incoming: Incoming) -> list[Consent]:
    """Live permissions of the person that name who referred them and by which their being here may be told."""
    person_id = incoming.inquiry.person_id if incoming.inquiry else None
    if person_id is None:
        return []
    live = Consent.objects.filter(person_id=person_id, status="active").order_by("-signed_at")[:MOST]
    who = (incoming.from_name, incoming.from_place)
    return [one for one in live if "being_here" in one.items and names_them(one.recipient or "", *who)]
