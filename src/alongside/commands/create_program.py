"""Add a program: the unit whose people and records nobody of another program sees.

It starts with the first version of each policy; its council changes them later.
"""

from argparse import ArgumentParser, Namespace

from django.db import transaction

from alongside.council.actions import adopt_first_policies
from alongside.people.actions.organization import ProgramNotCreated, create_program
from alongside.people.actor import SystemActor
from alongside.people.models import Organization

from .common import require_migrated
from .failure import CommandFailed

WHY_NOT = {
    "slug_taken": "there is a program with this short name already",
    "slug_unusable": "a short name has only letters, digits, - and _, at most 40",
    "time_zone_unknown": "this time zone is not known; use a name such as America/Chicago",
}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", help="the program's name, for staff")
    parser.add_argument("--slug", required=True, help="short name for addresses and commands")
    parser.add_argument("--organization", help="the organization's name; needed for the first program")
    parser.add_argument("--public-name", default="Side by Side", help="neutral name in titles, mail and calendars")
    parser.add_argument("--time-zone", default="America/Los_Angeles")
    parser.add_argument("--country", default="US", help="two letters")
    parser.add_argument("--phone", default="", help="the program's telephone, shown on its public page")
    parser.add_argument("--private", action="store_true", help="no public page that takes new asks")


def run(options: Namespace) -> int:
    require_migrated()
    if not options.organization and not Organization.objects.exists():
        raise CommandFailed("this is the first program: name the organization with --organization")
    try:
        with transaction.atomic():
            program = create_program(
                name=options.name,
                slug=options.slug,
                organization_name=options.organization or "",
                public_name=options.public_name,
                time_zone=options.time_zone,
                country=options.country,
                phone=options.phone,
                is_public=not options.private,
            )
            adopt_first_policies(program, by=SystemActor(program_id=program.pk))
    except ProgramNotCreated as error:
        raise CommandFailed(WHY_NOT.get(str(error), str(error))) from error
    print(f"made the program {program.slug}; next: alongside create-admin NAME --program {program.slug}")
    return 0
