"""Bring the database up to date, and make the key ring and the folders on the very first run.

Take a backup before an upgrade. On a database that holds data, a missing key ring is an error and is never replaced.
"""

from argparse import ArgumentParser, Namespace

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from alongside.audit.keys import create_key_ring, there_is_one
from alongside.retention.restoring import replay

from .common import settle_keys
from .failure import CommandFailed


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="print nothing")


def run(options: Namespace) -> int:
    settings.ALONGSIDE_HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not there_is_one():
        key_file = settings.ALONGSIDE_KEY_FILE
        if "people_person" in connection.introspection.table_names():
            raise CommandFailed(
                f"the key ring {key_file} is missing; without it nothing can be read. Restore your copy."
            )
        create_key_ring(key_file)
        if not options.quiet:
            print(f"made the key ring {key_file}: keep a copy of it apart from the backups")
    call_command("migrate", interactive=False, verbosity=0 if options.quiet else 1)
    call_command("createcachetable", verbosity=0)
    # A backup of an earlier version came back without this: now its tables are as the ledger needs them (I6).
    settle_keys()
    if again := replay(timezone.now()):
        print(f"erased again {again} people who were erased after this database was saved")
    return 0
