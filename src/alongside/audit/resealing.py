"""The chain of the log goes over to a new key at one link, for good (G2, I7).

What was sealed before stays as it was, and is verified with the key before: whoever has only the new key changes none
of it. Whoever has only the old one changes none of it either, because the first link by the new key covers the last by
the old, and can add nothing: the ring, which is not in the database, keeps the last link of each chain. In the log
itself an entry says when it was (`key.seal_changed`).

A crash leaves either the key waiting, and the next run does it, or all of it done: the ring is written once.
"""

import time
from datetime import datetime

from django.db import connection, models, transaction
from django.utils import timezone

from .actions import record
from .keys import changing, newest_key_ring, until_all_know
from .models import ChainKeys, Entry, Seal
from .sealing import heads, seal_pending, take_chains


def go_over(now: datetime | None = None, *, sleep=time.sleep) -> bool:
    """Let the key of the chain that waits take over; returns whether there was one."""
    if newest_key_ring().seals[0].after is not None:
        return False
    # From here on everybody marks entries with the new key; what was marked before is sealed first.
    sleep(until_all_know())
    seal_pending(now or timezone.now(), look_back=None)
    with transaction.atomic():
        take_chains()
        with changing() as contents:
            waiting = contents["seal"][0]
            if not isinstance(waiting, dict) or waiting["after"] is not None:
                return False  # another run was quicker
            contents["seal"][0] = {
                "key": waiting["key"],
                "after": {str(program): [number, mac] for program, (number, mac) in heads().items()},
                "last_entry": _last_entry(),
                "at": (now or timezone.now()).isoformat(),
            }
        # A machine whose ring was not copied yet stops making links until it is.
        taken = sum(key.after is not None for key in newest_key_ring().seals)
        ChainKeys.objects.update_or_create(pk=1, defaults={"count": taken})
        record(act="key.seal_changed", by=None)
    return True


def settle_restored() -> bool:
    """After a backup from before came back: its chains go on with the newest key from where they end.

    Otherwise they would be sealed with an earlier one up to the link that was the last before. Returns whether.
    """
    ring, ends = newest_key_ring(), heads()
    longer = [
        (place, program)
        for place, key in enumerate(ring.seals)
        for program, (number, _mac) in (key.after or {}).items()
        if number > ends.get(program, (0, ""))[0]
    ]
    if not longer:
        return False
    with changing() as contents:
        for place, program in longer:
            after = contents["seal"][place]["after"]
            if program in ends:
                after[str(program)] = list(ends[program])
            else:
                del after[str(program)]
    return True


def _last_entry() -> int:
    """The highest id that was given to an entry, also in a transaction that has not ended."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT last_value FROM audit_entry_id_seq")
            return cursor.fetchone()[0]
    entry = Entry.objects.aggregate(last=models.Max("id"))["last"] or 0
    return max(entry, Seal.objects.aggregate(last=models.Max("entry_id"))["last"] or 0)
