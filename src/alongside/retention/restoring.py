"""After a backup came back: whoever was erased since is erased again, before anybody works with it (I6)."""

import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from alongside.audit.actions import record
from alongside.audit.backup import BackupFailed
from alongside.people.actor import SystemActor
from alongside.people.models import Person, Program

from . import ledger
from .erasing import erase_person, write_erasures
from .models import Erasure


def keep_ledger(now: datetime) -> int:
    """A tick: the file has every line of the database, and the database every line of the file. How many were lacking.

    A line that only the file has is of somebody who came back with a backup: they are erased again.
    """
    return write_missing() + replay(now)


def count_lacking(program: Program) -> int:
    """How many lines of this program only one of the two has. Raises `LedgerDamaged`."""
    here = set(Erasure.objects.filter(program=program).values_list("person", flat=True))
    return len(here ^ {line.person for line in ledger.read() if line.program == program.pk})


def write_missing() -> int:
    """Lines that a process did not come to write, because it ended just then."""
    with scopes_disabled():
        rows = list(Erasure.objects.order_by("at", "pk"))
    lines = [ledger.Line(row.program_id, row.person, row.at, row.cause) for row in rows]
    return ledger.add(lines) if lines else 0


def replay(now: datetime) -> int:
    """Erase again whoever the ledger names and the database does not know as erased. Raises `LedgerDamaged`."""
    lines = ledger.read()
    if not lines:
        return 0
    with scopes_disabled():
        known = set(Erasure.objects.values_list("person", flat=True))
    missing = [line for line in lines if line.person not in known]
    programs = Program.objects.in_bulk({line.program for line in missing})
    for line in missing:
        if program := programs.get(line.program):
            with scope(program=program):
                _erase_again(line, now)
    return sum(line.program in programs for line in missing)


@transaction.atomic
def _erase_again(line: ledger.Line, now: datetime) -> None:
    by = replace(SystemActor(program_id=line.program), moves_as="staff")
    if Erasure.objects.filter(person=line.person).exists():
        return  # another worker was quicker, or it was joined to somebody who was erased just now
    person = Person.objects.filter(pk=line.person).first()
    if person is None:
        write_erasures([replace(line, cause="restored")])  # the backup is older than the record itself
    else:
        erase_person(person=person, by=by, cause="restored", now=now)
    record(act="erasure.replayed", by=by, subject=line.person, object_kind="erasure")


def before_restore(into: Path | None) -> None:
    """Hook of `audit.backup`: what the database that is about to be replaced knows is saved in the file first."""
    # What cannot be read any more is the reason for the restore; the file has what the worker wrote each minute.
    with suppress(DatabaseError):
        if into is None and "retention_erasure" in connection.introspection.table_names():
            write_missing()


def after_restore(into: Path | None) -> None:
    """Hook of `audit.backup`. A backup of an earlier version is replayed by `alongside migrate`."""
    if not ledger.read():
        return
    if into is not None:
        _replay_elsewhere(into)
        return
    connection.close()
    if "retention_erasure" in connection.introspection.table_names():
        with suppress(DatabaseError):  # tables of an earlier version: `migrate` does it
            replay(timezone.now())


def _replay_elsewhere(into: Path) -> None:
    """A copy to look at is a database of its own; a process of its own erases in it."""
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "alongside.settings",
        "DATABASE_URL": f"sqlite:///{into.absolute()}",
        "ALONGSIDE_HOME": str(settings.ALONGSIDE_HOME),
        "ALONGSIDE_KEY_FILE": str(settings.ALONGSIDE_KEY_FILE),
        "ALONGSIDE_KEY_COMMAND": settings.ALONGSIDE_KEY_COMMAND,
        "ALONGSIDE_KEY_STORE_COMMAND": settings.ALONGSIDE_KEY_STORE_COMMAND,
        "ALONGSIDE_LEDGER_FILE": str(settings.ALONGSIDE_LEDGER_FILE),
        "PYTHONPATH": os.pathsep.join([str(settings.PACKAGE.parent), os.environ.get("PYTHONPATH", "")]),
    }
    command = [sys.executable, "-m", "alongside", "erase-again"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603  (ours)
    if done.returncode:
        first = (done.stderr.strip().splitlines() or ["no message"])[0]
        raise BackupFailed(f"{into} is there, but whoever was erased since is still in it: {first[:300]}")
