"""No room on the disk (I4): a real server whose files may not grow. Nothing confirmed is lost, no word is lost.

The limit is the system's own (RLIMIT_FSIZE), set on the running processes: SQLite's log of changes cannot be written,
as when a disk is full. On PostgreSQL the server's disk would have to be filled; its error is told apart below.
"""

import http.client
import re
import resource
from html import unescape
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import psycopg
import pytest
from django.db import OperationalError

from alongside.web.no_room import is_no_room
from tests.faults.clients import TOKEN
from tests.races.house import ON_POSTGRESQL, new_house
from tests.races.server import Server, free_port
from tests.races.worker import Worker

pytestmark = [pytest.mark.races, pytest.mark.timeout(1200)]
WORDS = 'We talked about "the" week\nand <walked> by the río.'


def send(port: int, session: str, path: str, **fields) -> tuple[int, str]:
    """Post a form once: status and page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"s={session}; c={TOKEN}"}
    connection.request("POST", path, urlencode({"csrfmiddlewaretoken": TOKEN, **fields}, doseq=True), headers)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    return answer.status, page


def read(port: int, path: str, session: str = "") -> int:
    """The status of a page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": f"s={session}; c={TOKEN}"} if session else {})
    return connection.getresponse().status


def processes_of(server: Server) -> list[int]:
    """Gunicorn, its workers and the worker."""
    found = []
    for process in server.processes:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        found += [process.pid, *map(int, children)]
    return found


def limit(server: Server, size: int) -> None:
    """From now on no file of theirs grows beyond so many bytes."""
    for pid in processes_of(server):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def note_of(key: str) -> dict:
    """The form of a note after a talk."""
    return {"submit_key": key, "outcome": "reached", "mode": "phone", "minutes": "15", "note": WORDS,
            "happened": "now", "read_together": "yes", "notice": "offered"}  # fmt: skip


@pytest.mark.skipif(ON_POSTGRESQL, reason="the files are those of another server")
def test_a_full_disk_loses_nothing_and_says_so_kindly(tmp_path):
    with new_house() as made:
        stage = Worker(made.env, "tests.faults.stage")
        stage.ask("open_house")
        (pair,) = stage.ask("set_stage", pairs=1, choosers=0)["walking"]
        port = free_port()
        server = Server(made, port, log=tmp_path / "log")
        try:
            server.wait()
            path, session = f"/people/{pair['person']}/note/", pair["peer_session"]
            before = str(uuid4())
            assert send(port, session, path, **note_of(before))[0] == 302

            limit(server, 4096)
            lost = str(uuid4())
            status, page = send(port, session, path, **note_of(lost))
            assert status == 503, page[:500]
            assert "We could not save this just now" in page and "No pudimos guardar" in page
            assert unescape(page).count("by the río") == 2, "to read, and to send again"
            assert "&lt;walked&gt;" in page and "<walked>" not in page
            assert read(port, "/") == 200 and read(port, "/reading/") == 200, "what is only read stays open"
            assert read(port, path, session) in (200, 503)

            limit(server, resource.RLIM_INFINITY)
            # There is room again: the button of that page sends what it holds.
            fields = {
                unescape(name): unescape(value)
                for name, value in re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', page)
            }
            assert fields["note"].replace("\r\n", "\n") == WORDS and fields["submit_key"] == lost
            fields.pop("csrfmiddlewaretoken")
            for _twice in range(2):
                assert send(port, session, path, **fields)[0] == 302
        finally:
            server.kill()
        found = stage.ask(
            "judge", notes=[before, lost], messages=[], worries=[], offers=[], words={}, lists={},
            sharing={"stops": [], "left": [], "answers": []},
        )  # fmt: skip
        assert found["wrong"] == {} and found["kept"]["notes"] == 2
        assert made.run("work", "--once").returncode == 0
        checked = made.run("check")
        assert checked.returncode == 0, checked.stdout
        assert "río" not in (tmp_path / "log").read_text(), "what was written is in no log"
        stage.end()


class DiskFull(psycopg.errors.DiskFull):
    """As the driver raises it."""


def test_the_errors_of_each_database_are_known():
    full = OperationalError("could not extend file: No space left on device")
    full.__cause__ = DiskFull()
    assert is_no_room(full)
    assert is_no_room(OperationalError("database or disk is full")) and is_no_room(OperationalError("disk I/O error"))
    assert is_no_room(OSError(28, "No space left on device"))
    for other in (OperationalError("database is locked"), ValueError("disk i/o error"), OSError(13, "x"), None):
        assert not is_no_room(other)
