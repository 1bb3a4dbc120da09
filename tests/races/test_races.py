"""Eight processes at the same moment, again and again: no promise of the database is broken, nobody sees an error.

`TEST_ROUNDS=1000` is the deep run (all races together); the usual one has 40 rounds. The same rounds with a program
that checks and then writes, on a database without its guards, must break the promises, or these tests are blind.
"""

import os

import pytest

from tests.races.races import RACES
from tests.races.worker import together

pytestmark = [pytest.mark.races, pytest.mark.timeout(3600)]

ROUNDS = max(1, int(os.environ.get("TEST_ROUNDS", "40")) // len(RACES))
NAIVE_ROUNDS = 25
"""The naive program is given this many rounds to break its promise; the first time is enough."""


def run_rounds(
    processes, database: str, race: str, act: str, rounds: int, *, until_broken: bool = False, **values
) -> list[str]:  # fmt: skip
    """Run the rounds of a race, whose stage is set with these values; what was wrong in them."""
    names, manager, workers = processes
    for worker in [manager, *workers]:
        worker.ask("use_database", name=names[database])
    wrong = []
    for number in range(rounds):
        each = manager.ask(f"set_{race}", **values)
        answers = together(workers, act, each)
        wrong += [f"round {number}: {one}" for one in answers if one.startswith("error")]
        wrong += [f"round {number}: {one}" for one in manager.ask(f"judge_{race}", each=each, answers=answers)]
        if until_broken and any("broken" in one for one in wrong):
            break
    return wrong


@pytest.mark.parametrize("race", RACES)
def test_the_promise_holds(processes, race):
    assert run_rounds(processes, "guarded", race, race, ROUNDS) == []


@pytest.mark.parametrize("race", RACES)
def test_a_program_that_looks_before_it_leaps_breaks_it(processes, race):
    wrong = run_rounds(processes, "bare", race, f"naive_{race}", NAIVE_ROUNDS, until_broken=True)
    assert [one for one in wrong if "broken" in one] != []
