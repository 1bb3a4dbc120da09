"""`kill -9` of separate workers in the middle of their work: each thing is done, and in effect once.

The bare `alongside serve`, by which most programs run, does the same work by itself.
"""

import os
import random
import subprocess
import sys
import time

import pytest

from tests.races.house import new_house
from tests.races.server import free_port
from tests.races.worker import Worker

pytestmark = [pytest.mark.races, pytest.mark.timeout(3600)]

KILLS = int(os.environ.get("TEST_KILLS", "4"))
WORKERS = 3
PEOPLE = 30
"""Each has a reminder and a call that are due."""


def start_workers(made) -> list[subprocess.Popen]:
    """As at scale: several `alongside work` beside each other."""
    command = [sys.executable, "-m", "alongside", "work", "--every", "0.05"]
    return [subprocess.Popen(command, env=made.env) for _ in range(WORKERS)]


def end_at_once(workers) -> None:
    for worker in workers:
        worker.kill()
        worker.wait()


def serve_until_more_is_done(made, stage) -> None:
    """`alongside serve` and nothing beside it: its jobs run, and a stop is clean."""
    before = stage.ask("count_done")
    command = [sys.executable, "-m", "alongside", "serve", "--port", str(free_port()), "--workers", "1"]
    server = subprocess.Popen(command, env=made.env, stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 120
        while stage.ask("count_done") == before:
            assert time.monotonic() < until and server.poll() is None, "it did nothing that was due"
            time.sleep(0.05)
    finally:
        server.terminate()
        assert server.wait(60) == 0


def test_what_is_due_is_done_once_whoever_dies():
    chance = random.Random(23)
    with new_house() as made:
        stage = Worker(made.env, "tests.faults.stage_jobs")
        stage.ask("open_house")
        for number in range(KILLS):
            stage.ask("set_due", people=PEOPLE)
            before, workers = stage.ask("count_done"), start_workers(made)
            until = time.monotonic() + 120
            while stage.ask("count_done") == before:
                assert time.monotonic() < until, "no worker did anything"
                assert all(worker.poll() is None for worker in workers)
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.2))
            end_at_once(workers)
            found = stage.ask("judge")
            assert found["wrong"] == {}
            print(f"kill {number + 1}: {found['done']} done, {found['left']} left for the next")
        assert found["left"], "or the last of them did everything, and nothing shows who goes on"
        serve_until_more_is_done(made, stage)
        found = stage.ask("judge")
        assert found["wrong"] == {}
        while found["left"]:  # one go of each job takes so many at most; the worker goes on with the rest
            ran, before = made.run("work", "--once"), found["left"]
            assert ran.returncode == 0, ran.stderr
            found = stage.ask("judge")
            assert found["wrong"] == {} and found["left"] < before
        assert found["done"] == 2 * PEOPLE * KILLS
        assert found["jobs"] > 10 and found["failures"] == [], "the page of jobs knows what ran"
        checked = made.run("check")
        assert checked.returncode == 0, checked.stdout
        stage.end()
