"""`kill -9` of the web server and the worker while people write: nothing acknowledged is lost, nothing is half done.

Clients write notes and messages and choose offers over HTTP, as browsers do; a redirect is the acknowledgement. Each
keeps trying with the same submit key until it has one, as a person with a bad network does. `TEST_KILLS=200` is the
deep run; the usual one kills 8 times and an import of a roster 3 times.
"""

import http.client
import itertools
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from tests.races.house import new_house
from tests.races.worker import Worker

pytestmark = [pytest.mark.races, pytest.mark.timeout(7200)]

KILLS = int(os.environ.get("TEST_KILLS", "8"))
IMPORT_KILLS = max(3, KILLS // 8)
PAIRS, ROWS = 3, 300
TOKEN = "a" * 32
"""A CSRF token: in the cookie and in the form the same. That it must be so is tested elsewhere."""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Server:
    """Gunicorn and the worker as `alongside serve` starts them, in one process group that can be killed at once."""

    def __init__(self, house, port: int):
        self.port, self.processes = port, []
        alongside = [sys.executable, "-m", "alongside", "work", "--every", "0.2"]
        gunicorn = [
            sys.executable, "-m", "gunicorn", "alongside.wsgi:application", "--bind", f"127.0.0.1:{port}",
            "--workers", "2", "--threads", "4", "--log-level", "critical",
        ]  # fmt: skip
        for command in (gunicorn, alongside):
            self.processes.append(subprocess.Popen(command, env=house.env, start_new_session=True))

    def wait(self) -> None:
        """Until it answers."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
                connection.request("GET", "/reading/")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        """As when the power goes: no process has a chance to say anything."""
        for process in self.processes:
            os.killpg(process.pid, signal.SIGKILL)
        for process in self.processes:
            process.wait()


@dataclass
class Acknowledged:
    """What the server said was saved."""

    notes: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)


class Clients:
    """Threads that write without pause until told to stop."""

    def __init__(self, port: int, stage: dict):
        self.port, self.done, self.stopping = port, Acknowledged(), threading.Event()
        self.tries = itertools.count()
        self.choosing = iter(stage["choosing"])
        self.threads = [threading.Thread(target=self.walk, args=(pair,)) for pair in stage["walking"]]
        self.threads.append(threading.Thread(target=self.choose))
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        """Let each finish what it tries."""
        self.stopping.set()
        for thread in self.threads:
            thread.join(120)
        assert not any(thread.is_alive() for thread in self.threads)

    def post(self, session: str, path: str, kept: list[str], key: str, **fields) -> None:
        """Post until there is an acknowledgement; with the same key, however often."""
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **fields}, doseq=True)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"s={session}; c={TOKEN}"}
        for _ in range(2000):
            next(self.tries)
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
                connection.request("POST", path, body, headers)
                answer = connection.getresponse()
                location = answer.headers.get("Location", "")
                connection.close()
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
                continue
            if answer.status == 302 and "sign-in" not in location:
                kept.append(key)
            else:
                self.done.strange.append(f"{answer.status} {path} {location}")
            return

    def walk(self, pair: dict) -> None:
        """A peer writes notes and a participant writes messages, in turn."""
        while not self.stopping.is_set():
            key = str(uuid4())
            self.post(
                pair["peer_session"], f"/people/{pair['person']}/note/", self.done.notes, key, submit_key=key,
                outcome="reached", mode="phone", minutes="15", note="We talked about the week.", happened="now",
            )  # fmt: skip
            key = str(uuid4())
            self.post(
                pair["own_session"], f"/me/messages/{pair['mentorship']}/", self.done.messages, key, submit_key=key,
                body="Thank you for today.",
            )  # fmt: skip

    def choose(self) -> None:
        """One person after another chooses the peer they were offered."""
        while not self.stopping.is_set() and (one := next(self.choosing, None)):
            path = f"/me/people/{one['offer']}/"
            self.post(one["own_session"], path, self.done.offers, one["offer"], action="choose")
            time.sleep(0.2)


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
    clients = Clients(port, stage.ask("set_stage", pairs=PAIRS, choosers=55))
    server = Server(made, port)
    try:
        for _ in range(KILLS):
            server.wait()
            time.sleep(chance.uniform(0.05, 1.5))
            server.kill()
            server = Server(made, port)
        server.wait()
        time.sleep(0.5)
        clients.stop()
    finally:
        clients.stopping.set()
        server.kill()
    done = clients.done
    found = stage.ask("judge", notes=done.notes, messages=done.messages, offers=done.offers)
    print(f"{KILLS} kills, {next(clients.tries)} tries, acknowledged: {len(done.notes)} notes, {len(done.messages)} "
          f"messages, {len(done.offers)} choices; kept: {found['kept']}")  # fmt: skip
    assert done.strange == []
    assert found["wrong"] == {}
    assert min(len(done.notes), len(done.messages), len(done.offers)) > 0
    checked = made.run("work", "--once")
    assert checked.returncode == 0, checked.stderr
    checked = made.run("check")
    assert checked.returncode == 0, checked.stdout


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


def import_roster(made, prefix: str, kill_after: float | None) -> float:
    """Import 300 people by the command line, killed so many seconds after the preview; how long the writing took."""
    rows = "".join(f"{prefix}{number},English,{prefix.upper()}-{number}\n" for number in range(ROWS))
    path = made.home / f"{prefix}.csv"
    path.write_text(f"Preferred name,Language,Member ID\n{rows}")
    command = [sys.executable, "-m", "alongside", "import", str(path), "--kind", "participants", "--yes"]
    process = subprocess.Popen(command, env=made.env | {"PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, text=True)
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
