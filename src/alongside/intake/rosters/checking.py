"""Looking again, right before writing, whether rows would still do what their lines promised."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from alongside.intake.models import Roster, RosterLine
from alongside.people.models import Person
from alongside.rules import roster as rules

from . import lines as kept_lines
from .candidates import find_by_contact, find_same_names, load_people
from .plan import Planner

MOST_NEW = 2_000
"""More people than this since the preview: it is made anew instead of looking at each."""


ALL_SETTLED = timedelta(minutes=1)
"""After so long, whoever was made before a moment is in the database: no transaction of ours takes longer."""

_new: dict[tuple, frozenset[UUID]] = {}


def has_other_list(roster: Roster) -> bool:
    """Whether another list came in since the preview."""
    others = Roster.objects.filter(confirmed_at__gte=roster.planned_at).exclude(pk=roster.pk)
    return others.exists()


def has_many_new(roster: Roster, begun: datetime) -> bool:
    """Whether so many people are new since the preview that it is quicker to make it anew."""
    since = Person.objects.filter(created_at__gte=roster.planned_at, created_at__lt=begun)
    return since[: MOST_NEW + 1].count() > MOST_NEW


def _list_new(roster: Roster, begun: datetime) -> frozenset[UUID]:
    """Ids of the people made between the preview and the beginning of the writing, by whomever.

    There is no index by time, so this reads the program; after a while nothing can be added any more, and it is kept.
    """
    key = (roster.pk, roster.planned_at, begun)
    if key in _new:
        return _new[key]
    since = Person.objects.filter(created_at__gte=roster.planned_at, created_at__lt=begun)
    found = frozenset(since.values_list("pk", flat=True))
    if timezone.now() - begun > ALL_SETTLED:
        _new.clear()  # lists are written one after the other
        _new[key] = found
    return found


def list_changed(roster: Roster, lines: Sequence[RosterLine], begun: datetime) -> set[int]:
    """Numbers of the rows that would do something else now than their lines say.

    `begun`: when the writing of this list began. By name only those are looked at who were made since the preview: of
    all others the preview has told, and it knows names better than an index does. A bounded number of queries.
    """
    acting = [line for line in lines if line.outcome in (rules.CREATE, rules.UPDATE)]
    if not acting:
        return set()
    rows = [kept_lines.row_of(line) for line in acting]
    ids = find_by_contact(rows) | {line.person_id for line in acting if line.person_id}
    ids |= _list_new(roster, begun)
    # The database leaves out whom this list made: of a county's list they would be hundreds for each name.
    mine = RosterLine.objects.filter(roster=roster, person=OuterRef("pk"))
    new = Person.objects.filter(~Exists(mine), created_at__gte=roster.planned_at)
    ids |= find_same_names(rows, new)
    planned = Planner(roster, roster.planned_at).decide(rows, load_people(ids))
    return {line.row_number for line, row in zip(acting, planned, strict=True) if not kept_lines.is_same(line, row)}
