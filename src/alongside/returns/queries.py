"""What was told, as far as the reader may know it; and what telling it brings, so that pages promise nothing else."""

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from alongside.audit.fields import sealed_fields
from alongside.calls.queries import get_agreement, get_phone_policy, may_be_called, times_of
from alongside.people.models import Episode, Person
from alongside.people.outbox import may_be_told
from alongside.privacy.queries import list_beside

from .models import Telling

SHOWN = 20
NAMES = [f"told_by__{name}" for name in sealed_fields(Person)]


def list_tellings(person_id: UUID, *, is_own: bool) -> list[Telling]:
    """The latest, newest first. Of words that somebody keeps to themself, nobody else sees any (`words` is empty)."""
    found = Telling.objects.filter(person_id=person_id).select_related("told_by").defer(*NAMES)
    rows = list(found.order_by("-told_at")[:SHOWN])
    for row in rows:
        if row.is_kept and not is_own:
            row.words = ""
    return rows


@dataclass(frozen=True)
class Follows:
    """Who learns of it and how, and what becomes of our calls.

    `noticed` get a notice, `seeing` only see it when they work here. `calls`: "sooner"; "paused" by the person, or
    because the number is wrong; "no_way" where no hour or no permission is left; "" without an agreement.
    """

    noticed: tuple[Person, ...]
    seeing: tuple[Person, ...]
    calls: str
    is_resting: bool

    @property
    def beside(self) -> tuple[Person, ...]:
        return self.noticed + self.seeing


def find_what_follows(person: Person) -> Follows:
    """What would happen if this person told a return to use now."""
    beside = list_beside(person.pk)
    noticed = tuple(one for one in beside if may_be_told(one))
    is_resting = Episode.objects.filter(person=person, status="paused").exists()
    return Follows(noticed, tuple(one for one in beside if one not in noticed), _calls(person.pk), is_resting)


def _calls(person_id: UUID) -> str:
    agreement = get_agreement(person_id)
    if agreement is None:
        return ""
    if agreement.status != "agreed":
        return "paused"
    rules = agreement.person.safe_contact
    may_call = may_be_called(rules, agreement.person.phone)
    has_hour = may_call and times_of(agreement, get_phone_policy(), rules).next_at(timezone.now())
    return "sooner" if has_hour else "no_way"
