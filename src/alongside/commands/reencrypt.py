"""Let new keys take over everywhere, while everything keeps running. Run it after `alongside add-key`.

The chain of the log goes on with its new key, indexes are made anew, and everything is encrypted again. It can be
interrupted and run again. The older keys stay in the key ring: the audit log and old backups need them.
"""

from argparse import ArgumentParser, Namespace

from alongside.audit.keys import KeyRingMissing, KeyRingUnusable
from alongside.audit.reindexing import reindex
from alongside.audit.resealing import go_over
from alongside.audit.rotation import NotReencrypted, reencrypt
from alongside.audit.sealing import SealingContested

from .common import add_progress, progress_of, require_migrated
from .failure import CommandFailed


def add_arguments(parser: ArgumentParser) -> None:
    add_progress(parser)


def run(options: Namespace) -> int:
    require_migrated()
    try:
        if go_over():
            print("the log goes on with a new key: copy the key ring to its safe place again")
        if indexes := reindex(progress_of(options, "indexes")):
            print(f"{indexes:,} indexes were made anew")
        changed = reencrypt(progress_of(options, "rows"))
    except (NotReencrypted, KeyRingMissing, KeyRingUnusable, SealingContested, OSError) as error:
        raise CommandFailed(str(error) or type(error).__name__) from error
    print(f"{changed:,} rows were encrypted again")
    return 0
