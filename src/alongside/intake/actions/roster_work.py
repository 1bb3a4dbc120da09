"""What the worker does for long lists: some hundred rows after the other, each part committed by itself.

A list belongs to one worker by a lease (`claim`, `claimed_until`) that each part renews in its own transaction. Where a
worker is killed, the lease runs out and another goes on: with writing and taking back after the latest part that was
committed, with planning from the beginning, for a preview is not worth the memory of where it was.
"""

import gc
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from alongside.intake.models import Roster, RosterLine, RosterUndo
from alongside.intake.rosters import checking, lines, steps
from alongside.intake.rosters.plan import columns_of, make_plan, read_file
from alongside.people import row_counts
from alongside.people.actor import Actor, SystemActor
from alongside.people.models import Person
from alongside.rules import roster as rules
from alongside.rules.roster.own_words import WordCounter

from .rosters import AT_WORK, begin_preview, end_undoing, end_writing, finish_preview

WRITE_ROWS = 300
"""About the rows of one transaction: as many as take `STEP_SECONDS` on this machine, as busy as it is."""

STEP_SECONDS = 0.4
"""Others who write wait for one transaction, never for a whole list."""

LEASE = timedelta(seconds=60)
SLICE_SECONDS = 5.0
"""How long a tick stays with a list before the worker's other ticks have their turn."""

PAUSE_SECONDS = 0.11
"""Between two parts on SQLite, which lets those who wait look every 0.1 seconds whether they can write."""

PAUSE_SHARE = 0.3
"""Of the time of a part, where that is more: on a machine with too much to do, those who wait look less often."""

_worker = uuid4()
_sizes: dict[UUID, float] = {}
"""Rows of the next part of a list this process was at, so that it need not find out again."""
_plans: dict[UUID, tuple[datetime | None, Generator[None, None, None]]] = {}
"""Plans on their way in this process, by roster, with when they were begun."""


COUNT_FROM = 500
"""Rows of a list after which SQLite counts for the first time."""
_counted: dict[UUID, int] = {}
"""At how many rows of a list it counted last, by roster."""


class LostClaim(Exception):
    """Somebody cancelled the list, or another worker took it over: stop without writing."""


def go_on(now: datetime, seconds: float = SLICE_SECONDS, worker: UUID | None = None) -> int:
    """Do some parts of lists that wait for it, for at most about `seconds`; returns how many rows were done."""
    done, until = 0, time.monotonic() + seconds
    worker = worker or _worker
    _forget_plans()
    while time.monotonic() < until:
        roster = _claim(worker)
        if roster is None:
            break
        with scope(program=roster.program):
            done += _work_on(roster, worker, until)
    return done


def _forget_plans() -> None:
    """Plans of lists that were cancelled, or that another worker has by now, take memory for nothing."""
    if _plans:
        with scopes_disabled():
            still = set(Roster.objects.filter(pk__in=list(_plans), status="planning").values_list("pk", flat=True))
        for pk in _plans.keys() - still:
            del _plans[pk]


def work_through(roster: Roster, tell=lambda _roster: None) -> Roster:
    """Do all parts of one list, as the command line does; `tell` is called after each tick's worth."""
    while True:
        go_on(timezone.now(), seconds=1.0)
        roster.refresh_from_db()
        tell(roster)
        if roster.status not in AT_WORK:
            return roster
        if roster.claim not in (None, _worker):
            time.sleep(1)  # the worker was quicker; look on


def _claim(worker: UUID) -> Roster | None:
    """The list to go on with, leased to this worker; None where nothing waits."""
    now = timezone.now()
    free = Q(claim=worker) | Q(claimed_until=None) | Q(claimed_until__lt=now)
    with scopes_disabled():  # lists of all programs wait in one line
        waiting = Roster.objects.filter(free, status__in=AT_WORK).order_by("uploaded_at", "pk")
        # Lists of one program come in one after the other: two that name the same new person make one.
        others = Q(program=OuterRef("program"), status="writing", claimed_until__gte=now) & ~Q(claim=worker)
        busy = Exists(Roster.objects.filter(others).exclude(pk=OuterRef("pk")))
        for pk in waiting.exclude(Q(busy, status="writing")).values_list("pk", flat=True):
            # Of two workers that see the same list, one changes the row and the other nothing.
            taken = Roster.objects.filter(free, pk=pk, status__in=AT_WORK)
            if taken.update(claim=worker, claimed_until=now + LEASE):
                return Roster.objects.select_related("program", "site").get(pk=pk)
    return None


def _work_on(roster: Roster, worker: UUID, until: float) -> int:
    step = {"planning": _plan, "writing": _write, "undoing": _take_back}[roster.status]
    done, size = 0, _sizes.pop(roster.pk, WRITE_ROWS / 3)
    try:
        while True:
            status, begun = roster.status, time.monotonic()
            with _no_collecting():
                done += step(roster, worker, int(size))
            seconds = time.monotonic() - begun
            if connection.vendor == "sqlite" and status != "planning":
                # Also where this was the last part for now: others have to get in before the next one.
                time.sleep(max(PAUSE_SECONDS, PAUSE_SHARE * seconds) if PAUSE_SECONDS else 0)
            if status != "planning":
                _count_rows(roster, is_end=roster.status != status)
            if roster.status != status:
                break
            size = _next_size(size, seconds)
            if time.monotonic() >= until:
                _sizes[roster.pk] = size
                break
    except LostClaim:
        _plans.pop(roster.pk, None)
    return done


