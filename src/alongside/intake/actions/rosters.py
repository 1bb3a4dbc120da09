"""A roster: uploaded, mapped, previewed, then confirmed all or nothing, or cancelled. The command line uses it too."""

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from alongside.audit.actions import record
from alongside.intake.models import Roster, RosterLine
from alongside.intake.rosters import lines
from alongside.intake.rosters.plan import Planned, columns_of, count, make_plan, read_file
from alongside.intake.rosters.writing import Writer
from alongside.people.models import Program, Site
from alongside.rules import roster as rules
from alongside.rules.lifecycles import ROSTER
from alongside.rules.roster.header_words import LIST_FIELDS

DATE_ORDERS = ("mdy", "dmy", "ymd")
NAME_FIELDS = frozenset({"goes_by", "legal_name", "first_name", "last_name"})


class MappingRefused(ValueError):
    """The columns cannot be read so. `code`: `no_name`, `twice` (with `field`), `unknown_field`, `date_order`."""

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(f"{code} {field}".strip())
        self.code, self.field = code, field


class PreviewOutdated(Exception):
    """People changed since the preview was made: nothing was written, and the preview is fresh now."""


@transaction.atomic
def upload_roster(
    *, program: Program, content: bytes, file_name: str, by, kind: str | None = None, site: Site | None = None,
    now: datetime | None = None,
) -> Roster:  # fmt: skip
    """Keep a file (encrypted) with a guess at its columns. Raises `rules.roster.RosterUnreadable` with a code.

    The same file sent again while the first is still being checked is that first one (I3).
    """
    table = rules.read_table(content, file_name)
    kind = kind or rules.guess_kind(table.headers, table.title)[0]
    if kind not in rules.ROSTER_KINDS:
        raise ValueError(f"no such kind of roster: {kind!r}")
    digest = hashlib.sha256(content).hexdigest()
    with scope(program=program):
        same = Roster.objects.filter(content_hash=digest, kind=kind, site=site, status__in=("uploaded", "previewed"))
        if found := same.first():
            return found
        mapping = rules.mapping_of(rules.guess_table(table, kind))
        roster = Roster.objects.create(
            program=program,
            kind=kind,
            content=base64.b64encode(content).decode(),
            content_hash=digest,
            file_name=file_name[:200],
            mapping={str(place): field or "" for place, field in mapping.items()},
            options={"date_order": _known_order(table, mapping)},
            counts={"rows": len(table.rows)},
            site=site,
            uploaded_at=now or timezone.now(),
            uploaded_by_id=by.user_id,
        )
        record(act="roster.uploaded", by=by, program_id=program.pk, object_kind="roster", object_id=roster.pk)
        return roster


def _known_order(table: rules.Table, mapping: Mapping[int, str | None]) -> str:
    order = rules.date_order_of(table, mapping)
    return order if order in DATE_ORDERS else ""


@transaction.atomic
def set_roster_kind(*, roster: Roster, kind: str, by) -> Roster:
    """Say that a file lists peers, or participants, after all: its columns are guessed anew."""
    if kind not in rules.ROSTER_KINDS:
        raise ValueError(f"no such kind of roster: {kind!r}")
    roster = _lock(roster)
    if roster.kind == kind:
        return roster
    _back_to_columns(roster, by)
    table = read_file(roster)
    mapping = rules.mapping_of(rules.guess_table(table, kind))
    roster.kind = kind
    roster.mapping = {str(place): field or "" for place, field in mapping.items()}
    roster.options = {"date_order": _known_order(table, mapping)}
    roster.save(update_fields=["kind", "mapping", "options", "status"])
    RosterLine.objects.filter(roster=roster).delete()
    return roster


@transaction.atomic
def map_roster(
    *, roster: Roster, mapping: Mapping[int, str | None], options: Mapping[str, object] | None = None, by,
    now: datetime | None = None,
) -> Roster:  # fmt: skip
    """Say which column is what and see what each row would do. Writes nothing but the preview. Raises `MappingRefused`.

    `mapping`: place of a column to a field of `rules.roster.FIELDS`, or None. `options`: `date_order` (mdy, dmy, ymd,
    "" to find out from the file), `own_words` (field to folded words to code).
    """
    roster = _lock(roster)
    _check_mapping(roster.kind, mapping)
    options = dict(options or {})
    if options.get("date_order", "") not in ("", *DATE_ORDERS):
        raise MappingRefused("date_order")
    _back_to_columns(roster, by)
    roster.mapping = {str(place): field or "" for place, field in mapping.items()}
    roster.options = options
    table = read_file(roster)
    planned = make_plan(roster, table, now or timezone.now())
    _preview(roster, table, planned, by)
    return roster


