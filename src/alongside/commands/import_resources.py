"""Import a list of resources (Open Referral HSDS 1 to 3): JSON, a zip of tables, or a folder with its tables.

All of it or nothing. The same list twice writes nothing the second time; what changed is written; what the whole list
no longer has is marked as no longer listed and stays. Rows that stay out are named with file, row and field.
"""

from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path

from django_scopes import scope

from alongside.people.actor import SystemActor
from alongside.resources.actions import import_list
from alongside.resources.actions.planning import Plan
from alongside.rules.resources import FileRefused, Package
from alongside.rules.resources.found import MOST_FILES, MOST_UNPACKED

from .common import add_program, get_program, require_migrated
from .failure import CommandFailed

SHOWN = 20
"""Refused rows that are listed one by one."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a .json or .zip file, or a folder with datapackage.json")
    parser.add_argument(
        "--feed", metavar="NAME", help="whose list it is; the same name each time (default: the file's)"
    )
    parser.add_argument("--part", action="store_true", help="only a part of the list: nothing vanishes")
    parser.add_argument("--try", dest="only_try", action="store_true", help="only tell what would happen")
    add_program(parser)


def run(options: Namespace) -> int:
    require_migrated()
    program = get_program(options.program)
    try:
        content = read_from(options.file)
        with scope(program=program):
            package, plan = import_list(
                program=program, feed_name=options.feed or options.file.stem, content=content,
                file_name=options.file.name, by=SystemActor(program_id=program.pk),
                is_whole=False if options.part else None, write=not options.only_try, most=MOST_UNPACKED,
            )  # fmt: skip
    except OSError as error:
        raise CommandFailed(f"{options.file}: {error.strerror or type(error).__name__}") from error
    except FileRefused as why:
        told = ", ".join(f"{name} {value}" for name, value in why.params.items())
        raise CommandFailed(
            f"{options.file.name} cannot be read: {why.code.replace('_', ' ')} {told}".rstrip()
        ) from why
    show(package, plan)
    return 0


def read_from(path: Path) -> bytes | dict[str, bytes]:
    """A file, or the tables of a folder. Raises OSError, and `FileRefused` for a folder that is too much."""
    if not path.is_dir():
        if path.stat().st_size > MOST_UNPACKED:
            raise FileRefused("too_large", most=MOST_UNPACKED)
        return path.read_bytes()
    names = sorted(one for one in path.rglob("*") if one.suffix.lower() in (".csv", ".json") and one.is_file())
    if len(names) > MOST_FILES:
        raise FileRefused("too_many_files", most=MOST_FILES)
    if sum(one.stat().st_size for one in names) > MOST_UNPACKED:
        raise FileRefused("too_large_unpacked", most=MOST_UNPACKED)
    return {one.relative_to(path).as_posix(): one.read_bytes() for one in names}


def show(package: Package, plan: Plan) -> None:
    """Counts, what stayed out, and what is odd."""
    print("read: " + ", ".join(f"{count} {table}" for table, count in sorted(package.rows.items())))
    print(
        f"{len(package.services)} services: "
        + ", ".join(f"{count} {name}" for name, count in plan.counts.items())
        + f", {len(package.refused)} refused"
    )
    refused = [one for one in package.problems if one.refuses]
    for one in refused[:SHOWN]:
        print(f"  {one.file} row {one.row} {one.field} refused: {one.code.replace('_', ' ')}")
    if len(refused) > SHOWN:
        print(f"  and {len(refused) - SHOWN} more")
    notes = Counter((one.code, one.field) for one in package.problems if not one.refuses)
    for (code, field), count in notes.most_common(SHOWN):
        print(f"  {count} × {field} {code.replace('_', ' ')}")
