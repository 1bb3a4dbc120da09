"""Write an encrypted backup of the whole database to a new file, while everything keeps running, and check it.

It can be read only with the key ring, which is not in it: keep a copy of the key ring elsewhere. Afterwards, backups in
the same folder that are older than ALONGSIDE_BACKUP_DAYS are removed: what was erased must not live on in them.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.audit.backup import BackupFailed, check_backup, make_backup
from alongside.audit.keys import KeyRingMissing, KeyRingUnusable
from alongside.audit.sealed_file import FileRefused
from alongside.audit.sealing import read_heads
from alongside.housekeeping import expire_backups

from .common import require_migrated
from .failure import CommandFailed


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the new file; with --check an earlier one")
    parser.add_argument("--keep-days", type=int, metavar="DAYS", help="another number of days than the setting")
    parser.add_argument("--check", action="store_true", help="only the restore drill of an earlier backup")
    parser.add_argument(
        "--heads", type=Path, metavar="FILE", help="with --check: compare the audit chains with these ends"
    )


def run(options: Namespace) -> int:
    require_migrated()
    try:
        if not options.check:
            make_backup(options.file, timezone.now())
            with transaction.atomic():
                record(act="backup.made", by=None)
        drill = check_backup(options.file, read_heads(options.heads) if options.heads else None)
    except (BackupFailed, FileRefused, KeyRingMissing, KeyRingUnusable, OSError) as error:
        raise CommandFailed(str(error) or type(error).__name__) from error
    header, chain = drill.header, drill.chain
    if not options.check:
        # Only when the new one was read back: before, the older ones may be all there is.
        days = settings.ALONGSIDE_BACKUP_DAYS if options.keep_days is None else options.keep_days
        for name in expire_backups(options.file.absolute().parent, timezone.now(), days):
            print(f"removed {name}: older than {days} days")
    print(f"{options.file}: {sum(header.tables.values()):,} rows in {len(header.tables)} tables, {header.size:,} bytes")
    if chain is not None and not chain.is_sound:
        raise CommandFailed(
            f"the audit chains in it are not sound: {chain.problem_count} problems; see alongside check"
        )
    return 0