def _count_rows(roster: Roster, *, is_end: bool) -> None:
    """Let SQLite count anew whenever the list has doubled: it knows nothing of a new program."""
    counted = _counted.get(roster.pk, 0)
    if is_end:
        _counted.pop(roster.pk, None)
    elif roster.rows_done >= max(COUNT_FROM, 2 * counted):
        _counted[roster.pk] = roster.rows_done
    else:
        return
    row_counts.count_rows(timezone.now())


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Python does not look for circles of objects during one part: of so many short-lived rows that is a fifth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _next_size(size: float, seconds: float) -> float:
    """How many rows the next part has, after one of `size` rows took so long."""
    wanted = size * STEP_SECONDS / max(seconds, 0.001)
    return min(max(wanted, size / 2, WRITE_ROWS / 10), size * 1.5, WRITE_ROWS * 2)


def _renew(roster: Roster, worker: UUID) -> None:
    """Lock the list and make sure that it still is this worker's, in the caller's transaction."""
    now = Roster.objects.select_for_update(of=("self",)).get(pk=roster.pk)
    if now.status != roster.status or now.claim != worker or now.planned_at != roster.planned_at:
        raise LostClaim(roster.pk)
    roster.counts, roster.done_to, roster.rows_done = now.counts, now.done_to, now.rows_done
    roster.claimed_until = timezone.now() + LEASE


def _save_progress(roster: Roster, rows: int, done_to: int) -> None:
    roster.rows_done, roster.done_to = roster.rows_done + rows, done_to
    roster.save(update_fields=["rows_done", "done_to", "claimed_until", "counts"])


def actor_of(roster: Roster):
    """Whoever asked for what the worker does: with the right they had then; the log names them."""
    if roster.asked_as == "house" or roster.asked_by_id is None:
        return SystemActor(program_id=roster.program_id)
    person = Person.objects.filter(user=roster.asked_by_id).values_list("pk", flat=True).first()
    return Actor(roster.asked_by_id, person, roster.program_id, frozenset({"coordinator"}))


# --- planning -----------------------------------------------------------------------------------------------------
def _plan(roster: Roster, worker: UUID, _size: int) -> int:
    begun, plan = _plans.get(roster.pk, (None, None))
    if plan is None or begun != roster.planned_at:
        plan = _plan_all(roster, worker)
        _plans[roster.pk] = roster.planned_at, plan
    before = roster.rows_done
    try:
        next(plan)
    except StopIteration:
        _plans.pop(roster.pk, None)
    except BaseException:
        _plans.pop(roster.pk, None)
        raise
    # The plan holds the roster as it was when it began; this one is to know how far it is.
    roster.refresh_from_db(fields=["status", "rows_done"])
    return max(0, roster.rows_done - before)


def _plan_all(roster: Roster, worker: UUID) -> Generator[None, None, None]:
    """Plan part after part; it stops after each, and is thrown away where the worker dies."""
    with transaction.atomic():
        _renew(roster, worker)
        RosterLine.objects.filter(roster=roster).delete()
        roster.rows_done = 0
        _save_progress(roster, 0, 0)
    yield
    table = read_file(roster)
    counter = WordCounter(columns_of(roster))
    counts = dict.fromkeys(lines.OUTCOMES, 0)
    for planned in make_plan(roster, table, roster.planned_at, seen=lambda row: counter.see(row.cells)):
        with transaction.atomic():
            _renew(roster, worker)
            lines.add_lines(roster, table.headers, planned)
            lines.count_into(counts, planned)
            _save_progress(roster, len(planned), planned[-1].number)
        yield
    with transaction.atomic():
        _renew(roster, worker)
        finish_preview(roster, counts, counter, actor_of(roster))


# --- writing ------------------------------------------------------------------------------------------------------
@transaction.atomic
def _write(roster: Roster, worker: UUID, size: int) -> int:
    _renew(roster, worker)
    now, by = timezone.now(), actor_of(roster)
    if roster.done_to == 0:
        if checking.has_other_list(roster) or checking.has_many_new(roster, now):
            # Too much is new since the preview: it is made again and shown, and nothing was written.
            begin_preview(roster, by, anew=True)
            return 0
        # What counts as new since the preview ends here: from now on it is this list that makes people.
        roster.options = roster.options | {"begun": now.isoformat()}
        roster.save(update_fields=["options"])
    begun = datetime.fromisoformat(roster.options["begun"])
    some = list(
        RosterLine.objects.filter(roster=roster, row_number__gt=roster.done_to)
        .exclude(outcome=rules.REFUSED)
        .order_by("row_number")[: max(1, size)]
    )
    if not some:
        roster.options.pop("begun")
        end_writing(roster, by, now)
        return 0
    steps.write_lines(roster, steps.leave_out_changed(roster, some, begun), by, now)
    _save_progress(roster, len(some), some[-1].row_number)
    return len(some)


# --- taking back --------------------------------------------------------------------------------------------------
@transaction.atomic
def _take_back(roster: Roster, worker: UUID, _size: int) -> int:
    _renew(roster, worker)
    by = actor_of(roster)
    part = RosterUndo.objects.filter(roster=roster).order_by("first_row").first()
    if part is None:
        end_undoing(roster, by)
        return 0
    verdict = steps.take_back_part(roster, part, by)
    rows = len(verdict.gone | verdict.back | verdict.kept)
    _save_progress(roster, rows, part.last_row)
    return rows
