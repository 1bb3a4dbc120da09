"""Sealing entries into one chain per program, and finding whatever was done to them afterwards (G2).

A job calls `seal_pending` every few seconds; entries never wait for it. Each link covers the entry, its number and the
link before, under a key that is not in the database: a changed, removed, moved or inserted entry no longer fits. What
the chain cannot show by itself is that its end was cut off: for that, `heads` is published off the machine each day
(`write_heads`) and `verify` compares with it.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.db import Error, IntegrityError, connections, models, transaction
from django.db.models.functions import Cast
from django.utils import timezone

from . import canonical
from .keys import KeyRing, SealKey, key_ring, newest_key_ring
from .models import NO_PROGRAM, ChainKeys, Entry, Seal

BATCH = 1000
"""Entries in one transaction, so that the job never holds the database for long; also the rows read at once."""

LOOK_BACK = 100_000
"""How many ids below the newest sealed one are searched for entries whose transaction committed late."""

UNREADABLE = (ValueError, TypeError, AttributeError, Error)
"""What reading a tampered row can raise."""

LATE = timedelta(hours=1)
"""How long after a new key took over an entry that was marked before may still be sealed."""

CHAINS = 0x616C6F6E67_02
"""PostgreSQL's lock of whoever makes links. SQLite has one writer at a time anyway."""

TRIES = 5
PROBLEMS_KEPT = 1000

Heads = dict[UUID, tuple[int, str]]
"""The last number and hash of each program's chain."""


class SealingContested(RuntimeError):
    """Other jobs sealed the same entries again and again. Harmless: the next run goes on from there."""


class KeyRingBehind(RuntimeError):
    """The chain went over to a key that this machine's ring does not know: copy the ring to it (docs/run/scale.md)."""


@dataclass(frozen=True)
class Problem:
    """One finding. Codes:

    `entry_changed` · `entry_missing` (sealed, but gone) · `entry_forged` (written without the key) · `seal_changed`
    (the entry is whole, its link is not: changed, moved, or the link before was) · `number_missing` ·
    `number_repeated` · `tail_missing` (the chain ends before its published head) · `head_differs` (from it).
    """

    code: str
    program_id: UUID | None
    number: int | None = None
    entry_id: int | None = None


@dataclass
class Report:
    """What `verify` found. Unsealed entries older than a minute are a warning: the sealing job may be down."""

    checked: int = 0
    unsealed_older_than_60s: int = 0
    problem_count: int = 0
    problems: list[Problem] = field(default_factory=list)
    """The first `PROBLEMS_KEPT`."""

    @property
    def is_sound(self) -> bool:
        return not self.problem_count

    def add(self, code: str, program_id, number=None, entry_id=None) -> None:
        self.problem_count += 1
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append(Problem(code, program_id, number, entry_id))


def seal_pending(now: datetime, look_back: int | None = LOOK_BACK) -> int:
    """Seals every entry that has no seal yet, oldest first; returns how many. Any number of jobs may run at once.

    `look_back=None` searches the whole log, for entries that committed long after their number was given out.
    Raises `SealingContested` or `KeyRingBehind`.
    """
    newest = Seal.objects.aggregate(newest=models.Max("entry_id"))["newest"] or 0
    after = 0 if look_back is None else newest - look_back
    sealed = tries = 0
    while True:
        try:
            with transaction.atomic():
                ids, count = _seal_batch(now, after)
        except IntegrityError:
            # Another job was quicker: the unique numbers refused ours. Look again from where it ended.
            tries += 1
            if tries == TRIES:
                raise SealingContested from None
            continue
        if not ids:
            return sealed
        sealed += count
        after = ids[-1]


def heads(using: str = "default") -> Heads:
    """The last link of every chain."""
    newest = Seal.objects.using(using).values("program").annotate(number=models.Max("number")).order_by()
    return {row["program"]: (row["number"], _mac_of(using, row["program"], row["number"])) for row in newest}


