"""Bring a backup back, whole or not at all. Stop the server and the worker first.

Afterwards run `alongside migrate` if the backup is of an earlier version, and `alongside check`.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.db import connection, transaction

from alongside.audit.actions import record
from alongside.audit.backup import BackupFailed, restore_backup
from alongside.audit.keys import KeyRingMissing, KeyRingUnusable
from alongside.audit.sealed_file import FileRefused

from .common import list_unapplied_migrations, settle_keys
from .failure import CommandFailed


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a backup")
    parser.add_argument("--force", action="store_true", help="replace the data that is there now")
    parser.add_argument(
        "--into", type=Path, metavar="FILE", help="SQLite: restore into this file instead, to look at it"
    )


def run(options: Namespace) -> int:
    try:
        header = restore_backup(options.file, options.into, force=options.force)
    except (BackupFailed, FileRefused, KeyRingMissing, KeyRingUnusable, OSError) as error:
        raise CommandFailed(str(error) or type(error).__name__) from error
    print(f"restored {sum(header.tables.values()):,} rows of {header.made_at}")
    if options.into:
        return 0
    connection.close()
    if lacking := list_unapplied_migrations():
        print(f"it lacks {len(lacking)} migrations: run alongside migrate")
        return 0
    try:
        settle_keys()
    except KeyRingUnusable as error:
        raise CommandFailed(f"it is there, but keys have to be settled: {error}") from error
    with transaction.atomic():
        record(act="backup.restored", by=None)
    return 0
