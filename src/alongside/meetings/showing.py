"""What the finder shows of a meeting: times in words, badges, who keeps it and how fresh it is."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from alongside.people.models import Program
from alongside.rules.meetings.alike import Other
from alongside.rules.meetings.times import DAY, day_of, day_run, is_stale, is_unread, known_zone, next_moments
from alongside.web.templatetags.ui import when as day_in_words

from . import wording
from .changes import Change
from .drawing import Map, draw
from .finding import Found
from .models import OWN, Feed, Meeting
from .twins import find_twins

NOTES_SHOWN = 160
NEAR_THE_MIDDLE = 3
"""Miles: nearer to the middle of a city than this says nothing about how far something in it is."""


def show_rows(found: Sequence[Found], program: Program, now: datetime) -> list[dict[str, Any]]:
    """The rows of the list, numbered as on the map."""
    twins = find_twins([one.meeting for one in found if one.meeting])
    return [
        show_meeting(one.meeting, program, now)
        | {
            "number": number, "url": reverse("meeting", args=[one.meeting_id]), "is_on": one.is_on(now),
            "day": _("On now") if one.is_on(now) else speak_day(one.starts_at, one.meeting, program, now),
            "when": speak_hours(one.starts_at, one.ends_at, one.meeting, program, now),
            "miles": _speak_miles(one),
            "changes": [speak_change(one.change, one.meeting, program, now)] if one.change else [],
            "others": [
                words for disagree in (True, False)
                for words in speak_others(twins.get(one.meeting_id, []), disagree=disagree)
            ],
        }
        for number, one in enumerate(found, 1)
        if one.meeting
    ]  # fmt: skip


def speak_change(change: Change, row: Meeting, program: Program, now: datetime) -> str:
    """That one time is called off or moved, as a sentence. Why is nobody's business here."""
    zone = zone_shown(row, program)
    day = formats.date_format(change.on_day, "l, N j")
    if change.begins is None or change.until is None:
        return _("Called off: %(day)s") % {"day": day}
    new_day = formats.date_format(change.begins.astimezone(zone).date(), "l, N j")
    hours = speak_hours(change.begins, change.until, row, program, now)
    return _("Moved: instead of %(day)s it is on %(new_day)s, %(hours)s") % {
        "day": day, "new_day": new_day, "hours": hours,
    }  # fmt: skip


def show_meeting(row: Meeting, program: Program, now: datetime) -> dict[str, Any]:
    """What is the same in the list and on its own page."""
    feed = row.feed
    is_own = feed.way == OWN
    return {
        "row": row, "feed": feed, "fellowship": wording.speak_fellowship(row.of),
        "how": _how(row), "types": wording.list_types(row), "languages": wording.list_languages(row, feed),
        # Of our own nobody else says when it was true last: only who wrote it here.
        "is_stale": is_stale(row.changed_at if is_own else row.updated_at, now),
        "is_own": is_own,
        "is_unread": not is_own and is_unread(
            feed.good_at, now, every_hours=feed.every_hours, has_problem=bool(feed.problem)
        ),
        "keeper": row.keeper if row.keeper.casefold() != feed.name.casefold() else "",
        "where": ", ".join(dict.fromkeys(filter(None, (row.place, row.address.split(",")[0], row.city)))),
        "seen": None if feed.way == OWN else speak_date(feed.good_at, program, now),
        "updated": speak_date(row.changed_at if is_own else row.updated_at, program, now),
    }  # fmt: skip


def _how(row: Meeting) -> list[dict[str, str]]:
    if row.is_in_person and row.is_online:
        return [{"label": _("In person and online"), "icon": "users", "tone": ""}]
    if row.is_in_person:
        return [{"label": _("In person"), "icon": "map-pin", "tone": ""}]
    if row.is_online:
        label = _("Online") if row.online_url else _("By phone")
        return [{"label": label, "icon": "video" if row.online_url else "phone", "tone": ""}]
    return [{"label": _("Ask before you go"), "icon": "info", "tone": "sand"}]


def speak_date(moment: datetime | None, program: Program, now: datetime) -> str:
    """A day as people say it, by the clock of the program; "" for none."""
    if moment is None:
        return ""
    zone = ZoneInfo(program.time_zone)
    return day_in_words(moment.astimezone(zone).date(), now.astimezone(zone).date())


def _speak_miles(one: Found) -> str:
    miles, is_about = one.miles, one.is_about
    if miles is None:
        return ""
    if is_about and one.meeting and one.meeting.is_online and not one.meeting.is_in_person:
        return ""  # nobody goes there
    if is_about and miles < NEAR_THE_MIDDLE:
        return _("distance not known")
    shown = max(round(miles, 1 if miles < 10 and not is_about else 0), 0.1)
    words = str(wording.MILES % {"miles": formats.number_format(shown, use_l10n=True)})
    return _("about %(miles)s") % {"miles": words} if is_about else words


