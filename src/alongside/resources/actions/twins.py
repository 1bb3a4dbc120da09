"""One place that two lists have is shown once, and leaves once. Both rows stay: each list goes on to keep its own.

Whoever writes rows hides those that others may have too (`hide`), and settles which one is shown (`settle`) before the
transaction ends. The database refuses two that are shown under one id.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import Count, QuerySet

from alongside.resources.columns import OUT
from alongside.resources.models import Resource
from alongside.rules.resources.twins import Copy, choose

PART = 500


def shared_ids(ids: Iterable[UUID | None], *, besides: Iterable[UUID] | QuerySet) -> set[UUID]:
    """Those of these ids that a row other than `besides` has, listed still."""
    found: set[UUID] = set()
    for part in _parts(ids):
        rows = Resource.objects.filter(world_id__in=part, is_listed=True).exclude(pk__in=besides)
        found |= set(rows.values_list("world_id", flat=True))
    return found


def hide(rows: Iterable[Resource], shared: set[UUID]) -> None:
    """Before they are written: none is shown whose id another has too, until it is settled."""
    for row in rows:
        if row.world_id in shared:
            row.is_shown = False


def settle(ids: Iterable[UUID | None]) -> None:
    """Which of several rows of one id is shown. The last step of whatever changed one of them."""
    for part in _parts(ids):
        rows = Resource.objects.filter(world_id__in=part)
        several = list(rows.order_by().values_list("world_id", flat=True).annotate(n=Count("pk")).filter(n__gt=1))
        if several:
            _settle(several)


def _settle(ids: list[UUID]) -> None:
    rows = Resource.objects.select_for_update().filter(world_id__in=ids).order_by("pk").only(
        "world_id", "status", "mended_at", "checked_on", "changed_on", "came_at", "is_listed", "is_shown", "is_copy",
    )  # fmt: skip
    by_id: dict[UUID, list[Resource]] = defaultdict(list)
    for row in rows:
        by_id[row.world_id].append(row)
    losing, winning = [], []
    for same in by_id.values():
        listed = [row for row in same if row.is_listed]
        best = choose(_copy(row) for row in listed) if listed else None
        for row in same:
            is_copy = row.is_listed and row.pk != best
            is_shown = row.pk == best and row.status not in OUT
            if (row.is_copy, row.is_shown) != (is_copy, is_shown):
                (winning if is_shown else losing).append(row)
                row.is_copy, row.is_shown = is_copy, is_shown
    Resource.objects.bulk_update(losing, ["is_copy", "is_shown"])  # first: two are never shown, not for a moment
    Resource.objects.bulk_update(winning, ["is_copy", "is_shown"])


def _copy(row: Resource) -> Copy:
    return Copy(row.pk, row.status not in OUT, row.mended_at is not None, row.checked_on, row.changed_on, row.came_at)


def _parts(ids: Iterable[UUID | None]) -> Iterator[list[UUID]]:
    known = sorted({one for one in ids if one is not None})
    return (known[start : start + PART] for start in range(0, len(known), PART))
