"""The server under test: `alongside serve` itself, on this machine only, ended with its last user."""

import contextlib
import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .houses import House

PAGE_SIZE_KB = 1024
TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def _end_with_parent() -> None:
    """Linux: when we are killed, the server gets a SIGTERM instead of living on."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


@dataclass
class Server:
    """One node: a port, and its processes."""

    port: int
    process: subprocess.Popen
    seconds_to_first_answer: float
    cpu_to_first_answer: float = 0.0
    """Processor time of all its processes until then: what the start costs where others use the machine too."""

    def workers(self) -> list[int]:
        """The processes that answer: children of gunicorn's first process."""
        return [worker for master in _children(self.process.pid) for worker in _children(master)]

    def memory_mb(self) -> list[tuple[float, float]]:
        """For each worker its proportional and its resident memory, in MB."""
        return [(_rollup(pid, "Pss:"), _rollup(pid, "Rss:")) for pid in self.workers()]

    def cpu_seconds(self) -> float:
        """Processor time of all workers so far."""
        return sum(_cpu_seconds(pid) for pid in self.workers())


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += [int(child) for child in (task / "children").read_text().split()]
    return found


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _family(pid: int) -> list[int]:
    return [pid, *(each for child in _children(pid) for each in _family(child))]


def _rollup(pid: int, name: str) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / PAGE_SIZE_KB
    raise LookupError(name)


@contextlib.contextmanager
def serving(
    house: House, *, settings: str = "benchmarks.floor_settings", processes: int | None = None
) -> Iterator[Server]:
    """`alongside serve` with its own numbers of processes and threads, while the block runs.

    The worker, which sends mail and seals the log, is left out: it is another process of its own.
    """
    port = free_port()
    command = [sys.executable, "-m", "alongside", "serve", "--port", str(port), "--no-worker"]
    command += ["--workers", str(processes)] if processes else []
    started = time.perf_counter()
    process = subprocess.Popen(
        command, env=house.env | {"DJANGO_SETTINGS_MODULE": settings}, stdout=subprocess.DEVNULL,
        preexec_fn=_end_with_parent,
    )  # fmt: skip
    try:
        seconds = _wait(port, process, started)
        yield Server(port, process, seconds, sum(_cpu_seconds(pid) for pid in _family(process.pid)))
    finally:
        process.terminate()
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(port: int, process: subprocess.Popen, started: float) -> float:
    """Seconds until the first page is answered."""
    while time.perf_counter() < started + 60 and process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/help/", headers={"X-Forwarded-Proto": "https", "Host": "localhost"})
            status = connection.getresponse().status
            if status == 200:
                return time.perf_counter() - started
            raise RuntimeError(f"the first page answered {status}")
        except OSError:
            time.sleep(0.01)
    raise RuntimeError("the server did not start")
