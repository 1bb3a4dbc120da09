"""Propose peers for everybody who waits in a program, by its policy in force; with --send, offer them too.

Proposals wait on the coordinators' board. Nothing is decided here: the person chooses, and the peer answers.
"""

from argparse import ArgumentParser, Namespace

from django_scopes import scope

from alongside.matching.actions import run_matching, send_all_offers
from alongside.people.actor import SystemActor
from alongside.people.models import Episode

from .common import add_program, get_program, require_migrated


def add_arguments(parser: ArgumentParser) -> None:
    add_program(parser)
    parser.add_argument("--send", action="store_true", help="offer the proposed peers to each person at once")


def run(options: Namespace) -> int:
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
            print(f"{sent.rounds} were offered peers, {sent.left} could not be")
    return 0
