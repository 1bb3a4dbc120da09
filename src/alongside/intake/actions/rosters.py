"""A roster: uploaded, mapped, previewed, then confirmed or cancelled; for a day all of it can be taken back.

The command line uses the same. Lists of up to `LONG` rows are done at once; longer ones are handed to the worker
(`roster_work`), and their state says what it is at. See docs/decisions/0014.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from alongside.audit.actions import record
from alongside.intake.models import Roster, RosterLine, RosterUndo
from alongside.intake.rosters import checking, lines, own_words, packed, remembered, steps, undoing
from alongside.intake.rosters.plan import columns_of, make_plan, read_file
from alongside.intake.rosters.writing import Writer
from alongside.people.models import Program, Site
from alongside.rules import roster as rules
from alongside.rules.lifecycles import ROSTER
from alongside.rules.roster.header_words import LIST_FIELDS
from alongside.rules.roster.own_words import WordCounter
from alongside.rules.roster.returned import read_returned

LONG = 1_000
"""Rows of a list that is still planned and written within one request: a second or two."""

AT_WORK = ("planning", "writing", "undoing")
"""States in which the worker is at a list."""

OPTIONS = ("date_order", "as_last_time")
DATE_ORDERS = ("mdy", "dmy", "ymd")
NAME_FIELDS = frozenset({"goes_by", "legal_name", "first_name", "last_name"})


class MappingRefused(ValueError):
    """The columns cannot be read so. `code`: `no_name`, `twice` (with `field`), `unknown_field`, `date_order`."""

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(f"{code} {field}".strip())
        self.code, self.field = code, field


class PreviewOutdated(Exception):
    """People changed since the preview was made: nothing was written, and the preview is fresh now."""


class TooLateToUndo(Exception):
    """The day in which an import can be taken back is over, or it was taken back already."""


class StillReading(Exception):
    """The worker is at this list; the columns can be changed when it is done or was stopped."""


def upload_roster(
    *, program: Program, content: bytes, file_name: str, by, kind: str | None = None, site: Site | None = None,
    now: datetime | None = None,
) -> Roster:  # fmt: skip
    """Keep a file (encrypted) with a guess at its columns. Raises `rules.roster.RosterUnreadable` with a code.

    The same file sent again while the first is still being checked is that first one (I3).
    """
    if kind and kind not in rules.ROSTER_KINDS:
        raise ValueError(f"no such kind of roster: {kind!r}")
    # A long list takes seconds to read. Nobody else waits meanwhile: the transaction begins when all is read.
    table = read_returned(rules.read_table(content, file_name))
    read = packed.pack_table(table, is_workbook=content.startswith(b"PK"))
    digest = hashlib.sha256(content).hexdigest()
    with scope(program=program):
        recalled = remembered.recall(table.headers, kind)
        kind = kind or (recalled.kind if recalled else rules.guess_kind(table.headers, table.title)[0])
        mapping, options = _first_columns(table, kind, recalled)
        with transaction.atomic():
            same = Roster.objects.filter(content_hash=digest, kind=kind, site=site)
            if found := same.filter(status__in=("uploaded", "previewed")).first():
                return found
            roster = Roster.objects.create(
                program=program,
                kind=kind,
                content_hash=digest,
                file_name=file_name[:200],
                mapping=mapping,
                options=options,
                counts={"rows": read.count},
                content=read.head,
                site=site,
                uploaded_at=now or timezone.now(),
                uploaded_by_id=by.user_id,
            )
            packed.keep_parts(roster, read)
            record(act="roster.uploaded", by=by, program_id=program.pk, object_kind="roster", object_id=roster.pk)
        return roster


def _first_columns(table: rules.Table, kind: str, recalled: remembered.Recalled | None) -> tuple[dict, dict]:
    """Mapping and options to begin with: as last time, else a guess. What the dates of this file say goes before."""
    mapping = recalled.mapping if recalled else rules.mapping_of(rules.guess_table(table, kind))
    order = rules.date_order_of(table, mapping)
    options: dict[str, object] = {"date_order": order if order in DATE_ORDERS else ""}
    if recalled:
        options["date_order"] = options["date_order"] or recalled.date_order
        options["as_last_time"] = True
    return {str(place): field or "" for place, field in mapping.items()}, options


def set_roster_kind(*, roster: Roster, kind: str, by) -> Roster:
    """Say that a file lists peers, or participants, after all: its columns are guessed anew."""
    if kind not in rules.ROSTER_KINDS:
        raise ValueError(f"no such kind of roster: {kind!r}")
    if roster.kind == kind or roster.status not in ("uploaded", "previewed"):
        return _change_kind(roster, kind, by, None)
    table = read_file(roster)  # what was read of a file never changes, so it is read before anything is locked
    return _change_kind(roster, kind, by, _first_columns(table, kind, remembered.recall(table.headers, kind)))


@transaction.atomic
def _change_kind(roster: Roster, kind: str, by, first: tuple[dict, dict] | None) -> Roster:
    roster = _lock(roster)
    if roster.kind == kind:
        return roster
    _back_to_columns(roster, by)
    if first is None:  # an older look at it: what stood in the way is over
        raise StillReading(roster.pk)
    roster.kind, roster.words = kind, {}
    roster.mapping, roster.options = first
    roster.save(update_fields=["kind", "mapping", "options", "words", "status"])
    RosterLine.objects.filter(roster=roster).delete()
    return roster


@transaction.atomic
def map_roster(
    *, roster: Roster, mapping: Mapping[int, str | None], options: Mapping[str, object] | None = None, by,
    now: datetime | None = None,
) -> Roster:  # fmt: skip
    """Say which column is what and see what each row would do. Writes nothing but the preview. Raises `MappingRefused`.

    `mapping`: place of a column to a field of `rules.roster.FIELDS`, or None. `options`: `date_order` (mdy, dmy, ymd,
    "" to find out from the file). What words of the program mean is said by `decide_words`.
    """
    roster = _lock(roster)
    _check_mapping(roster.kind, mapping)
    options = dict(options or {})
    if options.get("date_order", "") not in ("", *DATE_ORDERS):
        raise MappingRefused("date_order")
    _back_to_columns(roster, by)
    roster.mapping = {str(place): field or "" for place, field in mapping.items()}
    # Nothing but these: whatever else came along could be words of the file, and this column is in the clear.
    roster.options = {name: options[name] for name in OPTIONS if name in options}
    begin_preview(roster, by)
    if not is_long(roster):
        _preview(roster, by, now or timezone.now())
    return roster


def is_long(roster: Roster) -> bool:
    """Whether a list is more than one request should do."""
    return roster.counts["rows"] > LONG


def begin_preview(roster: Roster, by, *, anew: bool = False) -> None:
    """Forget an earlier preview and hand the list to whoever plans it: the worker, or the caller right now.

    `anew`: somebody had confirmed the earlier one; `counts` keeps that, so that the page can say it.
    """
    RosterLine.objects.filter(roster=roster).delete()
    roster.words = {}
    roster.counts = {"rows": roster.counts["rows"], **({"made_anew": 1} if anew else {})}
    roster.planned_at = timezone.now()
    _hand_over(roster, "planning", by)
    roster.save(update_fields=["mapping", "options", "words", "counts", "planned_at", *HANDED])


HANDED = ("status", "rows_done", "done_to", "asked_by", "asked_as", "claim", "claimed_until")


def _hand_over(roster: Roster, to: str, by) -> None:
    ROSTER.check_move(roster.status, to, by=by.moves_as)
    roster.status, roster.rows_done, roster.done_to = to, 0, 0
    roster.asked_by_id, roster.asked_as = by.user_id, "" if by.user_id else "house"
    roster.claim, roster.claimed_until = None, None


def _check_mapping(kind: str, mapping: Mapping[int, str | None]) -> None:
    used = [field for field in mapping.values() if field]
    for field in used:
        if field not in rules.FIELDS[kind]:
            raise MappingRefused("unknown_field", field)
        if used.count(field) > 1 and field not in LIST_FIELDS:
            raise MappingRefused("twice", field)
    if not NAME_FIELDS & set(used):
        raise MappingRefused("no_name")


def _preview(roster: Roster, by, now: datetime) -> None:
    table = read_file(roster)
    counter = WordCounter(columns_of(roster))
    counts = dict.fromkeys(lines.OUTCOMES, 0)
    for planned in make_plan(roster, table, now, seen=lambda row: counter.see(row.cells)):
        lines.add_lines(roster, table.headers, planned)
        lines.count_into(counts, planned)
    finish_preview(roster, counts, counter, by)


def finish_preview(roster: Roster, counts: Mapping[str, int], counter: WordCounter, by) -> None:
    """The preview is whole: say so."""
    own_words.keep_counted(roster, counter)
    ROSTER.check_move(roster.status, "previewed", by=by.moves_as)
    roster.status = "previewed"
    anew = {"made_anew": 1} if roster.counts.get("made_anew") else {}
    roster.counts = {"rows": sum(counts.values()), **counts, **anew}
    roster.save(update_fields=["words", "status", "counts"])
    record(act="roster.previewed", by=by, program_id=roster.program_id, object_kind="roster", object_id=roster.pk)


def confirm_roster(*, roster: Roster, by, now: datetime | None = None) -> dict[str, int]:
    """Do everything the preview promised. Returns the counts by outcome.

    Looks again at the people as they are now. A short list is all or nothing: where something differs, nothing is
    written but a fresh preview, and `PreviewOutdated` is raised. A long list is handed to the worker; its rows that
    differ by then stay out and are named. Confirming twice does it once.
    """
    now = now or timezone.now()
    with transaction.atomic():
        # Imports of a program wait for each other: two files that name the same new person make one.
        Program.objects.select_for_update().get(pk=roster.program_id)
        roster = _lock(roster)
        if roster.status in ("confirmed", "writing"):
            return roster.counts
        if is_long(roster):
            _hand_over(roster, "writing", by)
            roster.save(update_fields=HANDED)
            return roster.counts
        ROSTER.check_move(roster.status, "confirmed", by=by.moves_as)
        promised = list(RosterLine.objects.filter(roster=roster).order_by("row_number"))
        outdated = _is_outdated(roster, promised)
        if outdated:
            begin_preview(roster, by)
            _preview(roster, by, now)
        else:
            steps.write_lines(roster, promised, by, now)
            end_writing(roster, by, now)
    if outdated:
        raise PreviewOutdated(roster.pk)
    return roster.counts


def _is_outdated(roster: Roster, promised: list[RosterLine]) -> bool:
    if roster.planned_at is None or len(promised) != roster.counts["rows"]:
        return True
    begun = timezone.now()
    return checking.has_many_new(roster, begun) or bool(checking.list_changed(roster, promised, begun))


def end_writing(roster: Roster, by, now: datetime) -> None:
    """All rows are in: erase the file, remember its columns, say so."""
    steps.finish_writing(roster, now)
    roster.save(update_fields=["status", "confirmed_at", "undo_until", "content", "words", "options", "counts"])
    record(act="roster.confirmed", by=by, program_id=roster.program_id, object_kind="roster", object_id=roster.pk)


@transaction.atomic
def cancel_roster(*, roster: Roster, by) -> Roster:
    """Leave it, at any moment: the file and its preview are erased. What a long list wrote so far is taken back."""
    roster = _lock(roster)
    if roster.status == "cancelled" or (roster.status == "undoing" and not roster.confirmed_at):
        return roster
    if roster.status == "writing":
        _hand_over(roster, "undoing", by)
        roster.save(update_fields=HANDED)
    else:
        ROSTER.check_move(roster.status, "cancelled", by=by.moves_as)
        RosterLine.objects.filter(roster=roster).delete()
        steps.erase_file(roster)
        roster.status = "cancelled"
        roster.save(update_fields=["status", "content", "words"])
    record(act="roster.discarded", by=by, program_id=roster.program_id, object_kind="roster", object_id=roster.pk)
    return roster


@transaction.atomic
def undo_roster(*, roster: Roster, by, now: datetime | None = None) -> Roster:
    """Take a whole import back within a day. Raises `TooLateToUndo`. Twice at once does it once.

    People it made whom nobody touched since go, with all it made for them; fields it changed that nobody changed since
    get their earlier value; everybody else stays and is named (`RosterLine.kept`).
    """
    roster = _lock(roster)
    if roster.status == "undoing" and roster.confirmed_at:
        return roster
    if not may_undo(roster, now or timezone.now()):
        raise TooLateToUndo(roster.pk)
    _hand_over(roster, "undoing", by)
    roster.save(update_fields=HANDED)
    if not is_long(roster):
        for part in RosterUndo.objects.filter(roster=roster).order_by("first_row"):
            steps.take_back_part(roster, part, by)
        end_undoing(roster, by)
    return roster


def may_undo(roster: Roster, now: datetime) -> bool:
    """Whether an import can still be taken back."""
    return roster.status == "confirmed" and roster.undo_until is not None and now < roster.undo_until


def end_undoing(roster: Roster, by) -> None:
    """All that could be taken back is: say so."""
    steps.finish_undoing(roster)
    roster.save(update_fields=["status", "undo_until", "counts", "content", "words"])
    record(act="roster.undone", by=by, program_id=roster.program_id, object_kind="roster", object_id=roster.pk)


def judge_undo(roster: Roster) -> undoing.Verdict:
    """What taking a short list back would do now, row by row; changes nothing."""
    verdict = undoing.Verdict()
    with transaction.atomic():
        for part in RosterUndo.objects.filter(roster=roster):
            one = undoing.Undo(undoing.read_journals(part)).judge()
            verdict.gone |= one.gone
            verdict.back |= one.back
            verdict.kept |= one.kept
    return verdict


def forget_undo(now: datetime) -> int:
    """Erase what is kept for taking imports back, once their day is over. For the current program."""
    over = list(Roster.objects.filter(undo_until__lte=now, status="confirmed").values_list("pk", flat=True))
    if over:
        with transaction.atomic():
            RosterUndo.objects.filter(roster__in=over).delete()
            Roster.objects.filter(pk__in=over).update(undo_until=None)
    return len(over)


def _lock(roster: Roster) -> Roster:
    return Roster.objects.select_for_update(of=("self",)).select_related("program", "site").get(pk=roster.pk)


def _back_to_columns(roster: Roster, by) -> None:
    if roster.status == "previewed":
        ROSTER.check_move("previewed", "uploaded", by=by.moves_as)
        roster.status = "uploaded"
    elif roster.status in AT_WORK:
        raise StillReading(roster.pk)
    elif roster.status != "uploaded":
        ROSTER.check_move(roster.status, "previewed", by=by.moves_as)


__all__ = [
    "AT_WORK",
    "DATE_ORDERS",
    "LONG",
    "MappingRefused",
    "PreviewOutdated",
    "StillReading",
    "TooLateToUndo",
    "Writer",
    "cancel_roster",
    "columns_of",
    "confirm_roster",
    "forget_undo",
    "map_roster",
    "may_undo",
    "set_roster_kind",
    "undo_roster",
    "upload_roster",
]
