"""Import a roster (CSV or Excel) of participants or peers: guess its columns, show what would happen, and ask.

Nothing is written before the answer, and then everything or nothing. What is shown are rows and codes, never what is in
them; the coordinators' screen shows the rows themselves. The same file twice makes nobody twice.
"""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django_scopes import scope

from alongside.intake.actions.rosters import (
    MappingRefused,
    PreviewOutdated,
    cancel_roster,
    columns_of,
    confirm_roster,
    map_roster,
    upload_roster,
)
from alongside.intake.models import Roster, RosterLine
from alongside.people.actor import SystemActor
from alongside.rules.roster import REFUSED, ROSTER_KINDS, UNREADABLE, RosterUnreadable, read_table

from .common import CommandFailed, add_program, get_program, require_migrated

SHOWN = 20
"""Refused rows that are listed one by one."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a .csv, .txt or .xlsx file")
    parser.add_argument("--kind", choices=ROSTER_KINDS, required=True, help="whom the file lists")
    add_program(parser)
    parser.add_argument("--yes", action="store_true", help="import without asking")
    parser.add_argument("--all", action="store_true", help="import only if no row is refused")


def run(options: Namespace) -> int:
    require_migrated()
    program = get_program(options.program)
    house = SystemActor(program_id=program.pk)
    try:
        content = options.file.read_bytes()
        headers = read_table(content, options.file.name).headers
        with scope(program=program):
            roster = upload_roster(
                program=program, content=content, file_name=options.file.name, by=house, kind=options.kind
            )
            roster = map_roster(roster=roster, mapping=columns_of(roster), options=roster.options, by=house)
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
        counts = confirm_roster(roster=roster, by=house)
    except PreviewOutdated as error:
        cancel_roster(roster=roster, by=house)
        raise CommandFailed("somebody changed these people meanwhile; nothing was written, try again") from error
    print(f"imported: {counts['create']} new, {counts['update']} changed")
    return 0


def show(roster: Roster, headers: tuple[str, ...]) -> None:
    """How the columns were understood, what each row would do, and why some are refused."""
    for place, field in sorted(columns_of(roster).items()):
        print(f"  {headers[place][:40]:<40}  {field or '(not used)'}")
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


def agreed() -> bool:
    """Whether somebody at the terminal says yes; in a script nobody does."""
    return sys.stdin.isatty() and input("Import? [y/N] ").strip().lower() in ("y", "yes", "s", "sí", "si")
