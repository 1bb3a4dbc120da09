"""Solve a run of matching again from what it was given, and say whether the answer is the same.

RUN is the id in the address of the run's page; without one, the newest run over everybody. What a run was given is
kept for 90 days (for one person: 14). Exit code 1: the answer is another, or cannot be compared.
"""

from argparse import ArgumentParser, Namespace
from uuid import UUID

from django_scopes import scope

from alongside.matching.actions import NothingKept, replay_run
from alongside.matching.run_queries import get_latest_run, get_run
from alongside.people.actor import SystemActor
from alongside.rules.matching.kept import DIFFERS, SAME, CannotRead

from .common import add_program, get_program, require_migrated
from .failure import CommandFailed


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("which", type=UUID, nargs="?", metavar="RUN", help="which run (default: the newest)")
    add_program(parser)


def run(options: Namespace) -> int:
    require_migrated()
    program = get_program(options.program)
    with scope(program=program):
        found = get_run(options.which) if options.which else get_latest_run()
        if found is None:
            raise CommandFailed(f"no run {options.which} in this program" if options.which else "there is no run yet")
        try:
            replayed = replay_run(run=found, by=SystemActor(program_id=program.pk))
        except NothingKept as nothing:
            raise CommandFailed("what this run was given is not kept, or not any more") from nothing
        except CannotRead as unreadable:
            raise CommandFailed("what this run was given cannot be read by this version of the program") from unreadable
    name = f"run {found.pk} of {found.made_at:%Y-%m-%d %H:%M} UTC, inputs {found.inputs_digest[:12]}"
    if replayed.code == SAME:
        print(f"{name}: the same answer")
        return 0
    if replayed.code == DIFFERS:
        print(f"{name}: another answer for {len(replayed.people)} people")
        return 1
    print(f"{name}: what was kept is not what the run noted; not solved")
    return 1
