"""Put a new encryption key in front of the key ring.

What is written from now on uses it; what was written before stays readable. Copy the key ring to its safe place
afterwards, then run `alongside reencrypt`. Running processes notice the new key by themselves.
"""

from argparse import ArgumentParser, Namespace

from django.conf import settings
from django.db import transaction

from alongside.audit.actions import record
from alongside.audit.keys import KeyRingMissing, KeyRingUnusable, add_field_key

from .common import require_migrated
from .failure import CommandFailed


def add_arguments(parser: ArgumentParser) -> None:
    """This command takes no arguments."""


def run(options: Namespace) -> int:
    require_migrated()
    try:
        add_field_key()
    except (KeyRingMissing, KeyRingUnusable) as error:
        raise CommandFailed(str(error)) from error
    with transaction.atomic():
        record(act="key.added", by=None)
    print(f"added a key to {settings.ALONGSIDE_KEY_FILE}: copy it to its safe place, then run: alongside reencrypt")
    return 0
