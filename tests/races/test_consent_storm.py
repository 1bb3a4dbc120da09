"""Eight processes take random steps on the same permissions at once: nothing leaves after what ended it (B4, B7, C2).

`TEST_STORM_ROUNDS=100 TEST_STORM_STEPS=400` is the deep run; the usual one is a single short round. The same steps by a
program that looks before it leaps, on a database without its guards, must be seen to break it.
"""

import os

import pytest

from tests.races.races import PROCESSES
from tests.races.test_races import NAIVE_ROUNDS, run_rounds

pytestmark = [pytest.mark.races, pytest.mark.timeout(36000)]

ROUNDS = max(1, int(os.environ.get("TEST_STORM_ROUNDS", "1")))
STEPS = max(14, int(os.environ.get("TEST_STORM_STEPS", "28")))
"""Of each process in a round."""


def test_nothing_leaves_after_what_ended_it(processes):
    assert run_rounds(processes, "guarded", "consent_storm", "consent_storm", ROUNDS, steps=STEPS) == []
    happened = processes[1].ask("count_consent_storm")
    print(f"{PROCESSES} processes, {ROUNDS} rounds of {STEPS} steps each: {happened}")
    assert min(happened[one] for one in ("stopped", "kept", "left", "opened", "signed")) > 0
    assert happened["answered"] > 0 or ROUNDS == 1


def test_steps_that_look_before_they_leap_are_found(processes):
    storm = ("bare", "consent_storm", "naive_consent_storm", NAIVE_ROUNDS)
    wrong = run_rounds(processes, *storm, until_broken=True, steps=28)
    assert [one for one in wrong if "broken" in one] != []
