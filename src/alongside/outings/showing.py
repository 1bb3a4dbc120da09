"""Outings as pages show them: times in words, what changed, the seven days."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from alongside.groups.showing import in_language
from alongside.meetings.wording import DAYS, speak_day_within
from alongside.mentoring.models import Appointment
from alongside.people.labels import label
from alongside.people.models import Person, Program
from alongside.rules.meetings.times import known_zone
from alongside.rules.rhythm import Time, list_days, next_days
from alongside.web.templatetags.ui import when

from . import wording
from .models import Ask
from .queries import Entry, Look, Week

NEXT = 4
OPEN_OR_ANSWERED = ("asked", "yes", "not_this_time")


def speak_clock(minutes: int) -> str:
    """Minutes after midnight as a time of day."""
    return formats.time_format(time(minutes // 60 % 24, minutes % 60), "P")


def speak_days(days: Iterable[int]) -> str:
    """Days of the week, as they stand inside a sentence."""
    wanted = set(days)
    return ", ".join(speak_day_within(int(code)) for code in DAYS if int(code) in wanted)


def speak_times(copy: dict[str, Any], program: Program) -> str:
    """The days and hours of a week, with the zone where its clock is not the program's."""
    days = speak_days(copy["days"])
    if copy["starts"] is None:
        hours = str(wording.NO_TIME)
    else:
        hours = _("%(start)s to %(end)s") % {"start": speak_clock(copy["starts"]), "end": speak_clock(copy["ends"])}
    zone = copy["zone"] or program.time_zone
    other = "" if zone == program.time_zone or not known_zone(zone) else f" ({zone.replace('_', ' ')})"
    return f"{days}, {hours}{other}" if days else hours


def speak_where(copy: dict[str, Any]) -> str:
    """Its place and address; online, that it is."""
    parts = [copy.get("place"), copy.get("address")]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def speak_changes(look: Look, program: Program) -> list[str]:
    """One sentence for each thing that is other than when it was saved."""
    said = []
    for code in look.changes:
        before, now = (_part(code, copy, program) for copy in (look.copy, look.today or {}))
        said.append(str(wording.CHANGES[code]) % {"before": before, "now": now})
    return said


def _part(code: str, copy: dict[str, Any], program: Program) -> str:
    if not copy or code in ("gone", "closed"):
        return ""
    words = {
        "time": lambda: speak_times(copy, program),
        "place": lambda: speak_where(copy),
        "online": lambda: ", ".join(filter(None, (copy.get("online_url"), copy.get("online_phone")))),
        "name": lambda: copy["name"],
    }[code]()
    return words or str(wording.NOTHING)


def show_look(look: Look, program: Program, now: datetime) -> dict[str, Any]:
    """Something saved, in words."""
    best, saved = look.best, look.saved
    return {
        "saved": saved, "name": best["name"], "copy": best, "where": speak_where(best),
        "times": speak_times(best, program), "changes": speak_changes(look, program),
        "is_gone": "gone" in look.changes, "may_take_over": bool(look.changes) and look.today is not None
        and set(look.changes) != {"closed"},
        "url": reverse("me_saved_one", args=[saved.pk]), "is_own": saved.kind != "listed",
        "source": best.get("source", ""), "is_planned": bool(saved.plan),
        "kept_on": when(_local(saved.saved_at, program)),
        "plan": speak_days(saved.plan),
    }  # fmt: skip


def show_next(look: Look, program: Program, now: datetime) -> list[dict[str, Any]]:
    """The next dates of something saved, each with its page."""
    times = next_days(look.thing(), now, ZoneInfo(program.time_zone), NEXT)
    return [{"words": speak_time(one), "url": _day_url(look, one.on_day)} for one in times]


def _local(moment: datetime, program: Program) -> date:
    return moment.astimezone(ZoneInfo(program.time_zone)).date()


def _day_url(look: Look, on_day: date) -> str:
    return reverse("me_saved_day", args=[look.saved.pk, on_day.isoformat()])


def speak_time(one: Time) -> str:
    """A date with its hours, by the clock of the program."""
    day = when(one.day())
    words = f"{day[:1].upper()}{day[1:]}"
    return f"{words}, {speak_hours(one)}" if one.begins else words


