"""Rows of a list on their way, compressed and then encrypted: a long list is never whole in memory."""

import base64
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from alongside.intake.models import Roster, RosterPart
from alongside.rules import roster as rules

PART_ROWS = 1_000


def pack(value: object) -> str:
    """A value of JSON as short text, for an encrypted column."""
    return base64.b64encode(zlib.compress(json.dumps(value, separators=(",", ":")).encode(), 6)).decode()


def unpack(text: str) -> Any:
    """The value that `pack` packed."""
    return json.loads(zlib.decompress(base64.b64decode(text)))


@dataclass(frozen=True)
class PackedTable:
    """A table ready to be kept. `parts`: the numbers of the first and the last row, and the rows packed."""

    count: int
    head: str
    parts: list[tuple[int, int, str]]


def pack_table(table: rules.Table, *, is_workbook: bool) -> PackedTable:
    """Go through a whole table. Takes seconds for a long list, so it belongs outside every transaction."""
    rows: list[tuple[int, Sequence[str]]] = []
    parts, count = [], 0
    for row in table.iter_rows():
        rows.append((row.number, row.cells))
        count += 1
        if len(rows) == PART_ROWS:
            parts.append(_pack_part(rows))
            rows = []
    if rows:
        parts.append(_pack_part(rows))
    head = pack(
        {
            "headers": table.headers, "header_row": table.header_row, "title": table.title,
            "notes": [[one.code, dict(one.params)] for one in table.notes], "workbook": is_workbook,
            "sample": [(row.number, row.cells) for row in table.sample()],
        }
    )  # fmt: skip
    return PackedTable(count, head, parts)


def _pack_part(rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[int, int, str]:
    return rows[0][0], rows[-1][0], pack(rows)


def keep_parts(roster: Roster, packed: PackedTable) -> None:
    """Keep the rows beside a roster that is saved already, in the caller's transaction."""
    RosterPart.objects.bulk_create(
        RosterPart(program_id=roster.program_id, roster=roster, first_row=first, last_row=last, content=content)
        for first, last, content in packed.parts
    )


def read_kept(roster: Roster) -> rules.Table:
    """The table that was kept; its rows are read part by part, as often as wanted."""
    kept = unpack(roster.content)
    return rules.Table(
        headers=tuple(kept["headers"]),
        source=KeptRows(roster, [_row(one) for one in kept["sample"]]),
        notes=tuple(rules.Note(code, params) for code, params in kept["notes"]),
        title=kept["title"],
        header_row=kept["header_row"],
    )


def is_workbook(roster: Roster) -> bool:
    """Whether the file was one of a spreadsheet program: what stays out goes back as one too."""
    return roster.parts.exists() and unpack(roster.content)["workbook"]


class KeptRows:
    """Rows of a `rules.Table`, out of the database."""

    def __init__(self, roster: Roster, sample: list[rules.Row]) -> None:
        self.roster, self.sample = roster, sample

    def __len__(self) -> int:
        return self.roster.counts["rows"]

    def __iter__(self) -> Iterator[rules.Row]:
        parts = RosterPart.objects.filter(roster=self.roster).order_by("first_row")
        # One part at a time, each by a query of its own: no cursor stays open over the transactions of a long job.
        latest = 0
        while part := parts.filter(first_row__gt=latest).first():
            latest = part.last_row
            yield from map(_row, unpack(part.content))


def read_cells(roster: Roster, numbers: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The cells of some rows by number. One query for each part that holds one of them."""
    found: dict[int, tuple[str, ...]] = {}
    for number in sorted(numbers):
        if number not in found:
            part = RosterPart.objects.get(roster=roster, first_row__lte=number, last_row__gte=number)
            found |= {row.number: row.cells for row in map(_row, unpack(part.content))}
    return {number: found[number] for number in numbers}


def _row(packed: Sequence) -> rules.Row:
    return rules.Row(packed[0], tuple(packed[1]))
