"""Turn an account off and end its sessions at once: for whoever is gone or lost their devices, where no page helps.

Others turn accounts off on the page of accounts. Nothing of the account is removed, and the log keeps that it was done
from here.
"""

from argparse import ArgumentParser, Namespace

from alongside.people.actions import AccountNotDisabled, disable_account
from alongside.people.actor import SystemActor
from alongside.people.models import User

from .common import add_program, get_program, require_migrated
from .failure import CommandFailed


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("username", help="the user name of the account")
    add_program(parser)


def run(options: Namespace) -> int:
    require_migrated()
    program = get_program(options.program)
    user = User.objects.filter(username__iexact=options.username, memberships__program=program).distinct().first()
    if user is None:
        raise CommandFailed(f"no account {options.username!r} in {program.slug}")
    try:
        disable_account(user=user, by=SystemActor(program_id=program.pk))
    except AccountNotDisabled as error:
        raise CommandFailed("the account also belongs to another program") from error
    print(f"turned off the account {user.username} and ended its sessions")
    return 0
