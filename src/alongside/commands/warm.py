"""Compile the matching engine ahead, so that long lists are matched at full speed: half a minute, once per version.

The worker does this by itself, some time after its first start. Without it long lists are matched too, more slowly.
"""

import os
from argparse import ArgumentParser, Namespace

from .failure import CommandFailed

GENTLE = 19


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--gently", action="store_true", help="give way to everything else on this machine")


def run(options: Namespace) -> int:
    if options.gently:
        os.nice(GENTLE)
    from alongside.rules.matching.warming import warm

    if not warm():
        raise CommandFailed("nothing can be compiled here: no Numba for this machine, or no folder to keep it in")
    if not options.gently:
        print("the matching engine is compiled")
    return 0
