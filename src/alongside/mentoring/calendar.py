"""Times as a calendar that reveals nothing: the same neutral title for all, no names, places or words.

Only what is public anyway may be named, where somebody asks for it.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Protocol, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import override

from alongside.rules.wall_clock import ends_at, starts_at

if TYPE_CHECKING:
    from icalendar import Event


class Planned(Protocol):
    """What a time in a calendar needs: an appointment, or one time of a group. `id` makes its lasting name."""

    id: UUID
    on_day: date
    at_time: time
    time_zone: str
    minutes: int
    made_at: datetime
    changed_at: datetime
    sequence: int
    status: str


P = TypeVar("P", bound=Planned)


def build_calendar(
    appointments: Iterable[P], *, language: str, now: datetime, named: Callable[[P], tuple[str, str]] | None = None
) -> bytes:
    """An RFC 5545 calendar. Times keep their zone, so they stay right when clocks change; called-off ones say so.

    `named` gives (title, where) of one that may be named.
    """
    # Loaded with the first calendar: a twentieth of a second of every start.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Times//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-published-ttl", "PT1H")
    with override(language):
        title = _("Time set aside")
    for appointment in appointments:
        calendar.add_component(_event(appointment, *(named(appointment) if named else (title, "")), bool(named), now))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(appointment: Planned, title: str, where: str, is_named: bool, now: datetime) -> "Event":
    from icalendar import Event

    zone = ZoneInfo(appointment.time_zone)
    when = (appointment.on_day, appointment.at_time, zone)
    event = Event()
    event.add("uid", appointment.id.hex)
    event.add("summary", title)
    event.add("dtstart", starts_at(*when))
    event.add("dtend", ends_at(*when, appointment.minutes))
    event.add("dtstamp", now.astimezone(UTC))
    event.add("created", appointment.made_at.astimezone(UTC))
    event.add("last-modified", appointment.changed_at.astimezone(UTC))
    event.add("sequence", appointment.sequence)
    event.add("status", "CANCELLED" if appointment.status == "cancelled" else "CONFIRMED")
    event.add("class", "PUBLIC" if is_named else "PRIVATE")
    if where:
        event.add("location", where)
    return event
