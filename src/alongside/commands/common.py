"""What several commands need: a program by its slug, progress on long work."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from django.db import DatabaseError, connection

from alongside.audit.reindexing import is_behind, reindex
from alongside.audit.resealing import settle_restored
from alongside.people.models import Program
from alongside.running.install import list_not_applied

from .failure import CommandFailed


def add_program(parser: ArgumentParser) -> None:
    """Let a command take a program; optional where the install has only one."""
    parser.add_argument("--program", metavar="SLUG", help="the program's short name; may be left out if there is one")


def get_program(slug: str | None) -> Program:
    """The named program, or the only one. Raises `CommandFailed` with the names there are."""
    programs = {program.slug: program for program in Program.objects.order_by("slug")}
    if slug in programs:
        return programs[slug]
    if slug is None and len(programs) == 1:
        return next(iter(programs.values()))
    if not programs:
        raise CommandFailed("there is no program yet; make one with: alongside create-program")
    names = ", ".join(programs)
    raise CommandFailed(f"no program {slug!r}; there are: {names}" if slug else f"which program? --program {names}")


def add_progress(parser: ArgumentParser) -> None:
    """Let a command show progress where stderr is no terminal."""
    parser.add_argument("--progress", action="store_true", help="show progress even when this is no terminal")


def progress_of(options: Namespace, label: str) -> Callable[[int, int], None]:
    """A function `(done, total)` that shows how far the work is, on stderr; silent in scripts and logs."""
    if not (options.progress or sys.stderr.isatty()):
        return lambda done, total: None
    end = "\r" if sys.stderr.isatty() else "\n"

    def show(done: int, total: int) -> None:
        share = f" ({100 * done // total} %)" if total else ""
        print(f"{label}: {done:,} of {total:,}{share}", end="\n" if done == total else end, file=sys.stderr, flush=True)

    return show


def list_unapplied_migrations() -> list[str]:
    """Names of the migrations that this database lacks. Raises `CommandFailed` when it cannot be reached."""
    try:
        return list_not_applied()
    except DatabaseError as error:
        raise CommandFailed(f"the database cannot be reached: {type(error).__name__}") from error


def require_migrated() -> None:
    """Refuse to work on a database that is not up to date."""
    if lacking := list_unapplied_migrations():
        raise CommandFailed(f"the database lacks {len(lacking)} migrations; run: alongside migrate")


def settle_keys() -> None:
    """Bring a database that was restored to the keys of today: what was made after its backup knows newer ones."""
    settle_restored()
    if is_behind():
        reindex()


def require_erasing() -> None:
    """Refuse to work with a SQLite that leaves what was erased in its file (I6). PostgreSQL cleans up by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            if cursor.execute("PRAGMA secure_delete").fetchone()[0] != 1:
                raise CommandFailed("SQLite does not overwrite what is erased: PRAGMA secure_delete is not on")
