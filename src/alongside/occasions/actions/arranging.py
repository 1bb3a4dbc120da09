"""What staff do with an event: write it, show it, change it, call it off, say how many came."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.occasions.holding import give_free_places, lock_occasion, log_occasion, tell_all, write_to_visitors
from alongside.occasions.models import Occasion
from alongside.occasions.queries import hours_of
from alongside.people.models import Program
from alongside.rules.lifecycles import OCCASION, MoveNotAllowed
from alongside.web.meanwhile import Seen, check_seen

WRITTEN = (
    "title_en", "title_es", "words_en", "words_es", "on_day", "at_time", "until_day", "until_time", "is_online",
    "place", "link", "audience", "capacity", "languages", "access", "bring_en", "bring_es", "is_sober",
)  # fmt: skip
"""What somebody writes of an event."""

WHEN_OR_WHERE = ("on_day", "at_time", "until_day", "until_time", "is_online", "place", "link")
"""What those who come are told of when it changes."""


class TooSmall(Exception):
    """More people have a place than the event would hold."""


class NotYet(Exception):
    """It has not begun, or is not shown: nobody can have come."""


def values_of(occasion: Occasion) -> dict[str, Any]:
    """What is written of an event, by name."""
    return {name: getattr(occasion, name) for name in WRITTEN}


@transaction.atomic
def make_occasion(
    *, program: Program, values: dict[str, Any], submit_key: UUID, by, now: datetime | None = None
) -> Occasion:
    """A new event, which nobody sees but who arranges. The same key twice is one (I3)."""
    now = now or timezone.now()
    occasion, made = Occasion.objects.get_or_create(
        submit_key=submit_key, program=program, defaults={**values, "made_at": now, "changed_at": now}
    )
    if made:
        log_occasion("occasion.made", occasion, by=by)
    return occasion


@transaction.atomic
def change_occasion(
    *, occasion: Occasion, values: dict[str, Any], by, seen: Seen | None = None, now: datetime | None = None
) -> Occasion:
    """Write what is wanted; who comes is told of another time or place, and who waits gets what is free now.

    Raises `TooSmall`, `MoveNotAllowed` of what was called off (nobody would be told), and
    `web.meanwhile.ChangedMeanwhile` where it would undo what somebody else changed.
    """
    now, found = now or timezone.now(), lock_occasion(occasion.pk)
    if found.status == "called_off":
        raise MoveNotAllowed(OCCASION.kind, found.status, "changed", by.moves_as)
    check_seen(seen, now=values_of(found), wanted=values)
    if values["capacity"] is not None and values["capacity"] < found.places_taken:
        raise TooSmall
    changed = [name for name in WRITTEN if getattr(found, name) != values[name]]
    if not changed:
        return found
    before = [getattr(found, name) for name in WHEN_OR_WHERE]
    for name in changed:
        setattr(found, name, values[name])
    found.sequence, found.changed_at = found.sequence + 1, now
    found.save(update_fields=[*changed, "sequence", "changed_at"])
    log_occasion("occasion.changed", found, by=by, fields=changed)
    if found.status == "published" and before != [getattr(found, name) for name in WHEN_OR_WHERE]:
        tell_all(found, "time_changed", now=now)
    give_free_places(found, now=now)
    return found


@transaction.atomic
def publish(*, occasion: Occasion, by, now: datetime | None = None) -> Occasion:
    """Show it to those whom it is for. Shown already it stays so. Raises `MoveNotAllowed`."""
    now, found = now or timezone.now(), lock_occasion(occasion.pk)
    if found.status == "published":
        return found
    OCCASION.check_move(found.status, "published", by=by.moves_as)
    found.status, found.published_at, found.changed_at = "published", now, now
    found.save(update_fields=["status", "published_at", "changed_at"])
    log_occasion("occasion.published", found, by=by)
    return found


@transaction.atomic
def call_off(*, occasion: Occasion, reason: str, by, now: datetime | None = None) -> Occasion:
    """Call it off with a reason that all who come read. Done already it stays so. Raises `MoveNotAllowed`."""
    now, found = now or timezone.now(), lock_occasion(occasion.pk)
    if found.status == "called_off":
        return found
    OCCASION.check_move(found.status, "called_off", by=by.moves_as)
    found.status, found.reason, found.called_off_at, found.changed_at = "called_off", reason, now, now
    found.sequence += 1
    found.said_yes = found.came = None
    found.save(
        update_fields=["status", "reason", "called_off_at", "changed_at", "sequence", "said_yes", "came"]
    )  # fmt: skip
    log_occasion("occasion.called_off", found, by=by)
    tell_all(found, "time_changed", now=now)
    write_to_visitors(found, now=now)
    return found


@transaction.atomic
def count_came(*, occasion: Occasion, came: int, by, now: datetime | None = None) -> Occasion:
    """How many came: a number, and beside it how many said they would. Raises `NotYet`."""
    now, found = now or timezone.now(), lock_occasion(occasion.pk)
    if found.status != "published" or hours_of(found, found.program).starts_at > now:
        raise NotYet
    if found.came == came:
        return found
    # Names go some time after: what was said first is not counted anew from fewer of them.
    found.said_yes = found.places_taken if found.said_yes is None else found.said_yes
    found.came = came
    found.save(update_fields=["came", "said_yes"])
    log_occasion("occasion.counted", found, by=by)
    return found