def write_heads(path: Path, now: datetime) -> Heads:
    """Publishes the heads to a file, to be kept on another machine; returns them. All or nothing."""
    current = heads()
    contents = {"made_at": now.isoformat(), "heads": {str(p): [number, mac] for p, (number, mac) in current.items()}}
    temporary = Path(f"{path}.new")
    with temporary.open("w") as file:
        json.dump(contents, file, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    return current


def read_heads(path: Path) -> Heads:
    """The heads that `write_heads` published, for `verify(heads=...)`; or those of lines that left by themselves
    (`heads_away`), also with other words around them, as in a mail: of each program the latest."""
    text = Path(path).read_text()
    try:
        found = [json.loads(text)]
    except ValueError:
        found = sorted(filter(None, map(_line_of_heads, text.splitlines())), key=lambda one: one["made_at"])
        if not found:
            raise ValueError("no heads in it") from None
    return {UUID(program): (int(number), str(mac)) for one in found for program, (number, mac) in one["heads"].items()}


def _line_of_heads(line: str) -> dict | None:
    try:
        values = json.loads(line)
    except ValueError:
        return None
    return values if isinstance(values, dict) and values.keys() == {"made_at", "heads"} else None


def verify(
    program: UUID | None = None, *, now: datetime | None = None, heads: Heads | None = None, using: str = "default"
) -> Report:
    """Checks the chain of `program`, or all chains, and the entries not yet sealed; in memory that does not grow.

    With published `heads` a cut-off end is found too.
    """
    now = now or timezone.now()
    report, ring = Report(), key_ring()
    expected: dict[UUID, dict[int, str]] = {}
    # Where a new key took over, the ring itself knows the link before. An old backup may end before that.
    known = [key.after for key in ring.seals if key.after] if using == "default" else []
    for head in (*known, heads or {}):
        for chained, (number, mac) in head.items():
            if program in (None, chained):
                expected.setdefault(chained, {})[number] = mac
    seals = Seal.objects.using(using).order_by("program", "number", "id")
    pending = Entry.objects.using(using).filter(seal__isnull=True)
    if program is not None:
        seals = seals.filter(program=program)
        pending = pending.filter(program_id=None if program == NO_PROGRAM else program)
    chain = None
    for seal_id, seal, entry in _read_links(seals, using):
        report.checked += 1
        if seal is None:
            report.add("seal_changed", None, None, seal_id)
            continue
        number_of, number, mac, _, entry_id = seal
        if chain is None or chain.program != number_of:
            _end(chain, expected, report)
            chain = _Chain(number_of)
        chain.follow(number, report)
        code = _judge(ring, chain.mac, seal, entry)
        if code:
            report.add(code, number_of, number, entry_id)
        if mac != expected.get(number_of, {}).get(number, mac):
            report.add("head_differs", number_of, number, entry_id)
        chain.mac = mac
    _end(chain, expected, report)
    for gone, wanted in expected.items():
        report.add("tail_missing", gone, max(wanted))
    _check_pending(pending, now, ring, report)
    return report


@dataclass
class _Chain:
    """Where we are in a program's chain while verifying it."""

    program: UUID
    number: int = 0
    mac: str = ""

    def follow(self, number: int, report: Report) -> None:
        if number <= self.number:
            report.add("number_repeated", self.program, number)
        elif number > self.number + 1:
            report.add("number_missing", self.program, self.number + 1)
        self.number = number


def _end(chain: _Chain | None, expected: dict[UUID, dict[int, str]], report: Report) -> None:
    """Compares the end of a chain with its published head, which is then done with."""
    wanted = expected.pop(chain.program, {}) if chain else {}
    if chain and max(wanted, default=0) > chain.number:
        report.add("tail_missing", chain.program, chain.number + 1)


def _judge(ring: KeyRing, previous: str, seal: tuple, entry: tuple | None) -> str:
    """What is wrong with one link, or ""."""
    program, number, mac, sealed_at, entry_id = seal
    if entry is None:
        return "entry_missing"
    mark, *values = entry
    body = canonical.entry_bytes(values)
    held = holds(ring, program, number)
    key = ring.seals[held].key
    whole = canonical.mark(key, body) == mark or _is_marked(body, mark, _others(ring, held, entry_id, sealed_at))
    fits = canonical.link(key, previous, [program, number, sealed_at, entry_id, mark], body) == mac
    if whole:
        return "" if fits else "seal_changed"
    return "entry_forged" if fits else "entry_changed"


def holds(ring: KeyRing, program: UUID, number: int) -> int:
    """Which of the keys of the chain, newest first, made this link: the newest that took over before it."""
    for place, key in enumerate(ring.seals):
        if key.after is not None and number > key.after.get(program, (0, ""))[0]:
            return place
    return len(ring.seals) - 1


def _others(ring: KeyRing, held: int, entry_id: int, sealed_at: datetime | None) -> list[SealKey]:
    """Keys besides that of the link by which its entry may be marked.

    Newer ones mark already while they wait, and after an old backup came back. The one before, for what was written
    while it held and committed late: known by its low id, and sealed within the hour.
    """
    keys = list(ring.seals[:held])
    key = ring.seals[held]
    if key.at and entry_id <= key.last_entry and (sealed_at is None or sealed_at <= key.at + LATE):
        keys.append(ring.seals[held + 1])
    return keys


def _is_marked(body: bytes, mark: str, keys: list[SealKey]) -> bool:
    return any(canonical.mark(key.key, body) == mark for key in keys)


def _check_pending(pending, now: datetime, ring: KeyRing, report: Report) -> None:
    holding = next(place for place, key in enumerate(ring.seals) if key.after is not None)
    limit = now - timedelta(seconds=60)
    for ids in _in_batches(pending.order_by("id").values_list("id", flat=True)):
        rows = _read_entries(ids, pending.db)
        for entry_id in ids:
            entry = rows[entry_id]
            report.checked += 1
            keys = [ring.seals[holding], *_others(ring, holding, entry_id, None)]
            if entry is None or not _is_marked(canonical.entry_bytes(entry[1:]), entry[0], keys):
                report.add("entry_forged", None if entry is None else entry[2], None, entry_id)
            elif entry[1 + canonical.COLUMNS.index("at")] < limit:
                report.unsealed_older_than_60s += 1


def _seal_batch(now: datetime, after: int) -> tuple[list[int], int]:
    """Seals the first entries above id `after`; returns the ids looked at and how many of them were sealed."""
    take_chains()
    # As it is now: whoever gives the chain a new key holds the same lock, and has written the ring before letting go.
    ring = newest_key_ring()
    if sum(key.after is not None for key in ring.seals) < (
        ChainKeys.objects.values_list("count", flat=True).first() or 1
    ):
        raise KeyRingBehind("links by an earlier key would not hold")
    pending = Entry.objects.filter(seal__isnull=True, id__gt=after).order_by("id")
    ids = list(pending.values_list("id", flat=True)[:BATCH])
    tails: dict[UUID, tuple[int, str]] = {}
    seals = []
    for entry_id, entry in _read_entries(ids, "default").items():
        if entry is None:
            continue  # Unreadable: tampered with before it was sealed. `verify` reports it as forged.
        mark, *values = entry
        program = values[canonical.COLUMNS.index("program_id")] or NO_PROGRAM
        if program not in tails:
            latest = Seal.objects.filter(program=program).order_by("-number").values_list("number", "mac").first()
            tails[program] = latest or (0, "")
        number, previous = tails[program][0] + 1, tails[program][1]
        key = ring.seals[holds(ring, program, number)].key
        mac = canonical.link(key, previous, [program, number, now, entry_id, mark], canonical.entry_bytes(values))
        tails[program] = number, mac
        seals.append(Seal(program=program, number=number, entry_id=entry_id, mac=mac, sealed_at=now))
    Seal.objects.bulk_create(seals)
    return ids, len(seals)


def take_chains() -> None:
    """Until this transaction ends nobody else makes links."""
    if connections["default"].vendor == "postgresql":
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAINS])


