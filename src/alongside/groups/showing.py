"""Groups and their times as pages show them."""

from datetime import datetime

from django.utils.formats import time_format
from django.utils.translation import get_language

from alongside.people.labels import label
from alongside.rules.groups import is_over_or_on, may_sign_in, nth_weekday
from alongside.web.templatetags.ui import weekday

from . import wording
from .models import Group
from .queries import Occasion


def in_language(group: Group, what: str) -> dict[str, str]:
    """The name or the description of a group in the reader's language, else in the other: {words, lang}."""
    mine = "es" if (get_language() or "").startswith("es") else "en"
    for lang in (mine, "en", "es"):
        if words := getattr(group, f"{what}_{lang}"):
            return {"words": words, "lang": lang}
    return {"words": "", "lang": mine}


def spoken_series(group: Group) -> str:
    """When a group meets, as a sentence."""
    day, number = nth_weekday(group.starts_on)
    sentence = wording.WHEN[number if group.rhythm == "monthly" else group.rhythm]
    return sentence % {"day": weekday(day), "time": time_format(group.at_time, "P")}


def show_group(group: Group) -> dict:
    """A group in words. Nothing of who has a place but their number."""
    return {
        "group": group,
        "name": in_language(group, "name"),
        "about": in_language(group, "about"),
        "when": spoken_series(group),
        "minutes": group.minutes,
        "state": label("group", group.status),
        "for_whom": wording.FOR_WHOM[group.for_whom],
        "language": label("language", group.language),
        "leaders": [one.person.goes_by for one in group.leaders.all()],
        "free": max(group.capacity - group.places_taken, 0),
    }


def show_occasion(occasion: Occasion, now: datetime) -> dict:
    """One time of a group: when, how it stands, what may be done."""
    session, row = occasion.session, occasion.row
    return {
        "day": session.on_day.isoformat(),
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "minutes": session.minutes,
        "status": session.status,
        "state": label("group_session", session.status),
        "is_moved": session.is_moved or bool(row and row.at_time != occasion.group.at_time),
        "usual_day": session.on_day,
        "reason": row.reason if row else "",
        "walk_ins": row.walk_ins if row else 0,
        "is_noted": bool(row and row.noted_at),
        "may_sign_in": may_sign_in(session, now) and not (row and row.noted_at),
        "has_sheet": is_over_or_on(session, now),
    }