def speak_hours(one: Time) -> str:
    """From when to when."""
    if one.begins is None or one.until is None:
        return str(wording.NO_TIME)
    start, end = (formats.time_format(moment.time(), "P") for moment in (one.begins, one.until))
    return _("%(start)s to %(end)s") % {"start": start, "end": end}


def show_hows(how: str) -> list[dict[str, Any]]:
    """The three presses; the one that was chosen is pressed again to take it back."""
    return [
        {"code": code, "words": words, "is_chosen": code == how, "value": "" if code == how else code}
        for code, words in wording.HOWS.items()
    ]


def show_week(week: Week, program: Program, now: datetime) -> list[dict[str, Any]]:
    """Seven days with what is on each, in order."""
    today = now.astimezone(ZoneInfo(program.time_zone)).date()
    by_day: dict[date, list[dict[str, Any]]] = {day: [] for day in list_days(week.first)}
    for entry in week.entries:
        by_day[entry.time.day()].append(_show_entry(entry, program, today))
    return [
        {"day": day, "is_today": day == today, "words": _speak_day(day), "entries": entries}
        for day, entries in by_day.items()
    ]  # fmt: skip


def _speak_day(day: date) -> str:
    name = formats.date_format(day, _("l, F j"))
    return name[:1].upper() + name[1:]


def _show_entry(entry: Entry, program: Program, today: date) -> dict[str, Any]:
    shown: dict[str, Any] = {"hours": speak_hours(entry.time), "is_off": entry.is_off, "lang": "", "said": [],
                             "on_day": entry.time.on_day.isoformat()}  # fmt: skip
    if entry.occasion:
        name = in_language(entry.occasion.group, "name")
        off = [label("group_session", "cancelled")] if entry.is_off else []
        return shown | {"kind": "group", "name": name["words"], "lang": name["lang"], "said": off,
                        "url": reverse("me_group", args=[entry.occasion.group.pk])}  # fmt: skip
    if entry.appointment and not entry.look:
        one = entry.appointment
        with_whom = _("With %(name)s") % {"name": one.mentorship.peer.person.goes_by}
        url = reverse("me_time", args=[one.pk]) if one.status == "planned" else ""
        return shown | {"kind": "appointment", "name": with_whom, "url": url}
    look = entry.look
    said = [_("Its list does not have it on this day any more.")] if entry.is_lost else speak_changes(look, program)
    is_past = entry.time.on_day <= today
    return shown | {
        "kind": "saved", "name": look.best["name"], "said": said, "where": speak_where(look.best),
        "url": _day_url(look, entry.time.on_day), "saved": look.saved, "how": wording.HOWS.get(entry.how, ""),
        "hows": show_hows(entry.how) if is_past else [],
        "ask": label("ask_along", entry.ask) if entry.ask in OPEN_OR_ANSWERED else "",
    }  # fmt: skip


def show_ask(ask: Ask, appointment: Appointment | None) -> dict[str, Any]:
    """An ask and its answer, for either side."""
    by = _who_answers(ask)
    return {
        "ask": ask, "status": ask.status, "state": label("ask_along", ask.status), "who": by.goes_by,
        "reason": wording.REASONS.get(ask.reason, ""), "answer": ask.answer, "words": ask.words,
        "appointment": appointment,
        "is_called_off": bool(appointment and appointment.status == "cancelled"),
    }  # fmt: skip


def _who_answers(ask: Ask) -> Person:
    """Whoever answered it, which may be who stood in for the peer; until then the peer."""
    return ask.answered_by or ask.mentorship.peer.person


def show_answer(ask: Ask) -> dict[str, Any]:
    """An answer that is new, with the page on which it stands."""
    name, day = _who_answers(ask).goes_by, when(ask.starts_at)
    words = _("%(name)s comes along (%(day)s)") if ask.status == "yes" else _("%(name)s: not this time (%(day)s)")
    return {
        "words": words % {"name": name, "day": day},
        "url": reverse("me_saved_day", args=[ask.saved_id, ask.on_day.isoformat()]),
    }
