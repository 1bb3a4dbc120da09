"""The same place in two lists: from HSDS 3.0 on an id is a UUID, and the same one is the same service in each."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class Copy:
    """A place as one list has it: whether it is in service there, mended here, and how fresh it is."""

    key: Hashable
    is_in_service: bool
    is_mended: bool
    checked_on: date | None
    changed_on: date | None
    came_at: datetime


def choose(copies: Iterable[Copy]) -> Hashable:
    """Which of them everybody sees: in service before not; what was mended here before what was not; then the one that
    somebody checked or changed last; of equals the one that was here first."""
    first = date.min
    ordered = sorted(copies, key=lambda one: (one.came_at, str(one.key)))
    best = max(ordered, key=lambda one: (
        one.is_in_service, one.is_mended, max(one.checked_on or first, one.changed_on or first),
    ))  # fmt: skip
    return best.key


def world_id(identity: str) -> UUID | None:
    """The id by which other lists may name the same place; None where an id says something in its own list only.

    >>> world_id("136") is None, world_id("AC148810-D857-441C-9679-408F346DE14B")
    (True, UUID('ac148810-d857-441c-9679-408f346de14b'))
    """
    try:
        return UUID(identity) if len(identity) == 36 else None
    except ValueError:
        return None
