"""Run the web server and the worker until stopped; a part that dies is started again.

SIGTERM or Ctrl-C stops both gracefully: requests that are being answered are finished, within 30 seconds.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser, Namespace
from collections import deque

import django
from django.conf import settings

from .failure import CommandFailed

GRACE_SECONDS = 30
RESTARTS, WITHIN_SECONDS = 5, 60
"""A part that ends more often than this is broken; then everything stops, so that the operator's monitor sees it."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2, help="web processes (default 2)")
    parser.add_argument("--threads", type=int, default=4, help="threads of each (default 4)")
    parser.add_argument("--no-worker", action="store_true", help="only the web server; the worker runs elsewhere")


def run(options: Namespace) -> int:
    require_free(options.host, options.port)
    web = Part("web", web_command(options))
    # The web server loads while this process looks at the database: the first page comes a second sooner.
    web.start()
    try:
        _check_database()
    except BaseException:
        web.end(time.monotonic() + GRACE_SECONDS)
        raise
    print(f"serving http://{'localhost' if options.host == '127.0.0.1' else options.host}:{options.port}", flush=True)
    if options.no_worker:
        return supervise([web])
    return supervise([web, Part("worker", [sys.executable, "-m", "alongside", "work"])])


def _check_database() -> None:
    """Raises `CommandFailed` where migrations are missing, or what is erased would stay in the file."""
    django.setup()
    from .common import require_erasing, require_migrated  # models can be imported only now

    require_migrated()
    require_erasing()


def web_command(options: Namespace) -> list[str]:
    """The command line of gunicorn. It writes no access log: addresses and paths are nobody's business (G4)."""
    return [
        sys.executable, "-m", "gunicorn", "alongside.wsgi:application",
        "--bind", f"{options.host}:{options.port}",
        # Loaded once, then forked: half the work of a start, and what is loaded is shared.
        "--preload",
        "--workers", str(options.workers),
        "--threads", str(options.threads),
        "--graceful-timeout", str(GRACE_SECONDS - 5),
        "--log-level", "warning",
    ]  # fmt: skip


def require_free(host: str, port: int) -> None:
    """Say at once, in words, that the port is taken."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandFailed(f"cannot listen on {host}:{port} ({error.strerror}); try --port") from error


class Part:
    """One process that is kept running."""

    def __init__(self, name: str, command: list[str]):
        self.name, self.command = name, command
        self.starts: deque[float] = deque(maxlen=RESTARTS)
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start the process. In a session of its own: a Ctrl-C reaches only the supervisor, who stops it in order."""
        self.starts.append(time.monotonic())
        package_home = str(settings.PACKAGE.parent)
        path = os.pathsep.join(filter(None, [package_home, os.environ.get("PYTHONPATH")]))
        self.process = subprocess.Popen(  # noqa: S603  (a command of ours)
            self.command, env={**os.environ, "PYTHONPATH": path}, start_new_session=True
        )

    @property
    def ended(self) -> bool:
        """Whether it is not running now."""
        return self.process is None or self.process.poll() is not None

    @property
    def is_broken(self) -> bool:
        """Whether it ended too often in too short a time to be started again."""
        return len(self.starts) == RESTARTS and time.monotonic() - self.starts[0] < WITHIN_SECONDS

    def ask_to_end(self) -> None:
        """It finishes what it is at."""
        if self.process and not self.ended:
            self.process.terminate()

    def end(self, deadline: float) -> None:
        """Ask it to end and wait for it."""
        self.ask_to_end()
        self.stop(deadline)

    def stop(self, deadline: float) -> None:
        """Wait for it to end, and end it when the deadline (monotonic seconds) has passed."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def supervise(parts: list[Part]) -> int:
    """Keep the parts running until a signal comes (0) or one is broken (1)."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    code = 0
    for part in parts:
        if part.process is None:
            part.start()
    while not stop.wait(0.5):
        for part in filter(lambda part: part.ended, parts):
            if part.is_broken:
                print(f"alongside serve: the {part.name} ended {RESTARTS} times in a minute", file=sys.stderr)
                stop.set()
                code = 1
                break
            print(f"alongside serve: the {part.name} ended; starting it again", file=sys.stderr)
            part.start()
    for part in parts:
        part.ask_to_end()
    deadline = time.monotonic() + GRACE_SECONDS
    for part in parts:
        part.stop(deadline)
    return code
