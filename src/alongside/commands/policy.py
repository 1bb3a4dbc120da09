"""Show the policies in force in a program, or adopt new values for one kind as its next version.

Shown as JSON that can be edited and given back with --adopt. Earlier versions stay; everybody reads them at /policies/.
"""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django_scopes import scope

from alongside.council.actions import adopt_policy
from alongside.council.models import POLICY_KINDS
from alongside.council.queries import get_policy
from alongside.people.actor import SystemActor
from alongside.rules.policy_values import PolicyInvalid

from .common import add_program, get_program, require_migrated
from .failure import CommandFailed


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("kind", choices=POLICY_KINDS, help="which policy")
    add_program(parser)
    parser.add_argument("--adopt", type=Path, metavar="FILE", help="a JSON file with the new values; - reads them here")
    parser.add_argument("--note", default="", help="why, in a sentence everybody may read; needed with --adopt")


def run(options: Namespace) -> int:
    require_migrated()
    program = get_program(options.program)
    with scope(program=program):
        if options.adopt is None:
            json.dump(get_policy(options.kind).values, sys.stdout, indent=2)
            print()
            return 0
        if not options.note:
            raise CommandFailed("say why with --note: everybody may read what was decided, and why")
        try:
            adopted = adopt_policy(
                program=program,
                kind=options.kind,
                values=_read(options.adopt),
                by=SystemActor(program_id=program.pk),
                note=options.note,
            )
        except PolicyInvalid as error:
            where = f" in {error.field}" if error.field else ""
            raise CommandFailed(f"not adopted: {error.code.replace('_', ' ')}{where}") from error
    print(f"adopted: {adopted}")
    return 0


def _read(path: Path) -> object:
    try:
        return json.loads(sys.stdin.read() if str(path) == "-" else path.read_text())
    except OSError as error:
        raise CommandFailed(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise CommandFailed(f"{path} is not JSON: {error}") from error
