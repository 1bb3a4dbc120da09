"""`kill -9` of all processes while people write: nothing acknowledged is lost, nothing is half done.

Clients write notes and messages, choose offers, change what they ask for, hand over what somebody permits, open and
answer pages of partners and stop permissions over HTTP, as browsers do; a redirect or a page is the acknowledgement.
Each keeps trying with the same submit key until it has one, as a person with a bad network does.
Beside them the worker does what is due, and lists are brought in on the command line; they are killed at the same
moment. `TEST_KILLS=200` is the deep run; the usual one kills 4 times and an import of a roster once.
"""

import itertools
import os
import random
import subprocess
import sys
import threading
import time

import pytest

from tests.faults.clients import Acknowledged, Clients
from tests.faults.stage_size import LIST_ROWS
from tests.races.house import new_house
from tests.races.server import Server, free_port
from tests.races.worker import Worker

pytestmark = [pytest.mark.races, pytest.mark.timeout(7200)]

KILLS = int(os.environ.get("TEST_KILLS", "4"))
IMPORT_KILLS = max(1, KILLS // 8)
PAIRS, ROWS = 3, 300
LONG_ROWS = max(1_600, 130 * IMPORT_KILLS)
"""So many that nearly every kill is in the middle of them."""


class Importer:
    """Brings one small list after another in, by the command line. A list that was cut off is tried again."""

    def __init__(self, made, done: Acknowledged):
        self.made, self.done, self.stopping, self.process = made, done, threading.Event(), None
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self) -> None:
        """One list after another."""
        for number in itertools.count():
            prefix = f"c{number:03}x"
            path = write_roster(self.made, prefix, LIST_ROWS)
            self.done.lists[prefix] = False
            while not self.done.lists[prefix] and not self.stopping.is_set():
                self.process = start_import(self.made, path)
                said, _nothing = self.process.communicate()
                if self.process.returncode == 0:
                    self.done.lists[prefix] = True
                elif self.process.returncode > 0:
                    self.done.strange.append(f"import of {prefix}: {said[-300:]}")
                    self.stopping.set()
            if self.stopping.is_set():
                return

    def kill(self) -> None:
        """As when the power goes."""
        if self.process and self.process.poll() is None:
            self.process.kill()

    def stop(self) -> None:
        """Let it finish what it does."""
        self.stopping.set()
        self.thread.join(120)
        assert not self.thread.is_alive()


@pytest.fixture
def house():
    """A house with its program."""
    with new_house() as made:
        stage = Worker(made.env, "tests.faults.stage")
        stage.ask("open_house")
        yield made, stage
        stage.end()


def test_what_was_acknowledged_survives_every_kill(house):
    made, stage = house
    port, chance = free_port(), random.Random(7)
    world = stage.ask("set_stage", pairs=PAIRS, choosers=55, permits=10 + 2 * KILLS)
    clients = Clients(port, world)
    importer = Importer(made, clients.done)
    server = Server(made, port)
    try:
        for _ in range(KILLS):
            server.wait()
            time.sleep(chance.uniform(0.05, 1.5))
            importer.kill()
            server.kill()
            server = Server(made, port)
        server.wait()
        time.sleep(0.5)
        done, patience = clients.done, time.monotonic() + 30
        while not all((done.notes, done.stops, done.left, done.answers)) and time.monotonic() < patience:
            time.sleep(0.1)  # on a slow machine little was confirmed between the kills
        clients.stop()
        importer.stop()
    finally:
        clients.stopping.set()
        importer.stopping.set()
        importer.kill()
        server.kill()
    found = stage.ask("judge", **done.so_far())
    print(f"{KILLS} kills, {next(clients.tries)} tries, acknowledged: {len(done.notes)} notes, {len(done.messages)} "
          f"messages, {len(done.worries)} worries, {len(done.offers)} choices, {sum(done.words.values())} changes, "
          f"{sum(done.lists.values())} lists, {len(done.stops)} stops, {len(done.left)} disclosures, "
          f"{len(done.answers)} answers; kept: {found['kept']}")  # fmt: skip
    assert done.strange == []
    assert found["wrong"] == {}
    assert min(len(done.notes), len(done.messages), len(done.worries), len(done.offers), sum(done.words.values())) > 0
    assert min(len(done.stops), len(done.left), len(done.answers)) > 0
    checked = made.run("work", "--once")
    assert checked.returncode == 0, checked.stderr
    checked = made.run("check")
    assert checked.returncode == 0, checked.stdout
    for lost, name in ((False, "left after the stop"), (True, "lost stops")):
        stage.ask("spoil_sharing", consent=done.stops[0], lost=lost)
        assert name in stage.ask("judge", **done.so_far())["wrong"], "or the judge is blind"


