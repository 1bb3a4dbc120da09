"""`kill -9` while worries are raised and looked after: none is lost, none half told, nobody told twice of a rung."""

import os
import random
import time

import pytest

from tests.races.house import new_house
from tests.races.worker import Worker

pytestmark = [pytest.mark.races, pytest.mark.timeout(3600)]

KILLS = int(os.environ.get("TEST_KILLS", "4"))


def kill_in_the_middle(made, stage, do: str, processes: int, chance: random.Random) -> None:
    """Start processes that do something, wait until they do, and kill them all at a random moment."""
    before = stage.ask("count")
    workers = [Worker(made.env, "tests.faults.stage_worries") for _ in range(processes)]
    for worker in workers:
        worker.tell(do)
    while stage.ask("count") == before:
        assert all(worker.process.poll() is None for worker in workers)
        time.sleep(0.02)
    time.sleep(chance.uniform(0, 0.3))
    for worker in workers:
        worker.process.kill()
        worker.process.wait()


def test_a_worry_survives_every_kill():
    chance = random.Random(17)
    with new_house() as made:
        stage = Worker(made.env, "tests.faults.stage_worries")
        stage.ask("open_house")
        stage.ask("set_worries")
        for _ in range(KILLS):
            kill_in_the_middle(made, stage, "raise_many", 2, chance)
            kill_in_the_middle(made, stage, "look_after", 2, chance)
            found = stage.ask("judge")
            assert found["wrong"] == {}
        # After the last kill one ordinary worker goes on where they were.
        stage.ask("pass_an_hour")
        before = found["told"]
        ran = made.run("work", "--once")
        assert ran.returncode == 0, ran.stderr
        found = stage.ask("judge")
        print(f"{2 * KILLS} kills of two processes each: {found['worries']} worries, told {found['told']} times")
        assert found["wrong"] == {} and found["told"] > before
        checked = made.run("check")
        assert checked.returncode == 0, checked.stdout
        stage.end()
