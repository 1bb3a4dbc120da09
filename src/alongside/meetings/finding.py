"""Which meetings somebody looks for: a few bounded queries over `Slot`, in the order in which they come.

A search is answered window by window (`rules.meetings.times`): what is on, the rest of today, tomorrow, the rest of the
week. It stops as soon as a page is full, so that its cost does not grow with what comes after.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from alongside.rules.meetings.places import MILES_PER_DEGREE, WIDENED, cells_around, miles_between, shrink
from alongside.rules.meetings.times import Window, group_zones, next_moments

from .models import NO_DAY, Feed, Meeting, Slot

PER_PAGE = 20
FURTHEST_PAGE = 20
AT_ONCE = 5
"""Windows asked together after the first ones."""

AT_HAND, SOON_AT_HAND = ("now", "tonight", "today"), timedelta(hours=36)
"""What is asked for of this day or night is never next week's."""

IN_PERSON, ONLINE = "in_person", "online"
MODES = (IN_PERSON, ONLINE)
COLUMNS = ("meeting_id", "day", "starts", "ends", "zone", "latitude", "longitude")


@dataclass(frozen=True)
class Search:
    """What somebody asks for. Empty means any. `near` is (latitude, longitude), never kept anywhere."""

    when: str = "today"
    near: tuple[float, float] | None = None
    miles: int = 10
    mode: str = ""
    fellowship: str = ""
    kind: str = ""
    types: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True)
class Found:
    """A meeting with the time at which it is next; `miles` from where somebody asked, None where nobody can say."""

    meeting_id: UUID
    starts_at: datetime
    ends_at: datetime
    miles: float | None
    meeting: Meeting | None = None

    def is_on(self, now: datetime) -> bool:
        """Whether it has begun."""
        return self.starts_at <= now


@dataclass(frozen=True)
class Page:
    """Some of what was found, in order of time, and whether there is more. `miles`: how far it was looked."""

    found: tuple[Found, ...]
    has_more: bool
    miles: int


def find(search: Search, now: datetime, *, page: int = 1) -> Page:
    """A page of what there is. Where nothing is near, it looks further by itself and says how far.

    `page` from 1 to `FURTHEST_PAGE`. Raises KeyError for an unknown `when`. The program must be in scope.
    """
    zones = {zone for zones in Feed.objects.filter(is_on=True).values_list("zones", flat=True) for zone in zones}
    groups = group_zones(zones, search.when, now)
    skip = (min(max(page, 1), FURTHEST_PAGE) - 1) * PER_PAGE
    radii = [search.miles, *(wider for wider in WIDENED if wider > search.miles)] if search.near else [0]
    some: list[Found] = []
    for miles in radii:
        ways = [_in_order(search, miles, windows, names, len(groups) > 1, now, skip + PER_PAGE + 1)
                for windows, names in groups.items()]  # fmt: skip
        some = list(islice(merge(*ways, key=lambda one: one.starts_at), skip, skip + PER_PAGE + 1))
        if some or page > 1:
            break
    return Page(tuple(_with_meetings(some[:PER_PAGE])), len(some) > PER_PAGE, miles)


def list_without_time(search: Search, most: int = PER_PAGE) -> list[Meeting]:
    """Those by appointment, or whose time nobody wrote down, by name."""
    found = _asked(search, search.miles).filter(day=NO_DAY).order_by("meeting__name", "pk")
    slots = found.select_related("meeting__feed").defer("meeting__raw")[:most]
    return [slot.meeting for slot in slots]


def _in_order(
    search: Search, miles: int, windows: tuple[Window, ...], zones: list[str], by_zone: bool, now: datetime, most: int
) -> Iterator[Found]:
    """What is found in zones whose clocks agree, the earliest first; asks no further than it is read."""
    asked = _asked(search, miles)
    if by_zone:
        asked = asked.filter(zone__in=zones)
    for some in _chunks(windows):
        rows = list(_of_windows(asked, some).values_list(*COLUMNS)[:most])
        found = [_found(row, search.near, now) for row in rows]
        # Windows go by the clock on the wall; in the night when clocks change, the moments put it right.
        if search.when in AT_HAND:
            found = [one for one in found if one.starts_at <= now + SOON_AT_HAND]
        yield from sorted(found, key=lambda one: (one.starts_at, one.meeting_id))


def _chunks(windows: tuple[Window, ...]) -> Iterator[tuple[Window, ...]]:
    yield windows[:2]
    if windows[2:3]:
        yield windows[2:3]
    for first in range(3, len(windows), AT_ONCE):
        yield windows[first : first + AT_ONCE]


def _of_windows(asked: QuerySet[Slot], windows: tuple[Window, ...]) -> QuerySet[Slot]:
    if len(windows) == 1:
        return asked.filter(_inside(windows[0])).order_by("starts", "pk")
    inside = Q()
    for window in windows:
        inside |= _inside(window)
    place = Case(
        *(When(_inside(window), then=Value(number)) for number, window in enumerate(windows)),
        output_field=IntegerField(),
    )
    days = sorted({window.day for window in windows})
    return asked.filter(inside, day__in=days).order_by(place, "starts", "pk")


def _inside(window: Window) -> Q:
    found = Q(day=window.day, starts__gte=window.first, starts__lte=window.last)
    if window.ends_after >= 0:
        found &= Q(ends__gt=window.ends_after)
    if window.ends_by <= 2 * 1440:
        found &= Q(ends__lte=window.ends_by)
    return found


def _asked(search: Search, miles: int) -> QuerySet[Slot]:
    slots = Slot.objects.all()
    if search.near:
        north, east = search.near
        reach = miles / MILES_PER_DEGREE
        # A plane is near enough: half a percent off at fifty miles.
        up, across = F("latitude") - north, (F("longitude") - east) * shrink(north)
        slots = slots.filter(cell__in=cells_around(north, east, miles)).alias(far=up * up + across * across)
        slots = slots.filter(far__lte=reach * reach)
    if search.mode == IN_PERSON:
        slots = slots.filter(is_in_person=True)
    elif search.mode == ONLINE:
        slots = slots.filter(is_online=True)
    if search.fellowship:
        slots = slots.filter(fellowship=search.fellowship)
    if search.kind:
        slots = slots.filter(kind=search.kind)
    for code in (*search.types, *([f"lang:{search.language}"] if search.language else [])):
        slots = slots.filter(marks__contains=f" {code} ")
    return slots


def _found(row: tuple, near: tuple[float, float] | None, now: datetime) -> Found:
    meeting_id, day, starts, ends, zone, north, east = row
    begins, until = next_moments(day, starts, ends, ZoneInfo(zone), now)
    miles = miles_between(near, (north, east)) if near and north is not None else None
    return Found(meeting_id, begins, until, miles)


def _with_meetings(some: list[Found]) -> Iterator[Found]:
    meetings = Meeting.objects.select_related("feed").defer("raw").in_bulk([one.meeting_id for one in some])
    for one in some:
        yield Found(one.meeting_id, one.starts_at, one.ends_at, one.miles, meetings[one.meeting_id])
