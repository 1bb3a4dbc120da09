"""The web server and the worker as real processes over a house, for tests that use it by HTTP as browsers do."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Server:
    """Gunicorn and the worker as `alongside serve` starts them, in process groups that can be killed at once.

    What they say (errors only) goes to the file `log`, or to the screen.
    """

    def __init__(
        self, house, port: int, *, log: Path | None = None, worker: bool = True,
        application: str = "alongside.wsgi:application",
    ):  # fmt: skip
        self.port, self.processes = port, []
        alongside = [sys.executable, "-m", "alongside", "work", "--every", "0.2"]
        gunicorn = [
            sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}",
            "--workers", "2", "--threads", "4", "--log-level", "critical",
        ]  # fmt: skip
        with log.open("ab") if log else nullcontext() as said:
            for command in (gunicorn, alongside) if worker else (gunicorn,):
                self.processes.append(subprocess.Popen(command, env=house.env, start_new_session=True, stderr=said))

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
