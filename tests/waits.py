"""What the page of jobs says that waits for a job: asked beside the tests of the job itself."""

from datetime import datetime

from django_scopes import scope

from alongside.running.waiting import WAITING


def waits(job: str, program, now: datetime) -> int:
    """How much waits for the job whose function ends so, in this program."""
    (count,) = [count for function, count in WAITING.items() if function.endswith(job)]
    with scope(program=program):
        return count(program, now)
