"""Who wants no messages asking for donations."""

from uuid import UUID

from .models import NoDonations
from .writing import get_posture


def get_no(person_id: UUID) -> NoDonations | None:
    """What this person said, while it holds."""
    return NoDonations.objects.filter(person_id=person_id, ended_at=None).order_by("said_at").first()


def show_choice(person_id: UUID) -> dict:
    """For a page: whether the program asks for donations at all, and what this person said."""
    return {"asks_donations": get_posture().fundraises, "no_donations": get_no(person_id)}


def list_no() -> list[NoDonations]:
    """All of the program who said no, by name: whoever writes to people leaves them out. None is left off a page."""
    found = NoDonations.objects.filter(ended_at=None).select_related("person")
    return list(found.order_by("person__goes_by_search", "person_id", "said_at"))
