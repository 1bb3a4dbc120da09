"""Count the figures of the impact page anew, from every row. Needed only where `alongside check` found them wrong.

The server keeps running; until it is done, the page says that the figures are being counted. It can be interrupted:
the worker goes on where it stopped.
"""

from argparse import ArgumentParser, Namespace

from alongside.impact.actions import rebuild

from .common import add_program, get_program, require_migrated


def add_arguments(parser: ArgumentParser) -> None:
    add_program(parser)


def run(options: Namespace) -> int:
    require_migrated()
    program = get_program(options.program)
    rebuild(program)
    print(f"the figures of {program.slug} were counted anew")
    return 0
