"""Doing an act in a process that kills itself at one of its steps, and doing so at each of them.

A step is what changes the database, or a commit: between two of them nothing is different for whoever comes after, so
a look is a step only in the long run (`TEST_EVERY_STEP=1`). Dying after a step is dying before the next, except where
something leaves the program between the two: `both` tries either.
"""

import os
import signal
from collections.abc import Callable, Iterator

from django.db import connection

EVERY = bool(os.environ.get("TEST_EVERY_STEP"))
WRITES = ("INSERT", "UPDATE", "DELETE")
MOST = 400
FAILED = 3


class Killer:
    """Counts the steps of this process and kills it at one of them, before or after it was done."""

    def __init__(self, number: int, *, after: bool):
        self.left, self.after = number, after

    def __call__(self, execute, sql, params, many, context):
        def do():
            return execute(sql, params, many, context)

        return self.step(do) if EVERY or sql.lstrip().upper().startswith(WRITES) else do()

    def step(self, do: Callable):
        """One of them."""
        self.left -= 1
        if self.left == 0 and not self.after:
            os.kill(os.getpid(), signal.SIGKILL)
        done = do()
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done


def is_killed(act: Callable, number: int, *, after: bool = True) -> bool:
    """Do it in a process that kills itself at this step; False when it came through before."""
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            killer = Killer(number, after=after)
            connection.ensure_connection()
            commit = connection._commit
            connection._commit = lambda: killer.step(commit)
            with connection.execute_wrapper(killer):
                act()
        except BaseException:
            os._exit(FAILED)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status == 0 or os.WIFSIGNALED(status), "it failed in another way than by the kill"
    return status != 0


def each_step(*, both: bool = False) -> Iterator[tuple[int, bool]]:
    """(number, whether after it) of the steps of something; whoever comes through with a number ends."""
    for number in range(1, MOST):
        if both or EVERY:
            yield number, False
        yield number, True
    raise AssertionError("it never came through")
