"""One meeting as an entry of a calendar that repeats each week. Its title is neutral unless somebody asks otherwise."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from alongside.rules.meetings.times import next_moments

from .changes import Change
from .models import Meeting

CODES = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")


def build_calendar(meeting: Meeting, *, with_name: bool, now: datetime, changes: Sequence[Change] = ()) -> bytes:
    """An RFC 5545 file. Times keep their zone. Without `with_name` it holds neither name nor place nor link.

    `changes`: single times that are called off or moved, as they are known now.

    Raises ValueError for a meeting that has no time.
    """
    from icalendar import Calendar, Event

    if meeting.starts is None or not meeting.days:
        raise ValueError("it has no time")
    zone = ZoneInfo(meeting.zone or meeting.feed.time_zone)
    begins, _until = min(next_moments(day, meeting.starts, meeting.ends, zone, now) for day in meeting.days)
    calendar = Calendar()
    calendar.add("prodid", "-//Times//EN")
    calendar.add("version", "2.0")
    event = Event()
    event.add("uid", meeting.pk.hex)
    event.add("dtstamp", now.astimezone(UTC))
    # The hour on the wall and a length: a first time in the night when clocks change must not move all that follow.
    event.add("dtstart", datetime.combine(begins, time(meeting.starts // 60, meeting.starts % 60), zone))
    event.add("duration", timedelta(minutes=(meeting.ends or 0) - meeting.starts))
    event.add("rrule", {"freq": "weekly", "byday": [CODES[day] for day in sorted(meeting.days)]})
    event.add("summary", meeting.name if with_name else _("Time set aside"))
    event.add("class", "PRIVATE")
    if with_name:
        where = ", ".join(filter(None, (meeting.place, meeting.address)))
        event.add("location", where or meeting.online_url or meeting.online_phone)
    calendar.add_component(event)
    for change in changes:
        usual = datetime.combine(change.on_day, time(meeting.starts // 60, meeting.starts % 60), zone)
        if change.begins is None or change.until is None:
            event.add("exdate", usual)
            continue
        moved = Event()
        for name in ("uid", "dtstamp", "summary", "class", "location"):
            if name in event:
                moved[name] = event[name]
        moved.add("recurrence-id", usual)
        moved.add("dtstart", change.begins.astimezone(zone))
        moved.add("duration", change.until - change.begins)
        calendar.add_component(moved)
    calendar.add_missing_timezones()
    return calendar.to_ical()
