"""Which telephone rings at the peer on call."""

from alongside.people.models import Program
from alongside.recovery.models import OnCallLine


def get_on_call(program: Program) -> OnCallLine | None:
    """The on-call telephone of the program, if it has one."""
    return OnCallLine.objects.filter(program=program).first()
