"""`alongside serve`: real processes, which are killed and stopped."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from alongside.audit.keys import create_key_ring
from alongside.commands import CommandFailed, serve
from tests.plugins import template

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def own_signals():
    """The supervisor sets handlers; afterwards the test run has its own again."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def wait_for(question, seconds: float = 30):
    """The first true answer; fails when none comes in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        time.sleep(0.2)
    raise AssertionError(f"nothing within {seconds} s")


def test_a_taken_port_is_said_in_words():
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(CommandFailed, match="try --port"):
        serve.require_free("127.0.0.1", server.getsockname()[1])


def test_a_part_that_keeps_ending_stops_everything_and_fails(own_signals, monkeypatch, capsys):
    monkeypatch.setattr(serve, "RESTARTS", 2)
    sound = serve.Part("worker", [sys.executable, "-c", "import time; time.sleep(60)"])
    broken = serve.Part("web", [sys.executable, "-c", "raise SystemExit(3)"])
    assert serve.supervise([sound, broken]) == 1
    assert sound.process.returncode == -signal.SIGTERM
    assert "the web ended 2 times" in capsys.readouterr().err


def test_a_part_that_does_not_stop_is_ended(monkeypatch):
    code = "import signal, time; signal.signal(15, signal.SIG_IGN); print(flush=True); time.sleep(60)"
    part = serve.Part("web", [sys.executable, "-c", code])
    part.start()
    time.sleep(0.5)
    part.process.terminate()
    part.stop(time.monotonic() + 0.5)
    assert part.process.returncode == -signal.SIGKILL


def children_of(pid: int) -> dict[str, int]:
    """Process ids of the web server and the worker, by a word of their command line."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            line = (folder / "cmdline").read_text()
        except (OSError, IndexError):
            continue
        if parent == pid:
            found["web" if "gunicorn" in line else "worker"] = int(folder.name)
    return found


def house(home: Path) -> dict[str, str]:
    """The environment of an installation of its own."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DATABASE_URL"))}
    env |= {"DJANGO_SETTINGS_MODULE": "alongside.settings", "PYTHONPATH": str(ROOT / "src"), "ALONGSIDE_DEMO": "1"}
    return env | {"ALONGSIDE_HOME": str(home), "ALONGSIDE_LOG_LEVEL": "ERROR"}


def migrated_house(home: Path) -> dict[str, str]:
    """The same with its keys and tables, which are copied where somebody has made them in this run."""
    with template.locked():
        if template.is_made():
            template.copy(str(home / "alongside.sqlite3"))
    create_key_ring(home / "keys" / "keyring.json")
    subprocess.run([sys.executable, "-m", "alongside", "migrate", "--quiet"], env=house(home), check=True)
    return house(home)


@pytest.mark.once
@pytest.mark.parametrize(("change", "code", "reason"), [
    ({}, 1, "migrate"), ({"ALONGSIDE_DEMO": "perhaps"}, 2, "ALONGSIDE_DEMO="),
])  # fmt: skip
def test_what_cannot_be_served_is_said_and_nothing_stays_running(tmp_path, change, code, reason):
    port = free_port()
    command = [sys.executable, "-m", "alongside", "serve", "--port", str(port)]
    done = subprocess.run(command, env=house(tmp_path) | change, capture_output=True, text=True, timeout=60)
    assert (done.returncode, reason in done.stderr) == (code, True), done.stderr
    assert "Traceback" not in done.stderr
    serve.require_free("127.0.0.1", port)


@pytest.mark.once
@pytest.mark.skipif(sys.platform != "linux", reason="finds the processes in /proc")
def test_a_killed_worker_comes_back_and_a_stop_is_clean(tmp_path):
    env = migrated_house(tmp_path)
    alongside = [sys.executable, "-m", "alongside"]
    port = free_port()

    def answers() -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/static/web/css/tokens.css") as page:
                return page.status == 200
        except OSError:
            return False

    server = subprocess.Popen([*alongside, "serve", "--port", str(port), "--workers", "1"], env=env)
    try:
        wait_for(answers)
        wait_for(lambda: {"web", "worker"} <= children_of(server.pid).keys())  # the web may be quicker than the worker
        first = children_of(server.pid)
        os.kill(first["worker"], signal.SIGKILL)
        again = wait_for(lambda: children_of(server.pid).get("worker") not in (None, first["worker"]))
        assert again
        parts = children_of(server.pid)
        assert parts["web"] == first["web"]
        server.terminate()
        assert server.wait(35) == 0
        assert not any(Path(f"/proc/{pid}").exists() for pid in parts.values())
    finally:
        if server.poll() is None:
            for pid in children_of(server.pid).values():
                os.kill(pid, signal.SIGKILL)
            server.kill()


def warming_children_of(pid: int) -> list[int]:
    """Process ids of children that compile the matching engine at the lowest priority."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            if int(fields[1]) == pid and "warm" in (folder / "cmdline").read_text() and int(fields[16]) == 19:
                found.append(int(folder.name))
        except (OSError, IndexError):
            continue
    return found


@pytest.mark.once
@pytest.mark.skipif(sys.platform != "linux", reason="finds the processes in /proc")
def test_the_worker_compiles_the_matching_engine_in_a_gentle_child_that_ends_with_it(tmp_path):
    env = migrated_house(tmp_path) | {"XDG_CACHE_HOME": str(tmp_path)}
    at_once = "import django; django.setup(); from alongside import cli; from alongside.commands import work; "
    at_once += "work.WARM_AFTER_SECONDS = 0; raise SystemExit(cli.main(['work']))"
    worker = subprocess.Popen([sys.executable, "-c", at_once], env=env)
    try:
        children = wait_for(lambda: warming_children_of(worker.pid))
        worker.terminate()
        assert worker.wait(35) == 0
        assert not any(Path(f"/proc/{pid}").exists() for pid in children)
    finally:
        if worker.poll() is None:
            worker.kill()