def _mac_of(using: str, program: UUID, number: int) -> str:
    return Seal.objects.using(using).filter(program=program, number=number).values_list("mac", flat=True).first()


def _read_links(seals, using: str) -> Iterator[tuple[int, tuple | None, tuple | None]]:
    """Id, seal and entry of each link in order; None for a seal that cannot be read or an entry that is gone."""
    for ids in _in_batches(seals.values_list("id", flat=True)):
        links = _read_rows(Seal.objects.using(using), ids, ("program", "number", "mac", "sealed_at", "entry_id"))
        links = {seal_id: link if link and isinstance(link[1], int) else None for seal_id, link in links.items()}
        entries = _read_for_checking([link[-1] for link in links.values() if link], using)
        for seal_id in ids:
            link = links[seal_id]
            yield seal_id, link, entries[link[-1]] if link else None


IDS = ("key", "program_id", "actor_id", "actor_person_id", "subject_id", "object_id")
"""Columns of an entry that are ids."""

FOR_CHECKING = ("mark", *(f"{name}_text" if name in IDS else name for name in canonical.COLUMNS))
WHERE_IDS_ARE = [place for place, name in enumerate(canonical.COLUMNS, start=1) if name in IDS]


def _read_for_checking(ids: list[int], using: str) -> dict[int, tuple | None]:
    """The same, with ids as the text that is hashed: to make an object of each would be a third of a long walk."""
    texts = {f"{name}_text": Cast(name, models.TextField()) for name in IDS}
    found = _read_rows(_with_token(using).annotate(**texts), ids, FOR_CHECKING)
    if connections[using].vendor == "postgresql":  # it writes them with dashes; SQLite keeps the digits
        for entry_id, values in found.items():
            if values:
                plain = list(values)
                for place in WHERE_IDS_ARE:
                    plain[place] = plain[place] and plain[place].replace("-", "")
                found[entry_id] = tuple(plain)
    return found


def _read_entries(ids: list[int], using: str) -> dict[int, tuple | None]:
    """The mark and the covered columns of each entry; None for one that is gone or cannot be read."""
    return _read_rows(_with_token(using), ids, ("mark", *canonical.COLUMNS))


def _with_token(using: str):
    """Entries with their words as they are stored."""
    return Entry.objects.using(using).annotate(reason_token=Cast("reason_words", models.TextField()))


def _read_rows(rows, ids: list[int], columns: tuple[str, ...]) -> dict[int, tuple | None]:
    """The columns of each row by id. Tampering can leave what is no UUID or no JSON: then each row is read alone."""
    found: dict[int, tuple | None] = dict.fromkeys(ids)
    try:
        found.update((row[0], row[1:]) for row in rows.filter(id__in=ids).values_list("id", *columns))
    except UNREADABLE:
        for row_id in ids if len(ids) > 1 else ():
            found.update(_read_rows(rows, [row_id], columns))
    return found


def _in_batches(ids) -> Iterator[list[int]]:
    stream = ids.iterator(chunk_size=BATCH)
    while batch := list(islice(stream, BATCH)):
        yield batch
