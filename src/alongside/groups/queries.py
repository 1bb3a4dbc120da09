"""What may be read of groups. Who may open somebody's record is asked of `privacy.queries`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet

from alongside.audit.fields import sealed_fields
from alongside.people.models import Boundary, Person, Program
from alongside.people.queries import kinds_of
from alongside.people.turns import place_in_line
from alongside.rules.groups import Change, Known, Series, Session, is_day, is_for, list_sessions

from .models import OPEN_PLACES, Came, Group, GroupPlace, GroupSession, Leader

AHEAD = timedelta(days=70)
"""How far ahead a page looks for the next times: two of a group that meets once a month."""
BEHIND = timedelta(days=35)
NAME_ONLY = [f"person__{name}" for name in sealed_fields(Person)]


# --- groups -------------------------------------------------------------------------------------------------------
def _with_leaders(groups: QuerySet[Group]) -> QuerySet[Group]:
    leaders = Leader.objects.select_related("person").defer(*NAME_ONLY).order_by("person__goes_by_search")
    return groups.prefetch_related(Prefetch("leaders", queryset=leaders))


def list_groups_led_by(actor) -> QuerySet[Group]:
    """A peer's own groups, a supervisor's peers' groups, a coordinator's whole program; ended ones last."""
    groups = Group.objects.all()
    if not actor.has("coordinator"):
        mine = Q(pk__in=[])
        if actor.has("peer"):
            mine |= Q(leaders__person_id=actor.person_id)
        if actor.has("supervisor"):
            mine |= Q(leaders__person__supervisor_id=actor.person_id)
        groups = groups.filter(pk__in=Group.objects.filter(mine).values("pk"))
    return _with_leaders(groups).order_by("-status", "name_en", "name_es", "pk")


def get_group_led_by(actor, group_id: UUID) -> Group | None:
    """One of them, or None: the caller answers 404."""
    return list_groups_led_by(actor).filter(pk=group_id).first()


def is_leader(actor, group: Group) -> bool:
    """Whether the acting peer leads this group: they write its note."""
    return actor.has("peer") and actor.person_id in {one.person_id for one in group.leaders.all()}


def list_groups_open_to(person_id: UUID) -> list[Group]:
    """Groups somebody may join: for why they are here, and led by nobody whom they are kept apart from (D7).

    What is left out leaves no trace. Those they have a place in are there too, whatever was decided since: nobody is
    on a list that they do not see and cannot leave.
    """
    kinds = kinds_of(person_id)
    apart = Boundary.objects.filter(
        Q(person_id=person_id, other_id=OuterRef("person_id")) | Q(other_id=person_id, person_id=OuterRef("person_id"))
    )
    kept_apart = Leader.objects.filter(Exists(apart), group=OuterRef("pk"))
    leads = Leader.objects.filter(person_id=person_id, group=OuterRef("pk"))
    own = GroupPlace.objects.filter(person_id=person_id, group=OuterRef("pk"), status__in=OPEN_PLACES)
    groups = Group.objects.exclude(status="ended").annotate(is_own=Exists(own))
    groups = groups.filter(Q(is_own=True) | Q(~Exists(kept_apart), ~Exists(leads)))
    found = _with_leaders(groups).order_by("name_en", "name_es", "pk")
    return [group for group in found if group.is_own or is_for(group.for_whom, kinds)]


def is_apart(person_id: UUID, others: Iterable[UUID]) -> bool:
    """Whether somebody is kept apart from one of these people."""
    return person_id in list_apart(others)


def list_apart(others: Iterable[UUID]) -> set[UUID]:
    """Everybody who is kept apart from one of these people."""
    others = set(others)
    found = Boundary.objects.filter(Q(other_id__in=others) | Q(person_id__in=others))
    pairs = found.values_list("person_id", "other_id")
    return {one for pair in pairs for one, two in (pair, pair[::-1]) if two in others}


@dataclass(frozen=True)
class MeetApart:
    """Two who are to be kept apart and meet in one group: both have a place, or one leads it. For coordinators only."""

    one: Person
    other: Person
    leads: bool


def list_meeting_apart(groups: Iterable[Group], but: UUID | None = None) -> dict[UUID, list[MeetApart]]:
    """Where people who are to be kept apart meet, by the group's id. As many queries for many groups as for one.

    Neither is told, and no place ends by it: that would say that the other is there. Somebody has to know; `but` not
    whoever is one of the two.
    """
    ids = [group.pk for group in groups if group.status != "ended"]
    holding, leading = (
        set(rows.values_list("group_id", "person_id"))
        for rows in (GroupPlace.objects.filter(group__in=ids, status="held"), Leader.objects.filter(group__in=ids))
    )
    groups_of: dict[UUID, set[UUID]] = {}
    for group_id, person_id in holding | leading:
        groups_of.setdefault(person_id, set()).add(group_id)
    pairs = Boundary.objects.filter(person__in=list(groups_of), other__in=list(groups_of))
    found: dict[UUID, list[MeetApart]] = {}
    pairs = pairs.exclude(Q(person=but) | Q(other=but)) if but else pairs
    names = [*NAME_ONLY, *(f"other__{name}" for name in sealed_fields(Person))]
    for pair in pairs.select_related("person", "other").defer("kind", *names).order_by("recorded_at", "pk"):
        for group_id in groups_of[pair.person_id] & groups_of[pair.other_id]:
            led = {(group_id, pair.person_id), (group_id, pair.other_id)} & leading
            found.setdefault(group_id, []).append(MeetApart(pair.person, pair.other, bool(led)))
    return found


# --- places -------------------------------------------------------------------------------------------------------
def list_open_places(group: Group) -> list[GroupPlace]:
    """Those who have a place, by name, then those who wait, in their order."""
    found = GroupPlace.objects.filter(group=group, status__in=OPEN_PLACES).select_related("person").defer(*NAME_ONLY)
    places = list(found.order_by("asked_at", "pk"))
    held = sorted((one for one in places if one.status == "held"), key=lambda one: one.person.goes_by_search)
    return [*held, *(one for one in places if one.status == "waiting")]


def list_holding(group: Group) -> QuerySet:
    """Ids of those who have a place now."""
    return GroupPlace.objects.filter(group=group, status="held").values_list("person_id", flat=True)


def list_own_places(person_id: UUID) -> dict[UUID, GroupPlace]:
    """Where somebody has a place or waits for one, by the group's id."""
    return {one.group_id: one for one in GroupPlace.objects.filter(person_id=person_id, status__in=OPEN_PLACES)}


