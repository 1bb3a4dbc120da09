"""How long a consent lasts, and when it can be taken back."""

from datetime import datetime


def state_at(status: str, expires_at: datetime | None, now: datetime) -> str:
    """The state as it is at this moment, whether or not the day's job has noted it: a past day ends an active one."""
    if status == "active" and expires_at is not None and expires_at <= now:
        return "expired"
    return status


def may_take_back(
    kind_is_held: bool, held_until: datetime | None, now: datetime, released_at: datetime | None = None
) -> bool:
    """Whether the person may stop it now. Every kind at once, but one of §2.35 only from its stated moment on.

    That is a day, or before it the event that was named, which happened at `released_at`.
    """
    if not kind_is_held or held_until is None or held_until <= now:
        return True
    return released_at is not None and released_at <= now
