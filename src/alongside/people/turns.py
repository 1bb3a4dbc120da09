"""Places and the turns of those who wait for one: in the order in which they asked, by nobody's choice.

For tables whose rows have `status` ("waiting", "held", …) and `asked_at`. Whoever calls holds the lock on what has the
places.
"""

from typing import Any

from django.db.models import Q, QuerySet


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