def get_own_place(person_id: UUID, group_id: UUID) -> GroupPlace | None:
    """Somebody's place in a group that goes on, or their turn on its list."""
    found = GroupPlace.objects.filter(person_id=person_id, group_id=group_id, status__in=OPEN_PLACES)
    return found.exclude(group__status="ended").select_related("group").first()


def in_line(place: GroupPlace) -> int:
    """How many are served before somebody who waits, and they themself: 1 is the next."""
    return place_in_line(GroupPlace.objects.filter(group=place.group_id), place)


def known_of(places: Iterable[GroupPlace]) -> list[Known]:
    """What the rules of names need."""
    return [Known(one.person_id, one.person.goes_by, one.alias, one.shows_alias) for one in places]


def latest_by_person(group: Group) -> dict[UUID, date]:
    """The day on which each was last there."""
    rows = Came.objects.filter(session__group=group).values("person_id").annotate(latest=Max("session__day"))
    return {row["person_id"]: row["latest"] for row in rows}


# --- sessions -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Occasion:
    """One time a group meets: by the rules, and the row in which something was decided about it, if there is one."""

    group: Group
    session: Session
    row: GroupSession | None


def series_of(group: Group, program: Program) -> Series:
    """The plain series of a group, in the time zone of its program."""
    zone = ZoneInfo(program.time_zone)
    return Series(group.rhythm, group.starts_on, group.at_time, group.minutes, zone, group.until_on)


def _change(row: GroupSession) -> Change:
    return Change(row.on_day, row.status, row.day, row.at_time, row.minutes)


