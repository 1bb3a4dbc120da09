"""Add a new key to the key ring: for encrypted fields, or for another kind, or of all kinds at once.

What is encrypted from now on uses it; what was written before stays readable. Copy the key ring to its safe place
afterwards, then run `alongside reencrypt`, with which the new key takes over everywhere. Running processes notice the
new key by themselves.
"""

from argparse import ArgumentParser, Namespace

from django.db import transaction

from alongside.audit import keys
from alongside.audit.actions import record
from alongside.audit.key_store import configured
from alongside.audit.keys import KeyRingMissing, KeyRingUnusable, KeyWaits

from .common import require_migrated
from .failure import CommandFailed

WORDS = {
    "fields": "names, numbers, notes: all that is encrypted",
    "blind": "finding a person by an exact name or number",
    "seal": "the chain of the log and the ledger of erased records",
    "drafts": "words kept on a device before they are saved",
    "backup": "backups",
}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "kind", nargs="?", choices=[*keys.KINDS, "all"], default="fields",
        help="; ".join(f"{kind}: {words}" for kind, words in WORDS.items()) + "; all: each of them. Default: fields",
    )  # fmt: skip


def run(options: Namespace) -> int:
    require_migrated()
    for kind in keys.KINDS if options.kind == "all" else [options.kind]:
        try:
            keys.add_key(kind)
        except KeyWaits:
            if options.kind != "all":
                raise CommandFailed(f"a new key for {kind} waits already; run: alongside reencrypt") from None
            print(f"{kind}: a new key waits already")
            continue
        except (KeyRingMissing, KeyRingUnusable, OSError) as error:
            raise CommandFailed(str(error)) from error
        with transaction.atomic():
            record(act="key.added", by=None, reason=kind)
        print(f"{kind}: added a key")
    print(f"{configured()} changed: copy it to its safe place, then run: alongside reencrypt")
    return 0
