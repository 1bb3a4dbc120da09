"""Agreements and calls as pages show them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from alongside.people.labels import label
from alongside.people.speaking import speak_hours, speak_phone
from alongside.rules.availability import parts_from_hours
from alongside.rules.phone_support import is_time_to_ask

from .models import Agreement, Call
from .queries import course_of, get_phone_policy, may_be_called, rests
from .wording import EVERY, LANGUAGES, OUTCOMES, OWN_OUTCOMES, WHYS, ZONES, local


def spoken_hours(hours: str) -> list[tuple[str, str]]:
    """Hours of the week by day: (day, parts of it)."""
    days: dict[str, list[str]] = {}
    for part in parts_from_hours(hours):
        day, _sep, name = part.partition("_")
        days.setdefault(str(label("day", day)), []).append(str(label("day_part", name)))
    return [(day, ", ".join(parts)) for day, parts in days.items()]


def show_agreement(agreement: Agreement, now: datetime | None = None) -> dict:
    """What somebody agreed to, in words, and the next call by the clock on their wall."""
    now = now or timezone.now()
    person, rules, policy = agreement.person, agreement.person.safe_contact, get_phone_policy()
    today = now.astimezone(ZoneInfo(agreement.time_zone)).date()
    return {
        "status": agreement.status,
        "state": label("phone_support", agreement.status),
        "is_resting": rests(agreement),
        "is_due": bool(agreement.due_at and agreement.due_at <= now),
        "next_at": local(agreement.due_at, agreement.time_zone),
        "phone": speak_phone(person.phone),
        "hours": spoken_hours(agreement.hours),
        "safe_hours": speak_hours(rules.from_hour, rules.until_hour),
        "zone": ZONES.get(agreement.time_zone, agreement.time_zone),
        "language": LANGUAGES[agreement.language],
        "may_voicemail": rules.may_voicemail,
        "may_call": may_be_called(rules, person.phone),
        "why": WHYS[agreement.why],
        "every": EVERY.get(agreement.wished_every_days),
        "weeks": policy.weeks,
        "weeks_until": agreement.started_on + timedelta(weeks=policy.weeks),
        "asks": is_time_to_ask(course_of(agreement), policy, today),
    }


def show_calls(calls: Iterable[Call], zone: str) -> list[dict]:
    """Calls with what came of each: as the person reads it (`own`), and as staff do (`words`)."""
    return [
        {"call": one, "at": local(one.called_at, zone), "own": OWN_OUTCOMES[one.outcome],
         "words": OUTCOMES[one.outcome], "caller": one.caller.goes_by, "note": one.note}
        for one in calls
    ]  # fmt: skip
