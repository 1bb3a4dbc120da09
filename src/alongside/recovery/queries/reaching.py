"""Which telephone rings at the peer on call, and whether somebody is really there to answer it."""

from collections.abc import Callable
from datetime import datetime

from alongside.people.models import Program
from alongside.recovery.models import OnCallLine

_on_duty: list[Callable[[Program, datetime], bool]] = []


def get_on_call(program: Program) -> OnCallLine | None:
    """The on-call telephone of the program, if it has one."""
    return OnCallLine.objects.filter(program=program).first()


def provide_on_duty(function: Callable[[Program, datetime], bool]) -> None:
    """Say, from a package above, who knows whether the rota holds somebody at a moment."""
    _on_duty[:] = [function]


def is_on_duty(program: Program, at: datetime) -> bool:
    """Whether the rota holds somebody at this moment. Where nobody can say, nothing is promised."""
    return any(function(program, at) for function in _on_duty)
