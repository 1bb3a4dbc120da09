"""Erase again whoever was erased since this database was saved: what `restore` and `migrate` do by themselves.

It reads the ledger outside the database (ALONGSIDE_LEDGER_FILE). A line that was changed stops it.
"""

from argparse import ArgumentParser, Namespace

from django.utils import timezone

from alongside.retention.ledger import LedgerDamaged
from alongside.retention.restoring import keep_ledger

from .common import require_migrated
from .failure import CommandFailed


def add_arguments(parser: ArgumentParser) -> None:
    """It takes none."""


def run(options: Namespace) -> int:
    require_migrated()
    try:
        print(f"erased again or noted: {keep_ledger(timezone.now())}")
    except LedgerDamaged as error:
        raise CommandFailed(str(error)) from error
    return 0
