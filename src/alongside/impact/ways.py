"""How long it takes from choosing a place to the first contact there: from the rows themselves, which are few.

For everybody together, whatever groups are asked for: of the few ways of one site nothing could be shown. It is no
part of the public figures.
"""

from collections.abc import Iterator

from django_scopes import scope

from alongside.referrals.queries import list_ways
from alongside.rules.measures import ALL, Figure
from alongside.rules.referrals import Way, time_to_first_contact

from .queries import Ask


def first_contact(ask: Ask) -> dict[str, Figure]:
    """The figure for all programs asked for together, small cells hidden."""
    return {ALL: time_to_first_contact(_list_ways(ask))}


def _list_ways(ask: Ask) -> Iterator[Way]:
    for program in ask.programs:
        with scope(program=program):
            yield from list_ways(program, ask.since)
