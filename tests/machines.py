"""What the machines share that do everything in any order: counted steps, parts that run side by side, one house.

`TEST_STEPS` is how many steps all parts of a machine take together, `TEST_PARTS` into how many tests they are split, so
that xdist spreads them; `TEST_SEED` repeats a run. `python3 dev.py deep` runs both machines so. The program and its
people are made once for each part: an example is a transaction over them that is rolled back, and does nothing but its
steps.
"""

import os
import secrets
from types import SimpleNamespace

from django.db import connection, transaction
from django.utils import timezone
from django_scopes import scope
from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as seeded
from hypothesis.stateful import RuleBasedStateMachine, invariant, run_state_machine_as_test

from tests.story import make_persona, make_program

STEPS = int(os.environ.get("TEST_STEPS", "10000"))
PARTS = int(os.environ.get("TEST_PARTS", "2"))
STEPS_EACH = 50
ENOUGH = 5000
"""In so many steps everything that a machine is about happens many times over: it must have happened."""


class Machine(RuleBasedStateMachine):
    """Carmen on the staff, Rosa and Olu, and a clock that only goes forward."""

    house: SimpleNamespace
    steps: int
    seed: int
    seen: dict[str, int]
    """How often each thing happened that the machine is about: a run in which nothing happens shows nothing."""

    def __init__(self):
        super().__init__()
        self.program, self.staff, self.people = self.house.program, self.house.staff, self.house.people
        self.by = {one.person.pk: one.by for one in self.people}
        self.now = timezone.now()
        self.scope = scope(program=self.program)
        self.scope.__enter__()
        self.block = transaction.atomic()
        self.block.__enter__()
        type(self).steps -= 1  # the look before the first step is none

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
        self.scope.__exit__(None, None, None)

    def happened(self, what: str) -> None:
        """Count one more of this."""
        self.seen[what] = self.seen.get(what, 0) + 1

    @invariant()
    def count_steps(self):
        type(self).steps += 1


def rows(sql: str) -> list[tuple]:
    """What the database has, by a statement as cheap as can be: an invariant asks after each step."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def make_house() -> SimpleNamespace:
    """The program with its people, whose actors are read once: no role changes here."""
    program = make_program("Riverbend", "riverbend")
    staff = make_persona(program, "carmen", "coordinator").actor
    people = []
    for name in ("rosa", "olu"):
        persona = make_persona(program, name, "participant")
        people.append(SimpleNamespace(person=persona.person, by=persona.actor))
    return SimpleNamespace(program=program, staff=staff, people=people)


def run(machine: type[Machine], part: int = 0, steps: int | None = None, *, shrink: bool = True) -> type[Machine]:
    """Let a machine take its share of the steps; how many it took and what happened stand in what is given back.

    `shrink`: look for the shortest example of what fails.
    """
    wanted = -(-STEPS // PARTS) if steps is None else steps
    seed = int(os.environ.get("TEST_SEED") or secrets.randbelow(2**32)) + part
    whole = type(machine.__name__, (machine,), {"house": make_house(), "steps": 0, "seed": seed, "seen": {}})
    phases = (Phase.generate, *[Phase.shrink] * shrink)
    try:
        while whole.steps < wanted:  # examples may end early: then there are some more
            rules = settings(
                max_examples=-(-(wanted - whole.steps) // STEPS_EACH), stateful_step_count=STEPS_EACH, deadline=None,
                database=None, derandomize=False, suppress_health_check=list(HealthCheck), phases=phases,
                report_multiple_bugs=False,
            )  # fmt: skip
            run_state_machine_as_test(seeded(seed + whole.steps * PARTS)(whole), settings=rules)
    except BaseException as wrong:
        wrong.add_note(f"TEST_SEED={seed - part} TEST_PARTS={PARTS}, part {part}")
        raise
    return whole


def tell(ran: type[Machine], record_property) -> None:
    """Into the report: how many steps a part took, with which seed, and what happened in them."""
    for name, value in {"steps": ran.steps, "seed": ran.seed, **ran.seen}.items():
        record_property(name, value)
