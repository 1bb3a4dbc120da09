"""The notice in force, what somebody was told, and who has not been offered it yet (bounded)."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, Q
from django.utils import timezone

from alongside.people.models import Episode, Person

from .models import LimitsTold, Notice, NoticeOffer
from .queries import list_participants_visible_to

MOST = 50


def get_current(today: date | None = None) -> Notice | None:
    """The newest notice of the program in scope that has begun; None where none was published."""
    begun = Notice.objects.filter(effective_on__lte=today or timezone.localdate())
    return begun.order_by("-number").first()


def get_latest() -> Notice | None:
    """The newest one, also if it begins later."""
    return Notice.objects.order_by("-number").first()


def is_to_offer(person_id: UUID, today: date | None = None) -> bool:
    """Whether the notice in force was never put before this person. One query."""
    offered = Exists(NoticeOffer.objects.filter(notice=OuterRef("pk"), person_id=person_id))
    begun = Notice.objects.filter(effective_on__lte=today or timezone.localdate()).order_by("-number")
    found = begun.annotate(is_offered=offered).values_list("is_offered", flat=True).first()
    return not found


def list_never_offered(person_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these people before whom no notice was ever put. One query."""
    wanted = set(person_ids)
    return wanted - set(NoticeOffer.objects.filter(person__in=wanted).values_list("person_id", flat=True))


def list_offers(person_id: UUID) -> list[NoticeOffer]:
    """What was put before a person, the latest first."""
    found = NoticeOffer.objects.filter(person_id=person_id).select_related("notice").defer("notice__documents")
    return list(found.order_by("-offered_at")[:MOST])


def list_limits_told(person_id: UUID) -> list[LimitsTold]:
    """When a person was told the limits, the latest first."""
    return list(LimitsTold.objects.filter(person_id=person_id).order_by("-told_at")[:MOST])


def list_untold(actor, notice: Notice | None) -> list[Person]:
    """People with us now whose record this actor may open, to whom the notice or the limits are still owed.

    Each with `owes_notice`, `owes_limits` and `since`; whoever waits longest first.
    """
    offered = Exists(NoticeOffer.objects.filter(person=OuterRef("pk"), notice=notice))
    told = Exists(LimitsTold.objects.filter(person=OuterRef("pk")))
    here = Exists(Episode.objects.filter(person=OuterRef("pk")).exclude(status="closed"))
    found = list_participants_visible_to(actor).filter(here).annotate(owes_notice=~offered, owes_limits=~told)
    owed = found.filter(Q(owes_notice=True) | Q(owes_limits=True))
    return list(owed.annotate(since=Min("episodes__opened_at")).order_by("since", "pk")[:MOST])
