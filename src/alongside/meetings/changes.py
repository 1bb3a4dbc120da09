"""Single times of our own meetings that are moved or called off. Whoever keeps them, in a package above, says which."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alongside.people.models import Program

from .models import Meeting


@dataclass(frozen=True)
class Change:
    """`on_day`: the day on which it would be, by the week. `begins` and `until` are None where it is called off."""

    on_day: date
    begins: datetime | None = None
    until: datetime | None = None


Ask = Callable[[Sequence[UUID], Program, datetime], Mapping[UUID, list[Change]]]
_ASKED: list[Ask] = []


def declare_changes(ask: Ask) -> None:
    """Say who knows of changes; by the package that knows, in its `ready`. Asked by what a meeting `shows`."""
    if ask not in _ASKED:
        _ASKED.append(ask)


def list_changes(rows: Sequence[Meeting], program: Program, now: datetime) -> dict[UUID, list[Change]]:
    """Meeting -> its changes of the next weeks, by their day. Nothing is asked where no meeting shows anything."""
    shown = {row.shows: row.pk for row in rows if row.shows}
    found: dict[UUID, list[Change]] = {}
    for ask in _ASKED if shown else ():
        for key, changes in ask(list(shown), program, now).items():
            found.setdefault(shown[key], []).extend(sorted(changes, key=lambda one: one.on_day))
    return found
