"""What may be read of outings: the person's own by the person, and by their peer only what they asked about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from alongside.groups.models import GroupPlace
from alongside.groups.queries import Occasion, list_occasions
from alongside.groups.queries import for_calendar as group_for_calendar
from alongside.meetings.models import Feed, Meeting
from alongside.mentoring.models import Appointment
from alongside.mentoring.queries import list_open_mentorships, list_times
from alongside.people.models import Program
from alongside.rules.meetings.times import known_zone
from alongside.rules.outings import LISTED, find_changes, plan_left
from alongside.rules.rhythm import WEEK, Thing, Time, in_order
from alongside.rules.rhythm import list_times as times_between
from alongside.rules.wall_clock import ends_at, starts_at

from .models import Ask, Felt, Outing, Saved

MOST = 200
NO_LIST = [
    f"meeting__{name}"
    for name in ("raw", "notes", "place_notes", "flags", "own_types", "feed__refusals", "feed__meanings")
]


# --- a meeting of a list as a plain copy --------------------------------------------------------------------------
def copy_of(meeting: Meeting, feed: Feed) -> dict[str, Any]:
    """What is kept of a listed meeting, and compared later."""
    return {
        "name": meeting.name, "days": list(meeting.days), "starts": meeting.starts, "ends": meeting.ends,
        "zone": meeting.zone or feed.time_zone, "place": meeting.place, "address": meeting.address,
        "city": meeting.city, "online_url": meeting.online_url, "online_phone": meeting.online_phone,
        "source": feed.name, "fellowship": feed.fellowship, "is_in_person": meeting.is_in_person,
        "is_online": meeting.is_online, "is_closed": "TC" in meeting.types,
    }  # fmt: skip


def today_of(saved: Saved) -> dict[str, Any] | None:
    """What its list says of it now; None where it is not listed any more."""
    meeting = saved.meeting
    if meeting is None or meeting.gone_at or not meeting.feed.is_on:
        return None
    return copy_of(meeting, meeting.feed)


def whole_copy(saved: Saved) -> dict[str, Any]:
    """The saved copy with its times, as `rules.outings` compares it."""
    return saved.copy | {"days": saved.days, "starts": saved.starts, "ends": saved.ends, "zone": saved.zone}


@dataclass(frozen=True)
class Look:
    """Something saved as it was, as its list says it now, and what is other."""

    saved: Saved
    copy: dict[str, Any]
    today: dict[str, Any] | None
    changes: tuple[str, ...]

    @property
    def best(self) -> dict[str, Any]:
        """By what one goes: what the list says now, else the copy."""
        return self.today or self.copy

    def thing(self, days: Iterable[int] | None = None) -> Thing:
        """As the rules of the week take it, by what one goes by; without `days` on all its days."""
        return self._thing(self.best, self.best["days"] if days is None else days)

    def lost(self) -> Thing:
        """The planned days that its list has no longer, at the time at which it was."""
        return self._thing(self.copy, sorted(set(self.saved.plan) - set(self.best["days"])))

    def _thing(self, copy: dict[str, Any], days: Iterable[int]) -> Thing:
        zone = known_zone(copy["zone"]) or known_zone(self.saved.zone) or ZoneInfo("UTC")
        return Thing(self.saved.pk, tuple(days), copy["starts"], copy["ends"], zone)


def look_at(saved: Saved) -> Look:
    """One saved thing. Its meeting and feed come with it (`list_saved`)."""
    copy = whole_copy(saved)
    if saved.kind != LISTED:
        return Look(saved, copy, copy, ())
    today = today_of(saved)
    return Look(saved, copy, today, find_changes(copy, today))


# --- the person's own ---------------------------------------------------------------------------------------------
def _own(person_id: UUID) -> QuerySet[Saved]:
    return Saved.objects.filter(person_id=person_id).select_related("meeting__feed").defer(*NO_LIST)


def list_saved(person_id: UUID) -> list[Look]:
    """What somebody saved and did not put away, in the order of saving."""
    return [look_at(one) for one in _own(person_id).filter(put_away_at__isnull=True).order_by("saved_at", "pk")[:MOST]]


def list_put_away(person_id: UUID) -> list[Look]:
    """What somebody put away, the latest first."""
    found = _own(person_id).filter(put_away_at__isnull=False).order_by("-put_away_at", "pk")
    return [look_at(one) for one in found[:MOST]]


def get_saved(person_id: UUID, saved_id: UUID) -> Look | None:
    """One of somebody's own, also one put away; else None: the caller answers 404."""
    found = _own(person_id).filter(pk=saved_id).first()
    return look_at(found) if found else None


