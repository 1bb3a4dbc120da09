"""Which meetings somebody looks for: a few bounded queries over `Slot`, in the order in which they come.

A search is answered window by window (`rules.meetings.times`): what is on, the rest of today, tomorrow, the rest of the
week. It stops as soon as a page is full, so that its cost does not grow with what comes after.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from heapq import merge, nsmallest
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet
from django.db.models.lookups import LessThanOrEqual
from django_scopes import get_scope

from alongside.rules.meetings.kinds import SECULAR_TYPE
from alongside.rules.meetings.places import MILES_PER_DEGREE, WIDENED, cells_around, miles_between, shrink
from alongside.rules.meetings.times import Window, day_of, group_zones, is_in, minutes_ahead, next_moments

from .changes import Change, list_changes
from .models import NO_CELL, NO_DAY, OWN, Feed, Meeting, Slot
from .nearest import COLUMNS, list_nearest

PER_PAGE = 20
LONG = tuple(f"meeting__feed__{name}" for name in ("counts", "refusals", "meanings"))
"""What a list of meetings has no use for, and would read with each row."""
FURTHEST_PAGE = 20
AT_HAND, SOON_AT_HAND = ("now", "tonight", "today"), timedelta(hours=36)
"""What is asked for of this day or night is never next week's."""

MOST_NEAR = 20_000
"""Rows near one place that are looked at: more than any city has."""

IN_PERSON, ONLINE = "in_person", "online"
MODES = (IN_PERSON, ONLINE)


@dataclass(frozen=True)
class Search:
    """What somebody asks for. Empty means any. `near` is (latitude, longitude), never kept anywhere.

    `city_keys`, `postal_key`: the place by its names, for meetings that say no more of where they are.
    """

    when: str = "today"
    near: tuple[float, float] | None = None
    miles: int = 10
    city_keys: tuple[str, ...] = ()
    postal_key: str = ""
    mode: str = ""
    fellowship: str = ""
    kind: str = ""
    types: tuple[str, ...] = ()
    language: str = ""

    def without_place(self) -> "Search":
        """What is asked for of a meeting itself, wherever and whenever it is."""
        return replace(self, when="", near=None, miles=0, city_keys=(), postal_key="")

    @property
    def has_place(self) -> bool:
        """Whether somebody asked for a place, by its point or by its names."""
        return bool(self.near or self.city_keys or self.postal_key)


@dataclass(frozen=True)
class Found:
    """A meeting with the time at which it is next; `miles` from where somebody asked, None where nobody can say.

    `is_about`: of where it is only the city or the postal code is known, so that the miles are those to its middle.
    `change`: where this time is not the usual one.
    """

    meeting_id: UUID
    starts_at: datetime
    ends_at: datetime
    miles: float | None
    is_about: bool = False
    meeting: Meeting | None = None
    change: Change | None = None

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
    feeds = {feed.pk: feed for feed in Feed.objects.filter(is_on=True).defer("counts", "refusals", "meanings")}
    groups = group_zones((zone for feed in feeds.values() for zone in feed.zones), search.when, now)
    # Only what is written here shows a group whose times are moved or called off.
    changed = Changed.known(now) if any(feed.way == OWN for feed in feeds.values()) else Changed({})
    skip = (min(max(page, 1), FURTHEST_PAGE) - 1) * PER_PAGE
    some: list[Found] = []
    miles = search.miles if search.near else 0
    if search.has_place:
        named = _rows_named(search, {window.day for windows in groups for window in windows})
        for miles in _reaches(search):
            # A later page is as far as the first: the first that is not empty from its beginning.
            if found := _near(search, miles, named, groups, changed, now, skip + PER_PAGE + 1):
                some = found[skip:]
                break
    else:
        ways: list[Iterable[Found]] = [
            _in_order(search, windows, names if len(groups) > 1 else [], changed, now, skip + PER_PAGE + 1)
            for windows, names in groups.items()
        ]
        ways.append(_moved(search, _asked(search), groups, changed, now))
        some = list(islice(merge(*ways, key=lambda one: one.starts_at), skip, skip + PER_PAGE + 1))
    return Page(tuple(_with_meetings(some[:PER_PAGE], feeds)), len(some) > PER_PAGE, miles)


@dataclass(frozen=True)
class Changed:
    """Single times that are not as the week says: called off or moved, by meeting and the day by the week."""

    by_day: Mapping[tuple[UUID, date], Change]

    @classmethod
    def known(cls, now: datetime) -> "Changed":
        """Of meetings of our own."""
        rows = list(Meeting.objects.filter(shows__isnull=False, gone_at__isnull=True).only("shows"))
        changes = list_changes(rows, get_scope()["program"], now) if rows else {}
        return cls({(key, one.on_day): one for key, found in changes.items() for one in found})

    @property
    def moved(self) -> list[tuple[UUID, Change]]:
        """Those that take place at another time."""
        return [(key, one) for (key, _day), one in self.by_day.items() if one.begins and one.until]

    def holds(self, row: tuple, now: datetime) -> bool:
        """Whether the next time of a slot is one of these: then it is not found there."""
        if not self.by_day:
            return False
        meeting_id, day, starts, ends, zone = row[:5]
        begins, _until = next_moments(day, starts, ends, ZoneInfo(zone), now)
        return (meeting_id, begins.date()) in self.by_day


