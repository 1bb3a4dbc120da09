"""Meetings somebody saved for themself: what changed since, what may be asked of the one who walks with them.

A saved copy is a plain mapping of `COMPARED` and `SHOWN`. It stays as it was; what the list says today is
beside it.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

LISTED, MEETING, OTHER = "listed", "meeting", "other"
KINDS = (LISTED, MEETING, OTHER)
"""From a list that anybody may find, or written by the person: a meeting that is in no list, or something else."""

WENT, NOT, ELSE = "went", "not", "else"
HOWS = (WENT, NOT, ELSE)
"""What somebody may say of a day. None is better than another, and nobody counts them."""

REASONS = ("other_plans", "too_far", "own_rest", "another_day")
"""Why a peer does not come along this time: of themself, never of the one who asks."""

COMPARED: Mapping[str, tuple[str, ...]] = {
    "time": ("days", "starts", "ends", "zone"),
    "place": ("place", "address"),
    "online": ("online_url", "online_phone"),
    "name": ("name",),
}
"""What may have changed, as it is told: a code to the parts of a copy that it is about."""

SHOWN = ("city", "source", "fellowship", "is_in_person", "is_online")
GONE, CLOSED = "gone", "closed"
LATEST = timedelta(days=60)
"""So far ahead somebody may ask: further nobody knows."""


def find_changes(copy: Mapping[str, Any], today: Mapping[str, Any] | None) -> tuple[str, ...]:
    """What is other than when it was saved: `gone` from its list, `closed` for now, or codes of `COMPARED`.

    >>> find_changes({"name": "Noon"}, None)
    ('gone',)
    """
    if today is None:
        return (GONE,)
    closed = (CLOSED,) if today.get("is_closed") else ()
    return closed + tuple(
        code for code, parts in COMPARED.items() if any(copy.get(part) != today.get(part) for part in parts)
    )


def mark_of(copy: Mapping[str, Any] | None) -> str:
    """Other exactly when what is compared is other, so that a change is told once."""
    if copy is None:
        return GONE
    told = [copy.get(part) for parts in COMPARED.values() for part in parts] + [bool(copy.get("is_closed"))]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def may_ask(begins: datetime | None, now: datetime) -> bool:
    """Whether somebody may be asked to come along: only to what has a time, is ahead, and not too far.

    >>> noon = datetime(2026, 6, 2, 12)
    >>> may_ask(noon, noon), may_ask(noon + timedelta(hours=1), noon), may_ask(None, noon)
    (False, True, False)
    """
    return begins is not None and now < begins <= now + LATEST


def plan_left(plan: tuple[int, ...] | list[int], days: tuple[int, ...] | list[int]) -> list[int]:
    """The planned days that are still days of the thing."""
    return sorted(set(plan) & set(days))
