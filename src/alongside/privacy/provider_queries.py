"""Which agreements are on file, and for what one is missing."""

from datetime import date
from uuid import UUID

from django_scopes import scope

from alongside.people.carriers import list_in_use, list_outside
from alongside.people.models import Program
from alongside.rules.providers import ASKED_FOR, SERVICES, Agreement, list_overdue, list_uncovered

from .models import ServiceProvider
from .writing import get_posture

MOST = 100


def list_all() -> list[ServiceProvider]:
    """Those of the program in scope, the ones in force first."""
    return list(ServiceProvider.objects.order_by("ended_at", "service", "name")[:MOST])


def list_on_file() -> list[Agreement]:
    """The agreements in force, as the rules read them."""
    found = ServiceProvider.objects.filter(ended_at=None).values_list("service", "agreement", "review_on")
    return [Agreement(*one) for one in found]


def is_agreed(program_id: UUID, service: str) -> bool:
    """Whether a program has a paper that suits for "mail" or "text": what `people.carriers` asks."""
    with scope(program=Program.objects.get(pk=program_id)):
        return not list_uncovered([service], list_on_file(), get_posture())


def list_used() -> set[str]:
    """Services that the settings of this installation show to be somebody outside."""
    return {*list_in_use(), *(service for service, _host in list_outside())}


def list_missing() -> list[str]:
    """What the program in scope has no paper for: what is used outside without one that suits, and whose computers and
    backups nobody named yet. Those two cannot be seen from here, so somebody says it, also where it is themselves.
    """
    on_file = list_on_file()
    named = {one.service for one in on_file}
    uncovered = list_uncovered(list_used(), on_file, get_posture())
    return [one for one in SERVICES if one in uncovered or (one in ASKED_FOR and one not in named)]


def list_problems(program: Program, today: date) -> list[str]:
    """What the operator's check says of a program: carriers without a paper, papers to look at again."""
    with scope(program=program):
        on_file = list_on_file()
        missing = list_uncovered(list_used(), on_file, get_posture())
    return [
        f"{program.slug}: no written agreement that suits for {service}; a director enters it" for service in missing
    ] + [
        f"{program.slug}: the agreement for {one.service} was to be looked at by {one.review_on}"
        for one in list_overdue(on_file, today)
    ]