def _moved(
    search: Search, asked: QuerySet[Slot], groups: Mapping[tuple[Window, ...], list[str]], changed: Changed,
    now: datetime,
) -> list[Found]:  # fmt: skip
    """Those that fit and were moved to a time that is asked for, by that time."""
    moved = changed.moved
    rows = asked.filter(meeting_id__in={key for key, _change in moved}).exclude(day=NO_DAY) if moved else ()
    slots = {row[0]: row for row in rows.values_list(*COLUMNS)} if moved else {}
    found = []
    for key, change in moved:
        if key not in slots or change.begins is None or change.until is None:
            continue
        zone = ZoneInfo(slots[key][4])
        here = change.begins.astimezone(zone)
        day, starts = day_of(here.date()), here.hour * 60 + here.minute
        ends = starts + int((change.until - change.begins).total_seconds() // 60)
        windows = next((windows for windows, zones in groups.items() if zone.key in zones), ())
        is_next = next_moments(day, starts, ends, zone, now)[0] == change.begins  # and not one of a later week
        if is_next and is_in(windows, day, starts, ends):
            row = (key, day, starts, ends, *slots[key][4:])
            found.append(replace(_found(row, search.near, now), change=change))
    return _in_time(search, found, now)


def _reaches(search: Search) -> tuple[int, ...]:
    """How far to look, one after the other; a place that only its name tells has no distance."""
    if not search.near:
        return (0,)
    return (search.miles, *(wider for wider in WIDENED if wider > search.miles))


@dataclass(frozen=True)
class WithoutTime:
    """Some of those that have no time, and how many there are in all."""

    meetings: tuple[Meeting, ...]
    total: int


def list_without_time(search: Search, *, miles: int | None = None, page: int = 1) -> WithoutTime:
    """Those by appointment, or whose time nobody wrote down, by name. `miles`: as far as the others were looked for."""
    places = [*_around(search, search.miles if miles is None else miles), *_named(search)]
    slots = _asked(search).filter(day=NO_DAY)
    if places:
        slots = slots.filter(_any_of(places))
    skip = (min(max(page, 1), FURTHEST_PAGE) - 1) * PER_PAGE
    rows = slots.order_by("meeting__name", "pk").select_related("meeting__feed").defer("meeting__raw", *LONG)
    some = [slot.meeting for slot in rows[skip : skip + PER_PAGE]]
    # Where a page is not full, its end is known.
    is_end = len(some) < PER_PAGE and (some or not skip)
    total = skip + len(some) if is_end else slots.count()
    return WithoutTime(tuple(some), total)


def has_placeless() -> bool:
    """Whether there are meetings one can go to that nobody near can be shown: only a city's name tells where."""
    return Slot.objects.filter(cell=NO_CELL, is_in_person=True).exclude(city_key="", postal_key="").exists()


def _rows_named(search: Search, days: Collection[int]) -> list[tuple]:
    """Rows of these days of which only the name of the place is known: they are as far in every circle.

    Few are; asked for their hours too, a database would rather look through all of these hours.
    """
    return [
        row
        for place in _named(search)
        for row in _asked(search).filter(place, day__in=list(days)).values_list(*COLUMNS)[:MOST_NEAR]
    ]


def _near(
    search: Search, miles: int, named: list[tuple], groups: Mapping[tuple[Window, ...], list[str]], changed: Changed,
    now: datetime, most: int,
) -> list[Found]:  # fmt: skip
    """The first ones near a place: the database looks through them and puts them in order, in one or two questions.

    `named`: those that are near by their names, whatever the circle: few, so they are put in order here.
    """
    windows_of = {zone: windows for windows, zones in groups.items() for zone in zones}
    clocks = {zone: now.astimezone(ZoneInfo(zone)) for zone in windows_of}
    here = {zone: (day_of(clock.date()), clock.hour * 60 + clock.minute) for zone, clock in clocks.items()}
    kept: list[tuple[int, UUID, tuple]] = []
    # Of a busy place the first windows fill a page; only where they do not, the rest of the week is looked through.
    for part in (slice(0, 2), slice(2, None)):
        wanted = {zone: windows[part] for zone, windows in windows_of.items() if windows[part]}
        if not wanted:
            break
        rows = [
            (minutes_ahead(*row[1:4], *here[row[4]]), row)
            for row in named if row[4] in wanted and is_in(wanted[row[4]], *row[1:4])
        ]  # fmt: skip
        if search.near:
            found = list_nearest(
                _asked, search.without_place(), cells=cells_around(*search.near, miles), near=search.near,
                shrunk=shrink(search.near[0]), reach=miles / MILES_PER_DEGREE, wanted=wanted, here=here,
                most=most + len(changed.by_day),
            )  # fmt: skip
            rows += [(row[0], row[1:]) for row in found]
        kept += [(ahead, row[0], row) for ahead, row in rows if not changed.holds(row, now)]
        if len(kept) >= most:
            break
    first_ones = nsmallest(most, kept, key=lambda one: one[:2])
    moved = []
    if changed.moved:
        there = _asked(search).filter(_any_of([*_around(search, miles), *_named(search)]))
        moved = _moved(search, there, groups, changed, now)
    return _in_time(search, [*(_found(row, search.near, now) for _ahead, _id, row in first_ones), *moved], now)[:most]


def _in_time(search: Search, found: list[Found], now: datetime) -> list[Found]:
    """In order of their moments. Windows go by the clock on the wall; when clocks change, this puts it right."""
    if search.when in AT_HAND:
        found = [one for one in found if one.starts_at <= now + SOON_AT_HAND]
    return sorted(found, key=lambda one: (one.starts_at, one.meeting_id))


def _in_order(
    search: Search, windows: tuple[Window, ...], zones: list[str], changed: Changed, now: datetime, most: int
) -> Iterator[Found]:
    """What is found anywhere in zones whose clocks agree, the earliest first; asks no further than it is read."""
    asked = _asked(search)
    if zones:
        asked = asked.filter(zone__in=zones)
    for window in windows:
        # One window at a time goes along the index and stops at `most`; several in one question would all be sorted.
        slots = asked.filter(_inside(window)).order_by("starts", "pk").values_list(*COLUMNS)
        rows = [row for row in slots[: most + len(changed.by_day)] if not changed.holds(row, now)]
        yield from _in_time(search, [_found(row, None, now) for row in rows], now)


def _inside(window: Window) -> Q:
    found = Q(day=window.day, starts__gte=window.first, starts__lte=window.last)
    if window.ends_after >= 0:
        found &= Q(ends__gt=window.ends_after)
    if window.ends_by <= 2 * 1440:
        found &= Q(ends__lte=window.ends_by)
    return found


def _around(search: Search, miles: int) -> list[Q]:
    """The circle in which somebody looks; none where they do not."""
    if not search.near:
        return []
    north, east = search.near
    reach = miles / MILES_PER_DEGREE
    # A plane is near enough: half a percent off at fifty miles.
    up, across = F("latitude") - north, (F("longitude") - east) * shrink(north)
    inside = LessThanOrEqual(up * up + across * across, reach * reach)
    return [Q(cell__in=cells_around(north, east, miles)) & Q(inside)]


def _named(search: Search) -> list[Q]:
    """What says no more of where it is than the name that somebody looks for; nothing of it is in the circle."""
    ways = []
    # What lies in a cell is found there, unless the place itself is known by its name alone.
    by_name = Q(cell=NO_CELL) if search.near else Q()
    if search.city_keys:
        ways.append(Q(city_key__in=search.city_keys) & by_name)
    if search.postal_key:
        ways.append(Q(postal_key=search.postal_key) & by_name)
    return ways


def _any_of(places: list[Q]) -> Q:
    found = Q()
    for place in places:
        found |= place
    return found


def _asked(search: Search) -> QuerySet[Slot]:
    slots = Slot.objects.all()
    if search.mode == IN_PERSON:
        slots = slots.filter(is_in_person=True)
    elif search.mode == ONLINE:
        slots = slots.filter(is_online=True)
    if search.fellowship:
        slots = slots.filter(fellowship=search.fellowship)
    if search.kind == "secular":
        slots = slots.filter(Q(kind="secular") | Q(marks__contains=f" {SECULAR_TYPE} "))
    elif search.kind:
        slots = slots.filter(kind=search.kind)
    for code in (*search.types, *([f"lang:{search.language}"] if search.language else [])):
        slots = slots.filter(marks__contains=f" {code} ")
    return slots


def _found(row: tuple, near: tuple[float, float] | None, now: datetime) -> Found:
    meeting_id, day, starts, ends, zone, north, east, is_about = row
    begins, until = next_moments(day, starts, ends, ZoneInfo(zone), now)
    miles = miles_between(near, (north, east)) if near and north is not None else None
    return Found(meeting_id, begins, until, miles, is_about)


def _with_meetings(some: list[Found], feeds: Mapping[UUID, Feed]) -> Iterator[Found]:
    meetings = Meeting.objects.defer("raw").in_bulk([one.meeting_id for one in some])
    for one in some:
        meetings[one.meeting_id].feed = feeds[meetings[one.meeting_id].feed_id]
        yield replace(one, meeting=meetings[one.meeting_id])
