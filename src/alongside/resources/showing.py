"""Resources turned into what templates show: hours in words, how fresh something is, links that dial."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from alongside.people.labels import label
from alongside.rules.resources.card import Card, Space, dialled
from alongside.rules.resources.hours import DAY, Hours, Now, falls_on, now, unpack
from alongside.web.templatetags.ui import when

from .bits import NEED_BITS, from_bits
from .models import Resource
from .wording import NEEDS, STATUSES

STALE_DAYS = 365
"""After so long without a word, it is said that things may have changed."""


def row_of(resource: Resource, at: datetime, zone: tzinfo) -> dict[str, Any]:
    """One row of a list."""
    return {
        "resource": resource,
        "needs": [NEEDS[code] for code in from_bits(resource.needs, NEED_BITS)][:3],
        "now": say_now(now([unpack(one) for one in resource.hours], at, zone), resource.status),
        "fresh": say_fresh(resource, at.astimezone(zone).date()),
        "tel": dialled(resource.first_number),
        "is_anywhere": not resource.found_at,
    }


def say_now(state: Now, status: str = "") -> dict[str, str]:
    """Whether it is open, as {words, tone}."""
    if status in STATUSES:
        return {"words": str(STATUSES[status]), "tone": "sand"}
    if state.state == "open":
        if state.until is None:
            return {"words": _("Open day and night"), "tone": ""}
        return {"words": _("Open now, until %(time)s") % {"time": _clock(state.until)}, "tone": ""}
    if state.state == "closed":
        if state.opens_at is None:
            return {"words": _("Closed now"), "tone": "plain"}
        with timezone.override(state.opens_at.tzinfo):  # the clock of the place, also for a visitor
            return {"words": _("Closed now, opens %(when)s") % {"when": when(state.opens_at)}, "tone": "plain"}
    return {"words": _("Call first: we do not know the hours"), "tone": "plain"}


def _clock(moment: datetime) -> str:
    return time_format(moment.time(), "P")


def say_fresh(resource: Resource, today: date) -> dict[str, Any]:
    """When it was looked at, as {words, is_stale}."""
    if checked := resource.checked_on:
        return {"words": _("Checked in %(month)s") % {"month": month(checked)}, "is_stale": is_stale(checked, today)}
    if changed := resource.changed_on:
        return {"words": _("Looked at by its source in %(month)s") % {"month": month(changed)},
                "is_stale": is_stale(changed, today)}  # fmt: skip
    came = timezone.localdate(resource.came_at)
    return {"words": _("From a list of %(month)s, not checked since") % {"month": month(came)}, "is_stale": True}


def month(day: date) -> str:
    """A month of a year: March 2026."""
    return date_format(day, "YEAR_MONTH_FORMAT")


def is_stale(day: date, today: date) -> bool:
    """Whether so long has passed that things may be otherwise."""
    return (today - day).days > STALE_DAYS


def week_of(hours: Iterable[Hours], first: date) -> list[tuple[str, list[str]]]:
    """The next seven days: (name of the day, spans in words), one line where all are alike. Empty if nobody knows."""
    hours = list(hours)
    if not hours:
        return []
    week = []
    for number in range(7):
        day = first + timedelta(days=number)
        shut = any(one.is_closed and falls_on(one, day) for one in hours)
        spans = sorted({(one.opens, one.closes) for one in hours if not one.is_closed and falls_on(one, day)})
        week.append((date_format(day, "l"), [] if shut else [_span(*span) for span in spans]))
    if week[0][1] and all(spans == week[0][1] for _day, spans in week):
        return [(_("every day"), week[0][1])]
    return week


def _span(opens: int, closes: int) -> str:
    if (opens, closes) == (0, DAY):
        return _("All day and night")
    return f"{_minute(opens)} – {_minute(closes)}"


def _minute(minutes: int) -> str:
    return time_format(time(minutes // 60 % 24, minutes % 60), "P")


def host_of(url: str) -> str:
    """The name of a website, as people say it: www.example.org is example.org."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def ages(card: Card) -> str:
    """Whom it takes by age, as a sentence; "" where all."""
    low, high = card.ages
    if low and high:
        return _("From %(low)s to %(high)s years old") % {"low": low, "high": high}
    if low:
        return _("From %(low)s years old") % {"low": low}
    if high:
        return _("Up to %(high)s years old") % {"high": high}
    return ""


def say_space(space: Space) -> str:
    """How many places were free and when that was counted, in the words of the source for what a place is."""
    values = {"free": space.available, "most": space.most, "unit": space.unit}
    if space.most is None:
        words = _("%(free)d free") % values
    else:
        words = _("%(free)d of %(most)d free") % values
    if space.unit:
        words = f"{space.unit}: {words}"
    if space.on:
        words += " · " + _("counted on %(day)s") % {"day": date_format(space.on, "DATE_FORMAT")}
    return f"{words}. {space.note}" if space.note else words


def spoken(card: Card) -> list[str]:
    """The languages of a card in words."""
    return [*(str(label("language", code)) for code in card.languages), *card.other_languages]
