"""Whether and when a person may be written to, by their safe-contact rules. Values in, values out (E2)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


def choose_channel(rules, *, email: str, phone: str) -> tuple[str, str] | None:
    """("email" or "text", address) that these rules allow, the person's own wish first; None when none may be used."""
    if rules is None or rules.channel in {"none", "app"}:
        return None
    allowed = {}
    if rules.may_email and email:
        allowed["email"] = email
    if rules.may_text and phone:
        allowed["text"] = phone
    first = rules.channel if rules.channel in allowed else next(iter(allowed), None)
    return (first, allowed[first]) if first else None


def duty_number(rules, phone: str) -> str:
    """The number on which somebody on duty chose to be texted, at any hour; empty where they did not, or ended it."""
    return phone if rules is not None and rules.may_text and rules.channel not in {"none", "app"} else ""


def next_allowed(rules, now: datetime, time_zone: str) -> datetime:
    """`now` when it lies in the person's hours, else the next moment that does. Hours are local clock hours."""
    local = now.astimezone(ZoneInfo(time_zone))
    if rules.from_hour <= local.hour < rules.until_hour:
        return now
    day = local if local.hour < rules.from_hour else local + timedelta(days=1)
    return day.replace(hour=rules.from_hour, minute=0, second=0, microsecond=0).astimezone(now.tzinfo)


def strictest(one, other) -> dict:
    """The rules of both at once, as fields: what one forbids is forbidden, and only hours that suit both are left.

    Where no hour or way is left, nobody writes or calls until somebody asks the person.
    """
    channels = (one.channel, other.channel)
    channel = next((wish for wish in ("none", "app") if wish in channels), one.channel)
    allowed = {name: getattr(one, name) and getattr(other, name) for name in MAY}
    start, end = max(one.from_hour, other.from_hour), min(one.until_hour, other.until_hour)
    if start >= end:
        channel, start, end = "none", one.from_hour, one.until_hour
    notes = "\n".join(dict.fromkeys(filter(None, (one.notes, other.notes))))
    name = one.name_to_use or other.name_to_use
    # A STOP stays one, whichever of the two it was sent for; of two, the later.
    stops = [rules for rules in (one, other) if rules.texts_stopped_at]
    stop = max(stops, key=lambda rules: rules.texts_stopped_at, default=one)
    return {
        "channel": channel, **allowed, "from_hour": start, "until_hour": end, "name_to_use": name, "notes": notes,
        "texts_stopped_at": stop.texts_stopped_at, "texts_stopped_number": stop.texts_stopped_number,
    }  # fmt: skip


MAY = ("may_call", "may_text", "may_voicemail", "may_email")
