"""`kill -9` of `alongside reencrypt` in the middle: all are found, nobody twice, and the next run goes on (I7)."""

import os
import random
import subprocess
import sys
import time

import pytest

from tests.races.house import new_house
from tests.races.worker import Worker

pytestmark = [pytest.mark.races, pytest.mark.timeout(3600)]

KILLS = int(os.environ.get("TEST_KILLS", "5"))
PEOPLE = 300
MORE = 5


def test_keys_change_whoever_is_killed_meanwhile():
    chance = random.Random(55)
    with new_house() as made:
        stage = Worker(made.env, "tests.faults.stage_keys")
        stage.ask("open_house")
        stage.ask("make_people", first=0, count=PEOPLE)
        added = made.run("add-key", "all")
        assert added.returncode == 0, added.stderr
        begun, count = time.monotonic(), PEOPLE
        for number in range(KILLS):
            run = subprocess.Popen(
                [sys.executable, "-m", "alongside", "reencrypt", "--progress"], env=made.env, text=True,
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            )  # fmt: skip
            # Somebody writes meanwhile.
            stage.ask("make_people", first=count, count=MORE)
            count += MORE
            lines = 0 if number == 0 else chance.randint(1, 8)
            said = [run.stderr.readline() for _ in range(lines)]
            time.sleep(chance.uniform(0, 0.05))
            run.kill()
            run.wait()
            run.stderr.close()
            found = stage.ask("judge", count=count)
            assert found["wrong"] == {}
            print(f"kill {number + 1}, {time.monotonic() - begun:.0f} s: {said[-1:]} {found}")
        last = made.run("reencrypt")
        assert last.returncode == 0, last.stderr
        found = stage.ask("judge", count=count)
        assert found == {
            "wrong": {}, "waits": False, "prepared": 0, "moments": 1, "seals": 2, "seal_waits": False,
        }  # fmt: skip
        assert made.run("reencrypt").stdout.strip() == "0 rows were encrypted again"
        assert made.run("work", "--once").returncode == 0
        checked = made.run("check")
        assert checked.returncode == 0, checked.stdout
        stage.end()
