"""Propose peers for everybody who waits in a program, by its policy in force; with --send, offer them too.

Proposals wait on the coordinators' board. Nothing is decided here: the person chooses, and the peer answers. With two
files (people, then peers) no program is needed: proposals with their reasons are written as CSV.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django_scopes import scope

from alongside.matching.actions import run_matching, send_all_offers
from alongside.people.actor import SystemActor
from alongside.people.models import Episode

from .common import add_program, get_program, require_migrated
from .failure import CommandFailed
from .match_lists import match_lists


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("lists", type=Path, nargs="*", metavar="FILE", help="a list of people and a list of peers")
    parser.add_argument("-o", "--out", type=Path, help="where the proposals for two lists go (default: print them)")
    parser.add_argument("--language", choices=("en", "es"), default="en", help="of the reasons (default en)")
    parser.add_argument("--dates", choices=("mdy", "dmy", "ymd"), help="how dates in the lists are written")
    parser.add_argument("--most", type=int, default=3, help="peers proposed for each person (default 3)")
    add_program(parser)
    parser.add_argument("--send", action="store_true", help="offer the proposed peers to each person at once")


def run(options: Namespace) -> int:
    if options.lists:
        return _match_lists(options)
    require_migrated()
    program = get_program(options.program)
    house = SystemActor(program_id=program.pk)
    with scope(program=program):
        made = run_matching(program=program, by=house)
        episodes = Episode.objects.filter(proposals__run=made)
        proposed = episodes.filter(proposals__rank__gt=0).distinct().count()
        without = episodes.filter(proposals__rank=0).distinct().count()
        print(f"{proposed + without} wait: {proposed} with proposals, {without} whom nobody fits ({made.policy})")
        if options.send:
            sent = send_all_offers(program=program, by=house)
            print(f"{sent.rounds} were offered peers, {sent.in_turn} come next, {sent.left} could not be")
    return 0


def _match_lists(options: Namespace) -> int:
    if len(options.lists) != 2 or options.send or options.program:
        raise CommandFailed("two files make a run of their own: first the people, then the peers")
    if options.most < 1:
        raise CommandFailed("--most: at least 1")
    people, peers = options.lists
    return match_lists(people, peers, options.out, language=options.language, order=options.dates, most=options.most)
