"""One step of bringing a list in or taking it back: some hundred rows, in the caller's transaction.

Short lists do all steps in the request; of long ones the worker does one after the other (`roster_work`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from alongside.audit.bulk import update_rows
from alongside.intake.models import Roster, RosterLine, RosterPart, RosterUndo
from alongside.rules import roster as rules

from . import checking, lines, packed, remembered, undoing
from .plan import read_file
from .writing import Writer

UNDO_FOR = timedelta(days=1)


def write_lines(roster: Roster, some: Sequence[RosterLine], by, now: datetime) -> None:
    """Do what these lines promised, keep how to take it back, and shorten them."""
    people, journals = Writer(roster, by, now).write_all([lines.planned_of(line) for line in some])
    undoing.keep_journals(roster, journals)
    for line in some:
        if person := people.get(line.row_number):
            line.person = person
        lines.shorten(line)
    update_rows(some, ["person", "values", "outcome"])


def leave_out_changed(roster: Roster, some: Sequence[RosterLine], begun: datetime) -> list[RosterLine]:
    """Rows whose people somebody changed since the preview stay out, with their cells; the others are returned."""
    changed = checking.list_changed(roster, some, begun)
    if not changed:
        return list(some)
    headers, cells = read_file(roster).headers, packed.read_cells(roster, sorted(changed))
    out = [line for line in some if line.row_number in changed]
    for line in out:
        roster.counts[line.outcome] -= 1
        roster.counts[rules.REFUSED] += 1
        lines.leave_out(line, "changed_meanwhile", headers, cells[line.row_number])
    update_rows(out, ["person", "values", "outcome"])
    return [line for line in some if line.row_number not in changed]


def finish_writing(roster: Roster, now: datetime) -> None:
    """All rows are in: the file is erased, and the day begins in which all can be taken back. Not saved here."""
    remembered.remember(roster, read_file(roster).headers, now)
    roster.options["workbook"] = packed.is_workbook(roster)
    erase_file(roster)
    roster.status, roster.confirmed_at, roster.undo_until = "confirmed", now, now + UNDO_FOR


def erase_file(roster: Roster) -> None:
    """Nothing of the file is kept any more. The caller saves `content` and `words`."""
    RosterPart.objects.filter(roster=roster).delete()
    roster.content, roster.words = "", {}


def take_back_part(roster: Roster, part: RosterUndo, by) -> undoing.Verdict:
    """Take back what some rows did, and say on the lines of which something stays."""
    verdict = undoing.Undo(undoing.read_journals(part)).take_back(by)
    RosterLine.objects.filter(roster=roster, row_number__in=sorted(verdict.kept)).update(kept=True)
    part.delete()
    for name in ("gone", "back", "kept"):
        roster.counts[name] = roster.counts.get(name, 0) + len(getattr(verdict, name))
    return verdict


def finish_undoing(roster: Roster) -> None:
    """All that could be taken back is. An import that was stopped half-way leaves no preview behind. Not saved here."""
    roster.status = "undone" if roster.confirmed_at else "cancelled"
    roster.undo_until = None
    if roster.status == "cancelled":
        RosterLine.objects.filter(roster=roster, kept=False).delete()
    erase_file(roster)
