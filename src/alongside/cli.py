"""The command `alongside`: one subcommand per file of `alongside.commands`.

Exit codes: 0 done; 1 it could not be done, or a check found something (the reason is on stderr); 2 wrong usage or
settings.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import django
from django.core.exceptions import ImproperlyConfigured

from alongside.commands import CommandFailed

COMMANDS = {
    "serve": "run the web server and the worker",
    "work": "run only the worker: mail, lapsing offers, sealing of the audit log",
    "migrate": "bring the database up to date, and make the keys on the first run",
    "check": "verify settings, database, keys, audit log, capacity and figures",
    "create-program": "add a program",
    "create-admin": "add an administrator's account",
    "end-account": "turn an account off and end its sessions",
    "import": "import a roster of participants or peers",
    "import-resources": "import a list of places that help (Open Referral HSDS)",
    "match": "propose peers for everybody who waits",
    "warm": "compile the matching engine ahead, for long lists",
    "match-replay": "solve a run of matching again and compare the answers",
    "policy": "show a policy in force, or adopt its next version",
    "read-meetings": "read a list of meetings from a file or an address",
    "take-text": "take in answers that came as text messages",
    "recount": "count the figures of the impact page anew",
    "compare": "look anew for records that may be of one person",
    "demo": "load the demo program",
    "backup": "write an encrypted backup",
    "restore": "bring a backup back",
    "erase-again": "erase again whoever was erased since a restored backup was made",
    "add-key": "add a new key to the key ring",
    "reencrypt": "let new keys take over everywhere: the log, indexes, all that is encrypted",
}
"""Name of each command, in the order of the help, to its one line of help."""


MODULES = {"import": "import_"}
"""Commands whose module cannot have their name."""

SETS_UP_ITSELF = "serve"
"""This command starts other processes before it loads Django."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        if arguments[:1] != [SETS_UP_ITSELF]:
            django.setup()
        options = parser(arguments).parse_args(arguments)
        return options.run(options)
    except ImproperlyConfigured as error:
        print(f"alongside: {error}", file=sys.stderr)
        return 2
    except CommandFailed as failure:
        print(f"alongside {arguments[0]}: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"alongside {arguments[0]}: interrupted", file=sys.stderr)
        return 1


def parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """The command line, built from the modules of `alongside.commands`; only that of the named command is loaded."""
    top = argparse.ArgumentParser(
        prog="alongside",
        description="Run peer recovery mentoring: the operator's commands.",
        epilog=(__doc__ or "").split("\n\n")[1],
    )
    subparsers = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, words in COMMANDS.items():
        if name not in arguments[:1]:
            subparsers.add_parser(name, help=words)
            continue
        module = import_module(f"alongside.commands.{MODULES.get(name, name.replace('-', '_'))}")
        subparser = subparsers.add_parser(name, help=words, description=module.__doc__)
        module.add_arguments(subparser)
        subparser.set_defaults(run=module.run)
    return top
