"""Entries of the log for the latest contacts and for openings of records, each with its true mark; then sealed."""

from random import Random

from django.utils import timezone

from alongside.audit import canonical, sealing
from alongside.audit.keys import key_ring
from alongside.audit.models import Entry

from .bulk import Table, new_id
from .clock import Clock
from .workforce import Peer

ACTS = {"completed": "contact.completed", "attempted": "contact.attempted"}


def write_entries(rng: Random, clock: Clock, program: str, peers: list[Peer], latest: list[tuple], most: int) -> int:
    """At most so many entries, the latest; returns how many."""
    table = Table(
        Entry, "key", "program_id", "at", "actor_id", "actor_person_id", "role", "act", "subject_id", "object_kind",
        "object_id", "fields", "mark",
    )  # fmt: skip
    seal, wanted = key_ring().seal, []
    latest.sort(reverse=True)
    for minute, status, contact, participant, peer in latest:
        if len(wanted) >= most:
            break
        if status in ACTS:
            wanted.append((minute, ACTS[status], participant, "contact", contact, peers[peer].id))
            if rng.random() < 0.5:
                wanted.append((minute - 1, "record.opened", participant, "record", None, peers[peer].id))
    for minute, act, participant, kind, found, person in reversed(wanted[:most]):
        key = new_id(rng)
        values = [key, program, clock.moment(minute), None, person, "peer", act, participant, kind, found, [], "done",
                  "", "", ""]  # fmt: skip
        mark = canonical.mark(seal, canonical.entry_bytes(values))
        table.add(key, program, clock.text(minute), None, person, "peer", act, participant, kind, found, "[]", mark)
    table.flush()
    return table.count


def seal_all() -> int:
    """As the worker does."""
    return sealing.seal_pending(timezone.now(), look_back=None)