def speak_others(twins: Sequence[tuple[Feed, Other]], *, disagree: bool) -> list[str]:
    """Which other lists have it too: those that say another time, or those that say the same."""
    words = []
    for feed, other in twins:
        if disagree and other.starts:
            hours = ", ".join(_clock_of(minutes) for minutes in other.starts)
            words.append(
                _("Ask first: %(name)s lists it too, and on %(day)s at %(hours)s")
                % {"name": feed.name, "day": wording.speak_day_within(other.day), "hours": hours}
            )
        elif not disagree and not other.starts:
            words.append(_("Also listed by %(name)s") % {"name": feed.name})
    return list(dict.fromkeys(words))


def speak_doubts(row: Meeting) -> list[str]:
    """What in the entry itself is unclear, so that whoever wants to go asks first."""
    return [str(words) for flag, words in wording.DOUBTS.items() if flag in row.flags]


def zone_shown(row: Meeting, program: Program) -> ZoneInfo:
    """In whose clock its times are told: that of its place; online, where place says nothing, that of the program."""
    own = known_zone(row.zone) or known_zone(row.feed.time_zone) or ZoneInfo(program.time_zone)
    return own if row.is_in_person else ZoneInfo(program.time_zone)


def speak_day(begins: datetime, row: Meeting, program: Program, now: datetime) -> str:
    """The day on which it begins, to stand over those of that day."""
    words = _day_words(begins, row, program, now)
    return words[:1].upper() + words[1:]


def _day_words(begins: datetime, row: Meeting, program: Program, now: datetime) -> str:
    zone = zone_shown(row, program)
    return day_in_words(begins.astimezone(zone).date(), now.astimezone(zone).date())


def speak_hours(begins: datetime, until: datetime, row: Meeting, program: Program, now: datetime) -> str:
    """Its hours: with the name of the zone where clocks there show another time than those of the program."""
    zone = zone_shown(row, program)
    begins, until = begins.astimezone(zone), until.astimezone(zone)
    if row.starts == 0 and row.ends == DAY:
        return _("All day")
    if row.starts and row.ends == row.starts + DAY:
        words = _("24 hours from %(start)s") % {"start": _clock(begins)}
    elif begins <= now < until:
        words = _("Until %(end)s") % {"end": _clock(until)}
    else:
        words = _("%(start)s to %(end)s") % {"start": _clock(begins), "end": _clock(until)}
    if begins.utcoffset() != begins.astimezone(ZoneInfo(program.time_zone)).utcoffset():
        words = f"{words} ({begins:%Z})"
    return words


def _clock(moment: datetime) -> str:
    return formats.time_format(moment.time(), "P")


def _clock_of(minutes: int) -> str:
    return formats.time_format(time(minutes // 60 % 24, minutes % 60), "P")


def show_week(row: Meeting, program: Program, now: datetime) -> list[dict[str, Any]]:
    """Each time of a week in words, the next one first; none where it has no time.

    Days in a row that are alike are one line, which says its next time beside it (`next`).
    """
    if row.starts is None:
        return []
    zone = known_zone(row.zone) or known_zone(row.feed.time_zone) or ZoneInfo(program.time_zone)
    moments = sorted(next_moments(day, row.starts, row.ends or 0, zone, now) for day in row.days)
    days = day_run(day_of(begins.astimezone(zone_shown(row, program)).date()) for begins, _until in moments)
    # As they are when none is on: in a week in which clocks change somewhere, some may be told in another way.
    usual = {speak_hours(begins, until, row, program, begins - timedelta(minutes=1)) for begins, until in moments}
    lines = [
        {"day": speak_day(begins, row, program, now), "hours": speak_hours(begins, until, row, program, now)}
        for begins, until in moments
    ]
    if days is None or len(usual) > 1:
        return lines
    begins = moments[0][0]
    told = {"on": lines[0]["hours"]} if begins <= now else {"next": _day_words(begins, row, program, now)}
    return [{"day": wording.speak_run(*days), "hours": usual.pop(), "is_daily": len(moments) == 7, **told}]


def show_map(rows: Iterable[dict[str, Any]], here: tuple[float, float] | None) -> Map | None:
    """Those that have a place one can go to."""
    points = [
        (shown["number"], shown["row"].latitude, shown["row"].longitude)
        for shown in rows
        if shown["row"].is_in_person and shown["row"].latitude is not None
    ]
    return draw(points, here)
