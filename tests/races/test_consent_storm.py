"""Eight processes take random steps on the same permissions at once: nothing leaves after what ended it (B4, B7, C2).

The usual run is six rounds of 448 steps; with those of the two machines that take theirs alone, CI takes more than ten
thousand on each database. `python3 dev.py deep` takes as many as it is asked for, in rounds, and fails
with fewer. `TEST_STORM_STEPS`, or `TEST_STEPS` and `TEST_PARTS` of the machines, say how many; `TEST_SEED` repeats what
each process does, though not who comes first. The same steps by a program that looks before it leaps, on a database
without its guards, must be seen to break it.
"""

import os
import secrets
from collections import Counter
from time import monotonic

import pytest

from tests.races.races import PROCESSES
from tests.races.test_races import NAIVE_ROUNDS, run_rounds

pytestmark = [pytest.mark.races, pytest.mark.timeout(36000)]

EACH = 56
"""Of each process in a round: a round has some fifteen permissions, so each is met about thirty times."""
ROUND = EACH * PROCESSES
STEPS = int(os.environ.get("TEST_STORM_STEPS") or os.environ.get("TEST_STEPS") or 6 * ROUND)
PARTS = int(os.environ.get("TEST_PARTS", "1"))
SEED = int(os.environ.get("TEST_SEED") or secrets.randbelow(2**32))
ENOUGH = 5000
"""In so many steps everything the storm is about happens many times over: it must have happened."""

ALWAYS = frozenset({"share: left", "open: opened", "sign: signed", "stop: ended"})
RARER = frozenset({
    "share: nothing left", "file: left", "file: nothing left", "speak: left", "speak: nothing left", "page: left",
    "page: nothing left", "send: sent", "open: closed", "answer: answered", "stop: not stopped", "event: ended",
    "expire: ended", "keep: kept", "give_back: given back",
})  # fmt: skip


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_leaves_after_what_ended_it(processes, part, record_property):
    manager, wanted, happened, started = processes[1], -(-STEPS // PARTS), Counter(), monotonic()
    manager.ask("count_consent_storm")
    number = 0
    while happened["steps"] < wanted:
        steps = min(EACH, -(-(wanted - happened["steps"]) // PROCESSES))
        storm = ("guarded", "consent_storm", "consent_storm", 1)
        wrong = run_rounds(processes, *storm, steps=steps, seed=f"{SEED} {part} {number}")
        assert wrong == [], f"TEST_SEED={SEED} TEST_PARTS={PARTS}, part {part}, round {number}"
        happened.update(manager.ask("count_consent_storm"))
        number += 1
    for name, value in {"seed": SEED, **happened}.items():
        record_property(name, value)
    rate = happened["steps"] / (monotonic() - started)
    print(f"{PROCESSES} processes, {happened['steps']} steps from seed {SEED}, {rate:.0f} a second: {dict(happened)}")
    assert happened.keys() >= (ALWAYS if wanted >= ROUND else set())
    assert happened.keys() >= (RARER if wanted >= ENOUGH else set())


def test_steps_that_look_before_they_leap_are_found(processes):
    storm = ("bare", "consent_storm", "naive_consent_storm", NAIVE_ROUNDS)
    wrong = run_rounds(processes, *storm, until_broken=True, steps=28, seed=f"{SEED} naive")
    assert [one for one in wrong if "broken" in one] != []
