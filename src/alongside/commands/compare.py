"""Look for records that may be of one person anew, in the whole program.

Needed only for people who came before there was such a comparison, or by another way than the product's own. The
worker compares everybody; what people decided about a pair stays.
"""

from argparse import ArgumentParser, Namespace

from alongside.people.match_keys import rebuild

from .common import add_program, get_program, require_migrated


def add_arguments(parser: ArgumentParser) -> None:
    add_program(parser)


def run(options: Namespace) -> int:
    require_migrated()
    program = get_program(options.program)
    print(f"{rebuild(program)} people of {program.slug} will be compared by the worker")
    return 0
