"""Which other lists have the meetings that are shown, asked for all of a page at once."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from alongside.rules.meetings.alike import NEAR_MILES, Listed, Other, find_others, fold_name
from alongside.rules.meetings.places import cells_around, key_of

from .models import Feed, Meeting, Slot

MOST = 1_000
"""Rows of these names and days near these places: more than any page has."""


def find_twins(meetings: Sequence[Meeting]) -> dict[UUID, list[tuple[Feed, Other]]]:
    """Meeting -> the other lists that have it too, with what they say otherwise. One question, whatever is shown."""
    own = [_listed(row, row.feed, day, row.starts) for row in meetings if row.starts is not None for day in row.days]
    if not own:
        return {}
    cells = {cell for one in own if one.point for cell in cells_around(*one.point, NEAR_MILES)}
    rows = (
        Slot.objects.filter(name_key__in={one.name_key for one in own}, day__in={one.day for one in own})
        # Those without a point of their own are compared by their streets, wherever they were put.
        .filter(Q(cell__in=cells) | ~Q(city_key="", postal_key="") | Q(is_in_person=False))
        .select_related("meeting__feed")
        .defer("meeting__raw", "meeting__feed__counts", "meeting__feed__refusals", "meeting__feed__meanings")
        .order_by("pk")[:MOST]
    )
    among, feeds = [], {}
    for slot in rows:
        feeds[slot.meeting.feed_id] = slot.meeting.feed
        among.append(_listed(slot.meeting, slot.meeting.feed, slot.day, slot.starts))
    found: dict[UUID, list[tuple[Feed, Other]]] = {}
    for one in own:
        for other in find_others(one, among):
            found.setdefault(one.meeting_id, []).append((feeds[other.feed_id], other))
    return found


def _listed(row: Meeting, feed: Feed, day: int, starts: int) -> Listed:
    # Of one that is online alone a place says only whom it is for.
    has_door = row.is_in_person or not row.is_online
    point = (row.latitude, row.longitude) if has_door and row.latitude is not None else None
    street = key_of(f"{row.address.split(',')[0]} {row.city}") if has_door and row.address else ""
    fellowship = row.fellowship or feed.fellowship
    return Listed(row.pk, feed.pk, fold_name(row.name), fellowship, day, starts, point, street, row.online_url)