def list_occasions(groups: Sequence[Group], program: Program, first: date, last: date) -> dict[UUID, list[Occasion]]:
    """The times of each of these groups between two days. One query for all of them; while one rests it has none."""
    between = Q(on_day__range=(first, last)) | Q(day__range=(first, last))
    rows: dict[UUID, dict[date, GroupSession]] = {group.pk: {} for group in groups}
    for row in GroupSession.objects.filter(between, group__in=[group.pk for group in groups]):
        rows[row.group_id][row.on_day] = row
    return {group.pk: _occasions(group, program, rows[group.pk], first, last) for group in groups}


def _occasions(
    group: Group, program: Program, rows: dict[date, GroupSession], first: date, last: date
) -> list[Occasion]:
    found = list_sessions(series_of(group, program), map(_change, rows.values()), first, last)
    times = [Occasion(group, session, rows.get(session.on_day)) for session in found]
    meets = group.status == "open"
    return times if meets else [one for one in times if one.session.status == "held"]


def get_occasion(group: Group, program: Program, on_day: date) -> Occasion | None:
    """The time that the series, or what was decided, puts on this day; None when there is none."""
    row = GroupSession.objects.filter(group=group, on_day=on_day).first()
    series = series_of(group, program)
    if (row is None or row.status != "held") and (group.status != "open" or not is_day(series, on_day)):
        return None
    first = last = row.day if row else on_day
    found = list_sessions(series, [_change(row)] if row else [], min(first, on_day), max(last, on_day))
    return next((Occasion(group, one, row) for one in found if one.on_day == on_day), None)


def list_next_occasions(
    groups: Sequence[Group], program: Program, now: datetime, most: int
) -> dict[UUID, list[Occasion]]:
    """The next times of each group that are not over, called-off ones too."""
    today = now.astimezone(ZoneInfo(program.time_zone)).date()
    times = list_occasions(groups, program, today - timedelta(days=1), today + AHEAD)
    return {key: [one for one in found if one.session.ends_at > now][:most] for key, found in times.items()}


def list_latest_occasions(group: Group, program: Program, now: datetime, most: int) -> list[Occasion]:
    """The latest times that are over, newest first, for their sheets."""
    today = now.astimezone(ZoneInfo(program.time_zone)).date()
    times = list_occasions([group], program, today - BEHIND, today)[group.pk]
    return [one for one in reversed(times) if one.session.ends_at <= now][:most]


@dataclass(frozen=True)
class InCalendar:
    """One time of a group as `mentoring.calendar` takes it. Its id is made of somebody's place and the day: it lasts.

    Of the group it must not be: whoever sees two calendars would know by it that two people are in one group.
    """

    id: UUID
    on_day: date
    at_time: time
    time_zone: str
    minutes: int
    made_at: datetime
    changed_at: datetime
    sequence: int
    status: str


def for_calendar(occasion: Occasion, place: GroupPlace, program: Program) -> InCalendar:
    """One time, for whoever has this place, with nothing of what it is."""
    session, row = occasion.session, occasion.row
    return InCalendar(
        uuid5(place.pk, session.on_day.isoformat()), session.day, session.at, program.time_zone, session.minutes,
        place.asked_at, row.changed_at if row else place.asked_at, row.sequence if row else 0, session.status,
    )  # fmt: skip


# --- who came -----------------------------------------------------------------------------------------------------
def list_came(row: GroupSession | None) -> list[Came]:
    """Who was there, as far as somebody said."""
    if row is None:
        return []
    return list(Came.objects.filter(session=row).select_related("person").defer(*NAME_ONLY).order_by("at", "pk"))


def count_came(rows: Iterable[GroupSession]) -> dict[UUID, int]:
    """How many were at each session, those without a record too."""
    known = {row.pk: row.walk_ins for row in rows}
    counts = Came.objects.filter(session__in=list(known)).order_by().values("session").annotate(n=Count("pk"))
    for count in counts:
        known[count["session"]] += count["n"]
    return known


def list_came_of(person_id: UUID, most: int = 20) -> list[Came]:
    """The latest sessions somebody was at."""
    found = Came.objects.filter(person_id=person_id).select_related("session__group")
    return list(found.order_by("-at")[:most])
