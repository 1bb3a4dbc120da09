"""Import a roster (CSV, Excel, OpenDocument) of participants or peers: guess its columns, show what would happen, ask.

Nothing is written before the answer, and for a day all of it can be taken back (`--undo`). What is shown are rows and
codes, never what is in them; the coordinators' screen shows the rows themselves. The same file twice makes nobody
twice.
"""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from uuid import UUID

from django_scopes import scope

from alongside.intake.actions.roster_work import work_through
from alongside.intake.actions.rosters import (
    AT_WORK,
    MappingRefused,
    PreviewOutdated,
    TooLateToUndo,
    cancel_roster,
    columns_of,
    confirm_roster,
    map_roster,
    undo_roster,
    upload_roster,
)
from alongside.intake.models import Roster, RosterLine
from alongside.intake.rosters import own_words
from alongside.people.actor import SystemActor
from alongside.rules.roster import REFUSED, ROSTER_KINDS, UNREADABLE, RosterUnreadable, read_table
from alongside.rules.roster.returned import read_returned

from .common import add_program, get_program, require_migrated
from .failure import CommandFailed

SHOWN = 20
"""Refused rows that are listed one by one."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?", help="a .csv, .txt, .xlsx or .ods file")
    parser.add_argument("--kind", choices=ROSTER_KINDS, help="whom the file lists")
    parser.add_argument("--undo", type=UUID, metavar="ID", help="take the import with this id back, within a day")
    add_program(parser)
    parser.add_argument("--yes", action="store_true", help="import without asking")
    parser.add_argument("--all", action="store_true", help="import only if no row is refused")


def run(options: Namespace) -> int:
    require_migrated()
    program = get_program(options.program)
    house = SystemActor(program_id=program.pk)
    if options.undo:
        with scope(program=program):
            return take_back(options.undo, house, agreed_before=options.yes)
    if not options.file or not options.kind:
        raise CommandFailed("name a file and say whom it lists (--kind), or an import to take back (--undo)")
    try:
        content = options.file.read_bytes()
        headers = read_returned(read_table(content, options.file.name)).headers
        with scope(program=program):
            roster = upload_roster(
                program=program, content=content, file_name=options.file.name, by=house, kind=options.kind
            )
            roster = map_roster(roster=roster, mapping=columns_of(roster), options=roster.options, by=house)
            roster = finish(roster)
            return decide(roster, headers, house, options)
    except OSError as error:
        raise CommandFailed(f"{options.file} cannot be read: {error.strerror}") from error
    except RosterUnreadable as error:
        raise CommandFailed(UNREADABLE[error.code].format_map({"row": "a row", **error.params})) from error
    except MappingRefused as error:
        raise CommandFailed(f"columns not understood ({error}): map them on the coordinators' screen") from error


def decide(roster: Roster, headers: tuple[str, ...], house: SystemActor, options: Namespace) -> int:
    """Show the preview, ask, and import or leave it."""
    show(roster, headers)
    refused = roster.counts[REFUSED]
    if options.all and refused:
        cancel_roster(roster=roster, by=house)
        raise CommandFailed(f"{refused} rows are refused; nothing was written")
    if not (options.yes or agreed()):
        cancel_roster(roster=roster, by=house)
        raise CommandFailed("nothing was written" + ("" if sys.stdin.isatty() else "; confirm with --yes"))
    try:
        confirm_roster(roster=roster, by=house)
    except PreviewOutdated as error:
        cancel_roster(roster=roster, by=house)
        raise CommandFailed("somebody changed these people meanwhile; nothing was written, try again") from error
    done = finish(roster)
    if done.status != "confirmed":
        cancel_roster(roster=done, by=house)
        raise CommandFailed("very much changed meanwhile; nothing was written, try again")
    print(f"imported: {done.counts['create']} new, {done.counts['update']} changed")
    if done.counts[REFUSED] > refused:
        print(f"{done.counts[REFUSED] - refused} more stayed out: somebody changed these people meanwhile")
    print(f"to take all of it back within a day: alongside import --undo {done.pk}")
    return 0


def finish(roster: Roster) -> Roster:
    """Do what the worker does for a long list, here and now, and say how far it is. Ctrl-C stops; a worker goes on."""
    roster.refresh_from_db()
    if roster.status in AT_WORK:
        roster = work_through(roster, tell)
        print(file=sys.stderr)
    return roster


def tell(roster: Roster) -> None:
    """One line that is written over again and again."""
    print(
        f"\r  {roster.status}: {roster.rows_done} of {roster.counts['rows']} rows ", end="", file=sys.stderr, flush=True
    )


def take_back(roster_id: UUID, house: SystemActor, *, agreed_before: bool) -> int:
    """Take a whole import back, after asking."""
    roster = Roster.objects.filter(pk=roster_id).first()
    if roster is None:
        raise CommandFailed("there is no such import in this program")
    print(
        f"{roster.counts.get('create', 0)} new people go and {roster.counts.get('update', 0)} get earlier details back,"
    )
    print("unless somebody worked with them since")
    if not (agreed_before or agreed("Take it back?")):
        raise CommandFailed("nothing was changed" + ("" if sys.stdin.isatty() else "; confirm with --yes"))
    try:
        undo_roster(roster=roster, by=house)
    except TooLateToUndo as error:
        raise CommandFailed("this import can no longer be taken back as a whole") from error
    counts = finish(roster).counts
    print(
        f"taken back: {counts.get('gone', 0)} gone, {counts.get('back', 0)} as before, {counts.get('kept', 0)} stayed"
    )
    return 0


def show(roster: Roster, headers: tuple[str, ...]) -> None:
    """How the columns were understood, what each row would do, and why some are refused."""
    for place, field in sorted(columns_of(roster).items()):
        print(f"  {headers[place][:40]:<40}  {field or '(not used)'}")
    if roster.options.get("as_last_time"):
        print("  columns as in the last list with these names")
    if order := roster.options.get("date_order"):
        print(f"  dates: {order}")
    if words := own_words.count_undecided(roster):
        # The words themselves are content; the coordinators' screen shows them and asks what they mean.
        print(f"  words that are none of our terms: {words}; they go into the notes")
    counts = roster.counts
    print(
        f"{counts['rows']} rows: {counts['create']} new, {counts['update']} changed, "
        f"{counts['unchanged']} as they are, {counts[REFUSED]} refused"
    )
    refused = RosterLine.objects.filter(roster=roster, outcome=REFUSED).order_by("row_number")
    for line in refused[:SHOWN]:
        codes = [one["code"] for one in line.values["reasons"] if one["code"] != "row_has_problems"]
        codes += [one["code"] for one in line.values["problems"] if one["blocking"]]
        print(f"  row {line.row_number} refused: {', '.join(code.replace('_', ' ') for code in codes)}")
    if refused.count() > SHOWN:
        print(f"  and {refused.count() - SHOWN} more")


def agreed(question: str = "Import?") -> bool:
    """Whether somebody at the terminal says yes; in a script nobody does."""
    return sys.stdin.isatty() and input(f"{question} [y/N] ").strip().lower() in ("y", "yes", "s", "sí", "si")