def _check_mapping(kind: str, mapping: Mapping[int, str | None]) -> None:
    used = [field for field in mapping.values() if field]
    for field in used:
        if field not in rules.FIELDS[kind]:
            raise MappingRefused("unknown_field", field)
        if used.count(field) > 1 and field not in LIST_FIELDS:
            raise MappingRefused("twice", field)
    if not NAME_FIELDS & set(used):
        raise MappingRefused("no_name")


def _preview(roster: Roster, table: rules.Table, planned: list[Planned], by) -> None:
    lines.write_lines(roster, table, planned)
    ROSTER.check_move(roster.status, "previewed", by=by.moves_as) if roster.status != "previewed" else None
    roster.status = "previewed"
    roster.counts = {"rows": len(planned), **count(planned)}
    roster.save(update_fields=["mapping", "options", "status", "counts"])
    record(act="roster.previewed", by=by, program_id=roster.program_id, object_kind="roster", object_id=roster.pk)


def confirm_roster(*, roster: Roster, by, now: datetime | None = None) -> dict[str, int]:
    """Do everything the preview promised in one transaction, or nothing. Returns the counts by outcome.

    Decides again against the people as they are now; where that differs from the preview, writes nothing but a fresh
    preview and raises `PreviewOutdated`. Confirming twice does it once.
    """
    now = now or timezone.now()
    with transaction.atomic():
        # Imports of a program wait for each other: two files that name the same new person make one.
        Program.objects.select_for_update().get(pk=roster.program_id)
        roster = _lock(roster)
        if roster.status == "confirmed":
            return roster.counts
        ROSTER.check_move(roster.status, "confirmed", by=by.moves_as)
        table = read_file(roster)
        planned = make_plan(roster, table, now)
        promised = {line.row_number: line for line in RosterLine.objects.filter(roster=roster)}
        outdated = len(promised) != len(planned) or any(
            row.number not in promised or not lines.is_same(promised[row.number], row) for row in planned
        )
        if outdated:
            _preview(roster, table, planned, by)
        else:
            _write(roster, planned, promised, by, now)
    if outdated:
        raise PreviewOutdated(roster.pk)
    return roster.counts


def _write(roster: Roster, planned: list[Planned], promised: dict[int, RosterLine], by, now: datetime) -> None:
    writer = Writer(roster, by, now)
    for row in planned:
        line = promised[row.number]
        person = writer.write(row)
        if person is not None:
            line.person = person
        lines.shorten(line)
    RosterLine.objects.bulk_update(promised.values(), ["person", "values"], batch_size=200)
    roster.status, roster.confirmed_at, roster.content = "confirmed", now, ""
    roster.save(update_fields=["status", "confirmed_at", "content"])
    record(act="roster.confirmed", by=by, program_id=roster.program_id, object_kind="roster", object_id=roster.pk)


@transaction.atomic
def cancel_roster(*, roster: Roster, by) -> Roster:
    """Leave it: the file and its preview are erased, nothing else was ever written."""
    roster = _lock(roster)
    if roster.status == "cancelled":
        return roster
    ROSTER.check_move(roster.status, "cancelled", by=by.moves_as)
    RosterLine.objects.filter(roster=roster).delete()
    roster.status, roster.content = "cancelled", ""
    roster.save(update_fields=["status", "content"])
    record(act="roster.discarded", by=by, program_id=roster.program_id, object_kind="roster", object_id=roster.pk)
    return roster


def _lock(roster: Roster) -> Roster:
    return Roster.objects.select_for_update(of=("self",)).select_related("program", "site").get(pk=roster.pk)


def _back_to_columns(roster: Roster, by) -> None:
    if roster.status == "previewed":
        ROSTER.check_move("previewed", "uploaded", by=by.moves_as)
        roster.status = "uploaded"
    elif roster.status != "uploaded":
        ROSTER.check_move(roster.status, "previewed", by=by.moves_as)


__all__ = [
    "DATE_ORDERS",
    "MappingRefused",
    "PreviewOutdated",
    "cancel_roster",
    "columns_of",
    "confirm_roster",
    "map_roster",
    "set_roster_kind",
    "upload_roster",
]
