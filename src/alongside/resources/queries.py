"""What of the directory may be read: by everybody what is shown, by staff all of it."""

from datetime import datetime, tzinfo
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from alongside.rules.resources.hours import is_open, unpack
from alongside.rules.resources.needs import NEEDS
from alongside.rules.resources.search import Asked

from .bits import GROUP_BITS, LANGUAGE_BITS, NEED_BITS, to_bits
from .models import Feed, ListFile, Report, Resource

LISTED = ("id", "name", "organization", "summary", "status", "city", "first_number", "needs", "hours", "checked_on",
          "changed_on", "came_at", "feed", "found_at")  # fmt: skip
"""Columns that a row of a list shows."""


def search(asked: Asked) -> QuerySet[Resource]:
    """What is shown and fits, best first: named so, named after that need, saying so, for a need that is meant.

    Where somebody names a place, what has no place of its own, such as a telephone line, comes last and stays in.
    """
    found = Resource.objects.filter(is_shown=True)
    order: list = []
    meant = asked.spoken | ({asked.need} & NEEDS.keys())
    after_need = Q()
    for word in (word for code in meant for word in NEEDS[code].words):
        after_need |= Q(sort_name__contains=word)
    said, named = Q(), Q()
    if asked.words or asked.spoken:
        for word in asked.words:
            said &= Q(searched__contains=f" {word}")
            named &= Q(sort_name__contains=word)
        bits = to_bits(asked.spoken, NEED_BITS)
        found = found.annotate(spoken=F("needs").bitand(bits))
        found = found.filter(said | Q(spoken__gt=0) if bits else said)
    for code, column, places in (
        (asked.need, "needs", NEED_BITS), (asked.group, "groups", GROUP_BITS),
        (asked.language, "languages", LANGUAGE_BITS),
    ):  # fmt: skip
        if code in places:
            found = found.annotate(**{f"{column}_hit": F(column).bitand(to_bits([code], places))})
            found = found.filter(**{f"{column}_hit__gt": 0})
    if asked.age is not None:  # what says nothing of ages takes them all
        found = found.filter(Q(from_age=None) | Q(from_age__lte=asked.age))
        found = found.filter(Q(until_age=None) | Q(until_age__gte=asked.age))
    if asked.is_free:
        found = found.filter(is_free=True)
    order.append(_rank((named, 0), (after_need, 1), (said, 2), other=3))
    if asked.place:
        there = Q()
        for word in asked.place:
            there &= Q(found_at__contains=f" {word}")
        found = found.filter(there | Q(found_at=""))
        order.insert(0, _rank((Q(found_at=""), 1), other=0))
    return found.order_by(*order, "sort_name", "pk").only(*LISTED)


def _rank(*ranks: tuple[Q, int], other: int) -> Case:
    whens = [When(condition, then=Value(rank)) for condition, rank in ranks if condition]
    return Case(*whens, default=Value(other), output_field=IntegerField()) if whens else Value(0)


def list_open(found: QuerySet[Resource], at: datetime, zone: tzinfo) -> list[UUID]:
    """Ids of those that are open at a moment, in their order."""
    rows = found.values_list("pk", "hours")
    return [key for key, hours in rows if hours and is_open([unpack(one) for one in hours], at, zone)]


def get_shown(resource_id: UUID) -> Resource | None:
    """One that everybody may see, with all that is known of it."""
    return get_any(resource_id, is_shown=True)


def get_any(resource_id: UUID, **narrower) -> Resource | None:
    """One of this program, shown or not."""
    return Resource.objects.select_related("record", "feed").filter(pk=resource_id, **narrower).first()


def get_shown_twin(resource_id: UUID) -> Resource | None:
    """Of one that is a copy: the row of the same place that is shown in its stead."""
    world_id = Resource.objects.filter(pk=resource_id, is_copy=True).values_list("world_id", flat=True).first()
    return Resource.objects.filter(world_id=world_id, is_shown=True).only("pk").first() if world_id else None


def list_other_sources(resource: Resource) -> list[str]:
    """Names of other lists that have this place too."""
    if resource.world_id is None:
        return []
    twins = Resource.objects.filter(world_id=resource.world_id, is_copy=True, feed__isnull=False)
    return list(twins.order_by("feed__name").values_list("feed__name", flat=True))


def list_feeds() -> QuerySet[Feed]:
    """Lists that came in or have an address, with how many of their resources are listed and how many not any more."""
    return (
        Feed.objects.exclude(imported_at__isnull=True, url="")
        .annotate(
            listed=Count("resources", filter=Q(resources__is_listed=True)),
            gone=Count("resources", filter=Q(resources__is_listed=False)),
            held=Count("resources", filter=Q(resources__is_held=True)),
        )
        .order_by("name")
    )


def get_feed(feed_id: UUID) -> Feed | None:
    """One of them, with the same counts."""
    return list_feeds().filter(pk=feed_id).first()


def list_kept(which: str) -> QuerySet[Resource]:
    """For staff: `own` written here, `held` where a list says something newer, `gone` no longer listed."""
    narrower = {
        "own": Q(feed__isnull=True, is_listed=True), "held": Q(is_held=True), "gone": Q(is_listed=False),
    }[which]  # fmt: skip
    return Resource.objects.filter(narrower).select_related("feed").order_by("sort_name", "pk").defer("searched")


def list_files() -> QuerySet[ListFile]:
    """Files on their way in, without what is in them."""
    files = ListFile.objects.filter(status="previewed").select_related("feed").order_by("-sent_at")
    return files.defer("content", "problems", "refused")


def list_reports(status: str) -> QuerySet[Report]:
    """Reports in one state, the oldest first."""
    return Report.objects.filter(status=status).select_related("resource", "settled_by").order_by("made_at", "pk")


def count_waiting(resource: Resource) -> int:
    """How many open reports there are about one."""
    return Report.objects.filter(resource=resource, status="open").count()


def count_open_reports() -> int:
    """How many wait."""
    return Report.objects.filter(status="open").count()
