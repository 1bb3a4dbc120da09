"""Looking again, right before writing, whether rows would still do what their lines promised."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from alongside.intake.models import Roster, RosterLine
from alongside.people.models import Person
from alongside.rules import roster as rules

from . import lines as kept_lines
from .candidates import digest_names, find_by_contact, load_people
from .plan import Planner

MOST_NEW = 2_000
"""More people than this since the preview: it is made anew instead of looking at each."""


def has_other_list(roster: Roster) -> bool:
    """Whether another list came in since the preview."""
    others = Roster.objects.filter(confirmed_at__gte=roster.planned_at).exclude(pk=roster.pk)
    return others.exists()


def has_many_new(roster: Roster, begun: datetime) -> bool:
    """Whether so many people are new since the preview that it is quicker to make it anew."""
    return list_made_by_hand(roster).filter(created_at__lt=begun)[: MOST_NEW + 1].count() > MOST_NEW


def list_made_by_hand(roster: Roster) -> QuerySet[Person]:
    """People who came since the preview, but those whom lists brought: another list ends a preview (`has_other_list`),
    and this one makes a hundred of the same name."""
    return Person.objects.filter(from_list=None, created_at__gte=roster.planned_at)


def _find_new(roster: Roster, rows: Sequence[rules.RosterRow], begun: datetime) -> set[UUID]:
    """Ids of the people made since the preview: all from before the writing, and of those since, who is named alike."""
    found, names = set(), None
    new = list_made_by_hand(roster).values_list("pk", "created_at", "legal_name_index", "goes_by_search")
    for pk, created_at, legal, spoken in new:
        names = names or digest_names(rows)
        if created_at < begun or legal in names[0] or spoken in names[1]:
            found.add(pk)
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
    ids |= _find_new(roster, rows, begun)
    planned = Planner(roster, roster.planned_at).decide(rows, load_people(ids))
    return {line.row_number for line, row in zip(acting, planned, strict=True) if not kept_lines.is_same(line, row)}