@pytest.mark.skipif(KILLS < 10, reason="a part of the deep run: it takes half a minute")
def test_a_server_that_answers_before_it_writes_is_found(house):
    made, stage = house
    port = free_port()
    clients = Clients(port, stage.ask("set_stage", pairs=1, choosers=1, permits=6))
    server = Server(made, port, application="tests.faults.hasty:application")
    try:
        server.wait()
        deadline = time.monotonic() + 60
        while not (clients.done.stops and clients.done.strange) and time.monotonic() < deadline:
            time.sleep(0.05)
        server.kill()
        server = Server(made, port)
        server.wait()
        clients.stop()
    finally:
        clients.stopping.set()
        server.kill()
    assert any(one.startswith("left after the stop") for one in clients.done.strange)
    assert "lost stops" in stage.ask("judge", **clients.done.so_far())["wrong"]


def test_an_import_is_whole_or_not_at_all(house):
    made, stage = house
    chance, seen = random.Random(11), []
    seconds = import_roster(made, "aaa", None)
    assert stage.ask("count_imported", prefix="aaa")["people"] == ROWS
    for number in range(IMPORT_KILLS):
        prefix = f"b{number:03}x"
        import_roster(made, prefix, chance.uniform(0, 1.1 * seconds))
        found = stage.ask("count_imported", prefix=prefix)
        seen.append(found["people"])
        assert found["people"] in (0, ROWS), found
        assert found["episodes"] == found["entries"] == found["people"]
        import_roster(made, prefix, None)  # tried again, nobody is there twice
        found = stage.ask("count_imported", prefix=prefix)
        assert found == {"people": ROWS, "episodes": ROWS, "entries": ROWS}
    print(
        f"{IMPORT_KILLS} kills of an import of {ROWS} rows ({seconds:.1f} s of writing): {seen} were there afterwards"
    )
    assert made.run("work", "--once").returncode == 0
    checked = made.run("check")
    assert checked.returncode == 0, checked.stdout


def test_a_long_import_goes_on_after_each_kill(house):
    made, stage = house
    chance, seen = random.Random(13), []
    import_roster(made, "long", chance.uniform(0.5, 2), rows=LONG_ROWS)
    for _ in range(IMPORT_KILLS):
        stage.ask("pass_a_minute")
        before = stage.ask("how_far")["done"]
        worker = subprocess.Popen([sys.executable, "-m", "alongside", "work"], env=made.env)
        while (now := stage.ask("how_far"))["done"] == before and now["status"] == "writing":
            time.sleep(0.05)  # a worker takes a while to start; it is to be killed in the middle of its work
        time.sleep(chance.uniform(0, 0.5))
        worker.kill()
        worker.wait()
        seen.append(stage.ask("how_far")["done"])
    while (found := stage.ask("how_far"))["status"] != "confirmed":
        stage.ask("pass_a_minute")
        assert made.run("work", "--once").returncode == 0
    print(f"{IMPORT_KILLS + 1} kills of an import of {LONG_ROWS} rows, after {seen} of them")
    assert (found["status"], found["counts"]["create"], found["counts"]["refused"]) == ("confirmed", LONG_ROWS, 0)
    found = stage.ask("count_imported", prefix="long")
    assert found == {"people": LONG_ROWS, "episodes": LONG_ROWS, "entries": LONG_ROWS}
    assert made.run("work", "--once").returncode == 0  # who was killed had sealed nothing of the latest
    checked = made.run("check")
    assert checked.returncode == 0, checked.stdout


def write_roster(made, prefix: str, rows: int):
    """A list of people whose names begin with the prefix."""
    lines = "".join(f"{prefix}{number},English,{prefix.upper()}-{number}\n" for number in range(rows))
    path = made.home / f"{prefix}.csv"
    path.write_text(f"Preferred name,Language,Member ID\n{lines}")
    return path


def start_import(made, path) -> subprocess.Popen:
    """The command that brings a list in, running."""
    command = [sys.executable, "-m", "alongside", "import", str(path), "--kind", "participants", "--yes"]
    return subprocess.Popen(
        command, env=made.env | {"PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def import_roster(made, prefix: str, kill_after: float | None, rows: int = ROWS) -> float:
    """Import people by the command line, killed so many seconds after the preview; how long the writing took."""
    process = start_import(made, write_roster(made, prefix, rows))
    said = []
    for line in process.stdout:
        said.append(line)
        if " rows:" in line:
            break
    started = time.monotonic()
    if kill_after is not None:
        time.sleep(kill_after)
        process.kill()
    said += process.stdout.readlines()
    code = process.wait()
    assert kill_after is not None or code == 0, said
    return time.monotonic() - started