def get_saved_meeting(person_id: UUID, meeting_id: UUID) -> Saved | None:
    """What somebody saved of this meeting."""
    return Saved.objects.filter(person_id=person_id, meeting_id=meeting_id, put_away_at__isnull=True).first()


def get_how(saved: Saved, on_day: date) -> str:
    """What somebody said of one day, or nothing."""
    found = Outing.objects.filter(saved=saved, on_day=on_day).first()
    return found.how if found else ""


def get_felt(saved: Saved, on_day: date) -> Felt | None:
    """How one day felt, for whoever wrote it."""
    return Felt.objects.filter(saved=saved, on_day=on_day).first()


def list_marked_days(saved: Saved, most: int = 30) -> list[tuple[date, str]]:
    """Days of which somebody said or wrote something, the latest first, with what they said."""
    said = dict(Outing.objects.filter(saved=saved).order_by("-on_day").values_list("on_day", "how")[:most])
    wrote = Felt.objects.filter(saved=saved).order_by("-on_day").values_list("on_day", flat=True)[:most]
    return sorted({**dict.fromkeys(wrote, ""), **said}.items(), reverse=True)[:most]


def list_asks(saved: Saved, on_day: date) -> list[Ask]:
    """Who was asked to come along on this day, the latest first."""
    found = Ask.objects.filter(saved=saved, on_day=on_day)
    return list(found.select_related("mentorship__peer__person", "answered_by").order_by("-asked_at"))


def appointment_key(ask: Ask) -> UUID:
    """By which the time that a yes made is found, and made once (I3)."""
    return uuid5(ask.pk, "appointment")


def get_appointment(ask: Ask) -> Appointment | None:
    """The time that a yes made, while it is kept."""
    return Appointment.objects.filter(submit_key=appointment_key(ask)).first() if ask.status == "yes" else None


def list_new_answers(person_id: UUID) -> list[Ask]:
    """Answers that somebody has not had before their eyes."""
    found = Ask.objects.filter(saved__person_id=person_id, answered_at__isnull=False, read_at__isnull=True)
    found = found.select_related("saved", "mentorship__peer__person", "answered_by")
    return list(found.order_by("answered_at")[:20])


# --- the peer -----------------------------------------------------------------------------------------------------
def get_ask_to(actor, ask_id: UUID) -> Ask | None:
    """An ask in an open mentorship of the acting peer, or one they cover; what was taken back is not there any more."""
    walks = list_open_mentorships(actor).values("pk")
    found = Ask.objects.filter(pk=ask_id, mentorship__in=walks).exclude(status="taken_back")
    return found.select_related(
        "saved__meeting__feed", "saved__person", "mentorship__participant", "mentorship__peer__person"
    ).first()


# --- the week -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Entry:
    """One time of the week: of something saved (`look`), of a group, or with the peer.

    One to which the peer comes along is one entry with its appointment, as long as they are at the same time.
    """

    time: Time
    look: Look | None = None
    how: str = ""
    ask: str = ""
    occasion: Occasion | None = None
    place: GroupPlace | None = None
    """Theirs in the group whose time it is."""
    appointment: Appointment | None = None
    is_lost: bool = False
    """Planned, and its list has it on this day no longer."""

    @property
    def is_off(self) -> bool:
        """Not to be gone to, as far as this house knows: called off, moved to another day, or listed nowhere."""
        if self.occasion:
            return self.occasion.session.status == "cancelled"
        return self.is_lost or bool(self.look and {"closed", "gone"} & set(self.look.changes))


@dataclass(frozen=True)
class Week:
    """Days with what is on each, and all that is saved."""

    first: date
    entries: list[Entry]
    looks: list[Look] = field(default_factory=list)


