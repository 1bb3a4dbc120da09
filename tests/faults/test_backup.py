"""A backup made while people write, restored elsewhere: it is whole, and row for row what was there (I5).

Real processes and the operator's own commands, on both databases.
"""

import os
import time

import pytest

from tests.faults.clients import Clients
from tests.plugins.template import on_server
from tests.postgres import find_binaries, find_wheel_binaries
from tests.races.house import ON_POSTGRESQL, House, new_house
from tests.races.server import Server, free_port
from tests.races.worker import Worker

pytestmark = [pytest.mark.races, pytest.mark.timeout(1800)]
BACKUPS = max(1, int(os.environ.get("TEST_KILLS", "5")) // 20)


@pytest.fixture
def house():
    with new_house() as made:
        if ON_POSTGRESQL:  # programs of the server's own version
            made.env["PATH"] = f"{find_binaries() or find_wheel_binaries()}{os.pathsep}{made.env['PATH']}"
        stage = Worker(made.env, "tests.faults.stage")
        stage.ask("open_house")
        yield made, stage
        stage.end()


def restore(made: House, backup, name: str) -> House:
    """Put a backup into a place of its own, with the command; the house over it, which has the same keys."""
    if ON_POSTGRESQL:
        on_server(f'CREATE DATABASE "{made.name}_{name}" TEMPLATE template0')
        url = made.database_url.replace(made.name, f"{made.name}_{name}")
    else:
        url = f"sqlite:///{made.home / name}.sqlite3"
    other = House(made.home, url)
    other.env["PATH"] = made.env["PATH"]
    must(other, "restore", str(backup), *([] if ON_POSTGRESQL else ["--into", other.name]))
    return other


def must(made: House, *arguments: str) -> str:
    """Run a command that has to succeed."""
    done = made.run(*arguments)
    assert done.returncode == 0, f"{arguments}: {done.stdout} {done.stderr}"
    return done.stdout


def test_a_backup_beside_the_daily_work_is_whole(house):
    made, stage = house
    server = Server(made, free_port())
    server.wait()
    clients = Clients(server.port, stage.ask("set_stage", pairs=3, choosers=40, permits=20))
    try:
        for number in range(BACKUPS):
            time.sleep(1)
            before = clients.done.so_far()
            backup = made.home / f"backup{number}"
            must(made, "backup", str(backup))
            must(made, "backup", "--check", str(backup))
            copy = restore(made, backup, f"copy{number}")
            there = Worker(copy.env, "tests.faults.stage")
            found = there.ask("judge", **before)
            there.end()
            assert found["wrong"] == {}
            must(copy, "work", "--once")
            must(copy, "check")
            print(f"backup {number}: acknowledged before {len(before['notes'])} notes, kept {found['kept']}")
    finally:
        clients.stop()
        server.kill()
    assert clients.done.strange == []
    assert len(clients.done.notes) > len(before["notes"]) > 0  # people did write meanwhile


def test_what_is_restored_is_row_for_row_what_was_there(house):
    made, stage = house
    stage.ask("set_stage", pairs=2, choosers=5)
    must(made, "work", "--once")
    backup = made.home / "backup"
    must(made, "backup", str(backup))
    copy = restore(made, backup, "copy")
    there = Worker(copy.env, "tests.faults.stage")
    one, two = stage.ask("checksums"), there.ask("checksums")
    assert one == two and len(one) > 30 and one["audit_entry"] != one["people_person"]
    stage.ask("set_stage", pairs=1, choosers=1)  # and a difference would be seen
    changed = {name for name, value in stage.ask("checksums").items() if value != two[name]}
    assert changed >= {"people_person", "audit_entry"}
    there.end()
