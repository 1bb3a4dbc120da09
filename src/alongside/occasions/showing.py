"""Events as pages show them: in the reader's language, by the clock on the wall of the program."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID, uuid4, uuid5

from django.utils.formats import date_format, time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.mentoring.calendar import build_calendar
from alongside.people.labels import label
from alongside.people.models import Program
from alongside.rules.occasions import observance_of

from . import wording
from .models import Occasion, OccasionPlace
from .queries import hours_of


def in_language(occasion: Occasion, what: str) -> dict[str, str]:
    """A title or words in the reader's language, else in the other: {words, lang}."""
    mine = "es" if (get_language() or "").startswith("es") else "en"
    for lang in (mine, "en", "es"):
        if words := getattr(occasion, f"{what}_{lang}"):
            return {"words": words, "lang": lang}
    return {"words": "", "lang": mine}


def spoken_hours(occasion: Occasion) -> str:
    """When it is, as a sentence."""
    said = {
        "weekday": date_format(occasion.on_day, "l"), "day": date_format(occasion.on_day, "DATE_FORMAT"),
        "begins": time_format(occasion.at_time, "TIME_FORMAT"), "ends": time_format(occasion.until_time, "TIME_FORMAT"),
        "last": date_format(occasion.until_day, "DATE_FORMAT"),
    }  # fmt: skip
    if occasion.until_day == occasion.on_day:
        return _("%(weekday)s, %(day)s, %(begins)s to %(ends)s") % said
    return _("%(weekday)s, %(day)s, %(begins)s, until %(last)s, %(ends)s") % said


def show(occasion: Occasion, program: Program, now: datetime, place: OccasionPlace | None = None) -> dict:
    """An event in words. Of who comes only how many places are free."""
    hours = hours_of(occasion, program)
    has_place = place is not None and place.status == "held"
    return {
        "id": occasion.pk,
        "status": occasion.status,
        "state": label("occasion", occasion.status),
        "reason": occasion.reason,
        "title": in_language(occasion, "title"),
        "words": in_language(occasion, "words"),
        "bring": in_language(occasion, "bring"),
        "day": occasion.on_day,
        "when": spoken_hours(occasion),
        "zone": hours.starts_at.strftime("%Z"),
        "is_online": occasion.is_online,
        "where": occasion.place,
        "link": occasion.link if has_place else "",
        "has_link": bool(occasion.link),
        "audience": wording.AUDIENCES[occasion.audience],
        "is_public": occasion.audience == "public",
        "languages": [label("language", code) for code in occasion.languages],
        "access": [wording.ACCESS[code] for code in occasion.access if code in wording.ACCESS],
        "sober": wording.SOBER if occasion.is_sober else "",
        "capacity": occasion.capacity,
        "free": None if occasion.capacity is None else max(occasion.capacity - occasion.places_taken, 0),
        "taken": occasion.places_taken,
        "is_over": hours.ends_at <= now,
        "has_begun": hours.starts_at <= now,
        "is_open": occasion.status == "published" and hours.ends_at > now,
        "place": place,
    }


def by_month(rows: Iterable[dict], program: Program) -> list[dict]:
    """Shown events by month: {name, words, rows}; `words` about an observance, where the program is in its country."""
    found: dict[tuple[int, int], list[dict]] = {}
    for row in rows:
        found.setdefault((row["day"].year, row["day"].month), []).append(row)
    return [
        {"name": spoken_month(*month), "rows": those,
         "words": wording.OBSERVED.get(observance_of(month[1]), "") if program.country == "US" else ""}
        for month, those in found.items()
    ]  # fmt: skip


def spoken_month(year: int, month: int) -> str:
    """A month and its year, as a heading."""
    return date_format(date(year, month, 1), "YEAR_MONTH_FORMAT")


def suggest_alias() -> str:
    """A name that is nobody's: a bird and a number."""
    number, bird = divmod(uuid4().int, len(wording.BIRDS))
    return f"{wording.BIRDS[bird]} {number % 90 + 10}"


# --- for calendars ------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class InCalendar:
    """An event as `mentoring.calendar` takes it."""

    id: UUID
    on_day: date
    at_time: time
    time_zone: str
    minutes: int
    made_at: datetime
    changed_at: datetime
    sequence: int
    status: str
    title: str
    where: str


def calendar_of(
    occasions: Iterable[Occasion], program: Program, *, is_named: bool, now: datetime, of: UUID | None = None
) -> bytes:
    """An RFC 5545 calendar of events. Only where `is_named` it holds titles and places; links never.

    `of`: whose own entry it is. Its lasting name is made of them and the event: of the event alone, whoever sees two
    calendars would know by it that two people come to what is not for everybody.
    """
    times = [_in_calendar(one, program, of) for one in occasions]
    named = (lambda one: (one.title, one.where)) if is_named else None
    return build_calendar(times, language=(get_language() or "en")[:2], now=now, named=named)


def _in_calendar(occasion: Occasion, program: Program, of: UUID | None) -> InCalendar:
    return InCalendar(
        uuid5(of, occasion.pk.hex) if of else occasion.pk,
        occasion.on_day, occasion.at_time, program.time_zone, hours_of(occasion, program).minutes,
        occasion.made_at, occasion.changed_at, occasion.sequence,
        "cancelled" if occasion.status == "called_off" else "planned", in_language(occasion, "title")["words"],
        occasion.place,
    )  # fmt: skip