def look_at_week(actor, program: Program, first: date, days: int = WEEK) -> Week:
    """What the person means to go to from `first` on, by the program's clock, with groups and appointments to read."""
    zone, looks = ZoneInfo(program.time_zone), list_saved(actor.person_id)
    by_key = {look.saved.pk: look for look in looks}
    planned = [look.thing(plan_left(look.saved.plan, look.best["days"])) for look in looks]
    times = [(one, False) for one in times_between(planned, first, days, zone)]
    times += [(one, True) for one in times_between((look.lost() for look in looks), first, days, zone)]
    keys = list(by_key)
    between = (first - timedelta(days=1), first + timedelta(days=days))
    outings = Outing.objects.filter(saved__in=keys, on_day__range=between)
    said = {(one.saved_id, one.on_day): one.how for one in outings}
    asks = Ask.objects.filter(saved__in=keys, on_day__range=between).exclude(status__in=["taken_back", "ended"])
    asked = {(one.saved_id, one.on_day): one for one in asks.order_by("asked_at")}
    together = _appointments(actor, first, days, zone)
    entries = []
    for one, is_lost in times:
        ask, place = asked.get((one.key, one.on_day)), (one.key, one.on_day)
        if one.on_day < by_key[one.key].saved.saved_at.astimezone(zone).date() and place not in said:
            continue  # before it was kept nobody meant to go
        key = appointment_key(ask) if ask and ask.status == "yes" else None
        same = next((two for two in together if two.appointment.submit_key == key and _is_at(two, one)), None)
        if same:
            together.remove(same)
        entries.append(
            Entry(
                one, by_key[one.key], said.get(place, ""), ask.status if ask else "",
                appointment=same.appointment if same else None, is_lost=is_lost,
            )
        )  # fmt: skip
    entries += _groups(actor.person_id, program, first, days)
    entries += together
    return Week(first, sorted(entries, key=lambda one: in_order(one.time)), looks)


def _is_at(entry: Entry, time: Time) -> bool:
    return entry.time.begins == time.begins


def _groups(person_id: UUID, program: Program, first: date, days: int) -> list[Entry]:
    held = GroupPlace.objects.filter(person=person_id, status="held").select_related("group")
    places = {place.group_id: place for place in held}
    groups = [place.group for place in places.values()]
    found = list_occasions(groups, program, first, first + timedelta(days=days - 1)) if groups else {}
    return [
        Entry(
            Time(one.group.pk, one.session.on_day, one.session.starts_at, one.session.ends_at),
            occasion=one,
            place=places[one.group.pk],
        )
        for times in found.values()
        for one in times
    ]


def _appointments(actor, first: date, days: int, zone: ZoneInfo) -> list[Entry]:
    last = first + timedelta(days=days - 1)
    found = list_times(actor, as_peer=False).exclude(status="cancelled")
    entries = []
    for one in found.filter(on_day__range=(first - timedelta(days=1), last + timedelta(days=1))):
        kept = ZoneInfo(one.time_zone)
        begins = starts_at(one.on_day, one.at_time, kept).astimezone(zone)
        until = ends_at(one.on_day, one.at_time, kept, one.minutes).astimezone(zone)
        if first <= begins.date() <= last:
            entries.append(Entry(Time(one.pk, one.on_day, begins, until), appointment=one))
    return entries


# --- the calendar -------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class InCalendar:
    """One time as `mentoring.calendar` takes it: nothing of what it is. Its id is made of the thing and the day."""

    id: UUID
    on_day: date
    at_time: Any
    time_zone: str
    minutes: int
    made_at: datetime
    changed_at: datetime
    sequence: int = 0
    status: str = "planned"


def for_calendar(entries: Sequence[Entry], program: Program) -> list[Any]:
    """All of these that have a time. Appointments and groups have the same ids as in their own files."""
    found: list[Any] = []
    for one in entries:
        if one.appointment:
            found.append(one.appointment)
        elif one.occasion and one.place:
            found.append(group_for_calendar(one.occasion, one.place, program))
        elif one.time.begins and one.time.until and one.look:
            begins, saved = one.time.begins, one.look.saved
            status = "cancelled" if one.is_off else "planned"
            found.append(
                InCalendar(
                    uuid5(saved.pk, one.time.on_day.isoformat()), begins.date(), begins.time(), program.time_zone,
                    one.time.minutes, saved.saved_at, saved.looked_at, status=status,
                )
            )  # fmt: skip
    return found
