"""What may be read of meetings besides finding them. All of it is public, except what went wrong with a feed."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from alongside.rules.meetings.places import key_of

from .models import OWN, Feed, Meeting, NamedPlace

LONG = ("feed__counts", "feed__refusals", "feed__meanings")
"""What one meeting has no use for, and a whole list would read with each row."""

MOST_PLACES = 8
MOST_FEEDS = 200
FLAGGED_PER_PAGE = 50


def get_shown(meeting_id: UUID) -> Meeting | None:
    """A meeting that anybody may look at: listed, of a feed that is on."""
    return (
        Meeting.objects.select_related("feed")
        .defer("raw", *LONG)
        .filter(pk=meeting_id, gone_at__isnull=True, feed__is_on=True)
        .first()
    )


def get_gone(meeting_id: UUID) -> Meeting | None:
    """One that was listed here once and is not any more, for whoever kept its address."""
    return Meeting.objects.defer("raw").filter(pk=meeting_id).first()


def list_places(words: str) -> list[NamedPlace]:
    """Places of this name, else those that begin like it; those with most meetings first.

    "Portland" may be several, "Portland OR" is one, "97209" is a postal code.
    """
    key = key_of(words)
    if not key:
        return []
    exact = list(NamedPlace.objects.filter(key=key).order_by("-meetings")[:MOST_PLACES])
    return exact or list(NamedPlace.objects.filter(key__startswith=key).order_by("-meetings", "label")[:MOST_PLACES])


def list_feeds() -> list[Feed]:
    """All sources, those that are shown first, in order of their names."""
    return list(Feed.objects.defer("refusals", "meanings").order_by("-is_on", "name")[:MOST_FEEDS])


def list_sources() -> list[Feed]:
    """Those whose meetings are shown, to credit them."""
    return list(
        Feed.objects.filter(is_on=True, good_at__isnull=False)
        .defer("counts", "refusals", "meanings")
        .order_by("name")[:MOST_FEEDS]
    )


def get_feed(feed_id: UUID) -> Feed | None:
    """One source, also one that is off."""
    return Feed.objects.filter(pk=feed_id).first()


def count_shown(feed: Feed) -> int:
    """Its meetings that can be found now."""
    return Meeting.objects.filter(feed=feed, gone_at__isnull=True).count() if feed.is_on else 0


def list_flagged(feed: Feed, flag: str, page: int = 1) -> tuple[list[Meeting], int]:
    """Its listed meetings of which something is noted, by name: one page of them, and how many there are."""
    # A list of words as text: the one way in which both databases look into it.
    found = Meeting.objects.filter(feed=feed, gone_at__isnull=True).alias(noted=Cast("flags", TextField()))
    found = found.filter(noted__contains=f'"{flag}"')
    skip = (page - 1) * FLAGGED_PER_PAGE
    return list(found.defer("raw").order_by("name", "pk")[skip : skip + FLAGGED_PER_PAGE]), found.count()


def list_own() -> QuerySet[Meeting]:
    """Meetings of the program's own that are held."""
    return Meeting.objects.filter(feed__way=OWN, gone_at__isnull=True).order_by("name", "pk")


def get_own(meeting_id: UUID) -> Meeting | None:
    """One of those that is written here: what shows a group is written where the group is."""
    return list_own().filter(pk=meeting_id, shows__isnull=True).first()


def list_gone(feed: Feed, most: int = 30) -> list[Meeting]:
    """What is no longer listed there, the latest first."""
    return list(
        Meeting.objects.filter(feed=feed, gone_at__isnull=False).defer("raw").order_by("-gone_at", "name")[:most]
    )


def each_shown() -> Iterator[Meeting]:
    """Every meeting that is listed, to be written to a file."""
    rows = Meeting.objects.filter(gone_at__isnull=True, feed__is_on=True).select_related("feed").defer(*LONG)
    yield from rows.order_by("feed_id", "key").iterator(500)
