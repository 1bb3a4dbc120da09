"""Who was erased stays erased, also when a backup from before comes back (I6)."""

import json
import os
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.plugins.template import on_server
from tests.postgres import find_binaries, find_wheel_binaries
from tests.races.house import ON_POSTGRESQL, House, new_house
from tests.races.worker import Worker
from tests.waits import waits

from alongside.audit.models import Entry
from alongside.people.models import Person
from alongside.people.names import ERASED
from alongside.retention import ledger, restoring
from alongside.retention.erasing import erase_person
from alongside.retention.models import Erasure

NOW = datetime(2026, 3, 8, 7, 0, tzinfo=UTC)


def a_line() -> ledger.Line:
    return ledger.Line(uuid4(), uuid4(), NOW, "wish")


# --- the file -----------------------------------------------------------------------------------------------------
def test_lines_are_added_once_and_read_back(own_ledger):
    one, two = a_line(), a_line()
    assert ledger.read() == []
    assert ledger.add([one]) == 1 and ledger.add([one, two]) == 1
    assert ledger.read() == [one, two]
    assert own_ledger.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", ["changed", "made_up", "taken_out", "swapped"])
def test_a_damaged_ledger_erases_nobody(own_ledger, damage):
    ledger.add([a_line(), a_line(), a_line()])
    lines = own_ledger.read_text().splitlines()
    if damage == "changed":
        lines[1] = json.dumps(json.loads(lines[1]) | {"person": str(uuid4())})
    elif damage == "made_up":
        lines.append(json.dumps(json.loads(lines[2]) | {"person": str(uuid4())}))
    elif damage == "taken_out":
        del lines[1]
    else:
        lines[0], lines[1] = lines[1], lines[0]
    own_ledger.write_text("\n".join(lines) + "\n")
    with pytest.raises(ledger.LedgerDamaged):
        ledger.read()
    with pytest.raises(ledger.LedgerDamaged):
        ledger.add([a_line()])


def test_a_line_that_was_cut_off_while_it_was_written_is_written_again(own_ledger):
    one, two = a_line(), a_line()
    ledger.add([one])
    with own_ledger.open("a") as file:
        file.write('{"program": "00')
    assert ledger.read() == [one]
    ledger.add([two])
    assert ledger.read() == [one, two]


def test_it_holds_ids_and_a_keyed_hash_and_nothing_else(own_ledger):
    ledger.add([a_line()])
    assert json.loads(own_ledger.read_text()).keys() == {"program", "person", "at", "cause", "mac"}


# --- the ledger and the database ----------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_an_erasing_that_is_undone_leaves_no_line(program, rosa, carmen):
    from django.db import transaction

    with transaction.atomic():
        erase_person(person=rosa.person, by=carmen.actor, cause="wish", now=timezone.now())
        transaction.set_rollback(True)
    assert ledger.read() == [] and not Erasure.objects.exists()
    erase_person(person=rosa.person, by=carmen.actor, cause="wish", now=timezone.now())
    assert [line.person for line in ledger.read()] == [rosa.person.pk]


@pytest.mark.django_db(transaction=True)
def test_what_a_process_did_not_come_to_write_is_written_by_the_worker(program, rosa, carmen, own_ledger):
    erase_person(person=rosa.person, by=carmen.actor, cause="wish", now=timezone.now())
    own_ledger.unlink()
    assert waits("keep_ledger", program, timezone.now()) == 1
    assert restoring.keep_ledger(timezone.now()) == 1 and waits("keep_ledger", program, timezone.now()) == 0
    assert [line.person for line in ledger.read()] == [rosa.person.pk]
    assert restoring.keep_ledger(timezone.now()) == 0


@pytest.mark.django_db(transaction=True)
def test_whoever_only_the_file_knows_as_erased_is_erased_again(program, rosa, own_ledger):
    """As after a restore: her record is there, the row of the ledger is not. No hold stands in the way then."""
    ledger.add([ledger.Line(program.pk, rosa.person.pk, NOW, "wish"), ledger.Line(program.pk, uuid4(), NOW, "wish")])
    assert restoring.keep_ledger(timezone.now()) == 2
    assert Person.objects.get(pk=rosa.person.pk).goes_by == ERASED
    assert set(Erasure.objects.values_list("cause", flat=True)) == {"restored"}
    assert Entry.objects.filter(act="erasure.replayed", subject_id=rosa.person.pk).count() == 1
    assert restoring.keep_ledger(timezone.now()) == 0


@pytest.mark.django_db(transaction=True)
def test_the_check_tells_when_somebody_is_back(program, rosa, carmen, own_ledger):
    from alongside.commands.check import check_ledger

    ledger.add([ledger.Line(program.pk, rosa.person.pk, NOW, "wish")])
    assert "1 erased records are back" in check_ledger(None)[0]
    restoring.replay(timezone.now())
    assert check_ledger(None) == []
    own_ledger.write_text("{}\n")
    assert "line 1" in check_ledger(None)[0]
    own_ledger.unlink()
    assert "not in" in check_ledger(None)[0]


# --- a real backup, a real restore, by the operator's commands ----------------------------------------------------
@pytest.fixture
def house():
    with new_house() as made:
        if ON_POSTGRESQL:
            made.env["PATH"] = f"{find_binaries() or find_wheel_binaries()}{os.pathsep}{made.env['PATH']}"
        stage = Worker(made.env, "tests.retention.stage")
        stage.ask("open_house")
        yield made, stage
        stage.end()


def must(made: House, *arguments: str) -> str:
    done = made.run(*arguments)
    assert done.returncode == 0, f"{arguments}: {done.stdout} {done.stderr}"
    return done.stdout


@pytest.mark.races
def test_a_restored_backup_does_not_bring_her_back(house):
    made, stage = house
    rosa = stage.ask("somebody_with_a_past")
    backup = made.home / "backup"
    must(made, "backup", str(backup))
    assert stage.ask("look", person=rosa)["name"] == "Quetzalrosa"
    stage.ask("erase", person=rosa)
    assert stage.ask("look", person=rosa) == {"name": ERASED, "notes": [""], "messages": 0}
    stage.end()

    # A copy to look at, and in place of what is there.
    if ON_POSTGRESQL:
        on_server(f'CREATE DATABASE "{made.name}_copy" TEMPLATE template0')
        copy = House(made.home, made.database_url.replace(made.name, f"{made.name}_copy"))
        copy.env["PATH"] = made.env["PATH"]
        must(copy, "restore", str(backup))
    else:
        must(made, "restore", str(backup), "--into", str(made.home / "copy.sqlite3"))
        copy = House(made.home, f"sqlite:///{made.home / 'copy.sqlite3'}")
    must(made, "restore", str(backup), "--force")
    for there in (made, copy):
        again = Worker(there.env, "tests.retention.stage")
        assert again.ask("look", person=rosa) == {"name": ERASED, "notes": [""], "messages": 0}
        assert again.ask("acts", act="erasure.replayed") == 1
        again.end()
        must(there, "work", "--once")
        must(there, "check", "--quick") if there is copy else must(there, "check")
