"""Places and the turns of those who wait for one: in the order in which they asked, by nobody's choice.

For tables whose rows have `status` ("waiting", "held", "left"), `asked_at`, `held_at`, `left_at`, `left_why`. Whoever
calls holds the lock on what has the places.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from alongside.audit.actions import record
from alongside.rules.lifecycles import Lifecycle

from .actor import SystemActor


@dataclass(frozen=True)
class Turns:
    """Places of one kind: how they are given, ended and written down. `emptied`: what goes with a place that ends.

    `told_once`: columns that are emptied also when a place is given, for they served to tell of it.
    """

    states: Lifecycle
    emptied: Mapping[str, Any]
    told_once: Mapping[str, Any] = field(default_factory=dict)

    def log(self, act: str, place: Any, *, by: Any, reason: str = "") -> None:
        """An entry about somebody's place; of somebody without a record it names nobody."""
        kind = self.states.kind
        record(
            act=f"{kind}.{act}", by=by, subject=place.person_id, object_kind=kind, object_id=place.pk, reason=reason,
            program_id=place.program_id,
        )  # fmt: skip

    def give(self, places: QuerySet, capacity: int | None, *, now: datetime, passed_over: Q | None = None) -> list[Any]:
        """Give what is free to those who wait, in the order in which they asked. The house gives it: nobody chose."""
        given = lock_next(places, capacity, passed_over)
        for place in given:
            by = SystemActor(program_id=place.program_id)
            self._move(place, "held", by, {"held_at": now, **self.told_once})
            self.log("held", place, by=by)
        return given

    def end(self, place: Any, *, why: str, by: Any, now: datetime) -> None:
        """A place is free again, or a turn is given up. Whoever calls gives on what is free."""
        self._move(place, "left", by, {"left_at": now, "left_why": why, **self.emptied, **self.told_once})
        self.log("left", place, by=by, reason=why)

    def _move(self, place: Any, to: str, by: Any, values: dict[str, Any]) -> None:
        self.states.check_move(place.status, to, by=by.moves_as)
        for name, value in ({"status": to} | values).items():
            setattr(place, name, value)
        place.save(update_fields=["status", *values])


def stands_before(place: Any, other: Any) -> bool:
    """Of two of one person: a place before a turn, and of two turns the earlier one. Two places: the other stays."""
    if other.status != "waiting":
        return False
    return place.status == "held" or place.asked_at < other.asked_at


def lock_next(places: QuerySet, capacity: int | None, passed_over: Q | None = None) -> list[Any]:
    """Those who wait and for whom a place is free now, first come first, locked; all of them without a `capacity`.

    `passed_over`: whoever keeps their turn and is given no place.
    """
    waiting = places.filter(status="waiting").order_by("asked_at", "pk").select_for_update()
    if passed_over is not None:
        waiting = waiting.exclude(passed_over)
    if capacity is None:
        return list(waiting)
    return list(waiting[: max(capacity - places.filter(status="held").count(), 0)])


def place_in_line(places: QuerySet, one: Any) -> int:
    """How many are served before somebody who waits, and they themself: 1 is the next."""
    before = Q(asked_at__lt=one.asked_at) | Q(asked_at=one.asked_at, pk__lt=one.pk)
    return places.filter(before, status="waiting").count() + 1
