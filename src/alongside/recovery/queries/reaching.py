"""Who is beside a person now, and which telephone rings at the peer on call."""

from uuid import UUID

from alongside.people.models import Person, Program
from alongside.privacy.queries import list_live_grants
from alongside.recovery.models import OnCallLine


def list_beside(person_id: UUID) -> list[Person]:
    """The person's peer, and whoever covers for them at this moment."""
    live = list_live_grants().filter(participant_id=person_id, kind__in=["mentorship", "cover"])
    return [grant.reader for grant in live.select_related("reader").order_by("-kind", "starts_at")]


def get_on_call(program: Program) -> OnCallLine | None:
    """The on-call telephone of the program, if it has one."""
    return OnCallLine.objects.filter(program=program).first()
