"""The papers themselves: a file is checked, kept as it came, read by who handles the demand, with an entry."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.audit.parts import join, split
from alongside.people.models import Person
from alongside.rules import scans

from ..holding import lock_demand, log_demand, log_step
from ..models import Demand, Scan, ScanPart
from ..queries import is_held

MOST = 60
"""Files of one demand."""


class ScanRefused(Exception):
    """Nothing was kept, or nothing taken away. `code`: no_words, twice, many, held, over, changed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def add_scan(
    *, demand: Demand, content: bytes, words: str, submit_key: UUID, by, now: datetime | None = None
) -> Scan:  # fmt: skip
    """Keep a file with a demand, byte for byte. The same `submit_key` is the same file.

    It is read before the database is held: it takes a moment, and on SQLite nobody else could write meanwhile.
    Raises `rules.scans.NotAScan`, `ScanRefused`.
    """
    if not words.strip():
        raise ScanRefused("no_words")
    checked = scans.check(content)
    return _keep(demand, content, checked, words, submit_key, by, now or timezone.now())


@transaction.atomic
def _keep(
    demand: Demand, content: bytes, checked: scans.Scan, words: str, submit_key: UUID, by, now: datetime
) -> Scan:  # fmt: skip
    locked, digest = lock_demand(demand), hashlib.sha256(content).hexdigest()
    here = Scan.objects.filter(demand=locked)
    if before := here.filter(submit_key=submit_key).first():
        return before
    if here.filter(digest=digest, taken_away_at=None).exists():
        raise ScanRefused("twice")
    if here.filter(taken_away_at=None).count() >= MOST:
        raise ScanRefused("many")
    scan = Scan.objects.create(
        program_id=locked.program_id, demand=locked, kind=checked.kind, size=checked.size, digest=digest,
        words=words.strip(), added_at=now, added_by_id=by.user_id, submit_key=submit_key,
    )  # fmt: skip
    ScanPart.objects.bulk_create(
        ScanPart(program_id=scan.program_id, scan=scan, number=number, content=text) for number, text in split(content)
    )
    log_step(locked, "scanned", by=by, now=now, words=words)
    log_demand(locked, "demand.scanned", by=by, reason=checked.kind)
    return scan


def read_scan(*, scan: Scan, by) -> bytes:
    """Its bytes, as they came; the entry is written first. Raises `ScanRefused` where they are not those any more."""
    record(
        act="demand.scan_read", by=by, subject=scan.demand.person_id, view=True, object_kind="demand_scan",
        object_id=scan.pk,
    )  # fmt: skip
    content = join(ScanPart.objects.filter(scan=scan).order_by("number").values_list("content", flat=True))
    if len(content) != scan.size or hashlib.sha256(content).hexdigest() != scan.digest:
        raise ScanRefused("changed")
    return content


@transaction.atomic
def take_scan_away(*, scan: Scan, words: str, by, now: datetime | None = None) -> Scan:
    """It does not belong here: its bytes go, that it was here stays. Not while the person's record is kept whole."""
    if not words.strip():
        raise ScanRefused("no_words")
    demand = lock_demand(Demand(pk=scan.demand_id))
    locked = Scan.objects.select_for_update(of=("self",)).get(pk=scan.pk)
    if locked.taken_away_at:
        raise ScanRefused("over")
    # A hold locks the person as well: either it is seen here, or it comes after the bytes went.
    if demand.person_id and is_held(Person.objects.select_for_update(of=("self",)).get(pk=demand.person_id)):
        raise ScanRefused("held")
    now = now or timezone.now()
    ScanPart.objects.filter(scan=locked).delete()
    locked.taken_away_at, locked.words = now, "-"
    locked.save(update_fields=["taken_away_at", "words"])
    log_step(demand, "scan_gone", by=by, now=now, words=words)
    log_demand(demand, "demand.scan_gone", by=by)
    return locked
