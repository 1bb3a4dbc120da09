"""Encrypt everything again with the newest key, while everything keeps running. Run it after `alongside add-key`.

It can be interrupted and run again. The older keys stay in the key ring: the audit log and old backups need them.
"""

from argparse import ArgumentParser, Namespace

from alongside.audit.keys import KeyRingMissing, KeyRingUnusable
from alongside.audit.rotation import NotReencrypted, reencrypt

from .common import add_progress, progress_of, require_migrated
from .failure import CommandFailed


def add_arguments(parser: ArgumentParser) -> None:
    add_progress(parser)


def run(options: Namespace) -> int:
    require_migrated()
    try:
        changed = reencrypt(progress_of(options, "rows"))
    except (NotReencrypted, KeyRingMissing, KeyRingUnusable) as error:
        raise CommandFailed(str(error)) from error
    print(f"{changed:,} rows were encrypted again")
    return 0
