"""What may be read of check-ins. Whose record may be opened at all is asked of `privacy.queries`."""

from uuid import UUID

from alongside.council.queries import get_policy_values
from alongside.people.models import Episode, Person
from alongside.rules.check_in import CheckInPolicy

from .models import CheckIn, Rhythm

SHOWN = 12
"""As many as a quarter of a year of weeks holds: a picture that can still be read at 360 px."""


def get_check_in_policy() -> CheckInPolicy:
    """The questions, their scale and the numbers in force in the current program."""
    return CheckInPolicy.from_values(get_policy_values("check_in"))


def get_kind(person_id: UUID) -> str:
    """Why the person is here now, or was the latest time: their own recovery, or somebody they love."""
    found = Episode.objects.filter(person_id=person_id).order_by("-opened_at").values_list("kind", flat=True).first()
    return found or "own_recovery"


def get_rhythm(person_id: UUID) -> Rhythm:
    """The person's wishes; one that is not stored yet stands for "nothing wished"."""
    return Rhythm.objects.filter(person_id=person_id).first() or Rhythm(person_id=person_id)


def is_called(person_id: UUID) -> bool:
    """Whether callers of the program may call this person: a wish for a call reaches them too.

    `call_agreements` is the reverse side of a foreign key of calls: no import upwards.
    """
    agreed = Person.objects.filter(
        pk=person_id, call_agreements__status="agreed", call_agreements__due_at__isnull=False,
        safe_contact__may_call=True, phone_index__isnull=False,
    )  # fmt: skip
    return agreed.exclude(safe_contact__channel="none").exists()


def list_check_ins(person_id: UUID, *, is_own: bool) -> list[CheckIn]:
    """The latest check-ins in order of time; nobody else reads them while the person keeps them to themself."""
    found = CheckIn.objects.filter(person_id=person_id)
    if not is_own:
        found = found.filter(person__rhythm__is_hidden=False)
    return list(reversed(found.order_by("-at", "-pk")[:SHOWN]))
