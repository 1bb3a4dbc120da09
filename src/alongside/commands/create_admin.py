"""Add an administrator's account: settings, users, keys and backups, and no participant's record.

The password is asked for, or read as the first line of standard input where this is no terminal.
"""

import getpass
import sys
from argparse import ArgumentParser, Namespace

from alongside.people.actions.organization import AccountNotCreated, create_administrator

from .common import add_program, get_program, require_migrated
from .failure import CommandFailed


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("username", help="a user name; it need not be a real name")
    add_program(parser)
    parser.add_argument("--language", choices=["en", "es"], default="en")


def run(options: Namespace) -> int:
    require_migrated()
    program = get_program(options.program)
    try:
        create_administrator(
            username=options.username, password=read_password(), program=program, language=options.language
        )
    except AccountNotCreated as error:
        taken = str(error) == "username_taken"
        raise CommandFailed("this user name is taken" if taken else str(error)) from error
    print(f"made the account {options.username}; it sets up a second factor when it first signs in")
    return 0


def read_password() -> str:
    """The new password, typed twice on a terminal."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != password:
        raise CommandFailed("the two passwords differ")
    return password
