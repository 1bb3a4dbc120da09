"""Somebody is shut out of a record while they have a worry about that person in hand: it goes on at once (B7, J2).

Inside the transaction of the yes, which holds the person locked: a worry that is being raised waits for it, or is seen
by it. All that are open or owned are locked, not only those that such a reader owns as yet: one who takes it at this
moment comes first, and it is handed on; or comes after, and is refused. The history says what it says wherever a worry
is to be handed over; why, it does not say to anybody.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from alongside.people.actor import SystemActor
from alongside.people.models import Person
from alongside.rules.lifecycles import ESCALATION
from alongside.safety.holding import log_happening
from alongside.safety.models import Escalation
from alongside.safety.queries import get_safety_policy, list_owners, list_who_may_know

from .ladder import climb, tell


def hand_on_at_once(*, person: Person, accounts: Collection[UUID], now: datetime, **_facts) -> None:
    """Handler of `kept_from_readers`."""
    waiting = Escalation.objects.select_for_update(of=("self",)).filter(person=person, status__in=("open", "owned"))
    out = set(Person.objects.filter(user__in=accounts).values_list("pk", flat=True))
    for worry in list(waiting.order_by("pk")):
        if worry.owner_id in out:
            _look_for_another(worry, now)
        elif worry.handed_to_id in out:
            _back_to_its_owner(worry, now)
        elif worry.status == "open" and not _somebody_knows(worry):
            _tell_anew(worry, now)


def _look_for_another(worry: Escalation, now: datetime) -> None:
    """It has no owner any longer: the time in which it is to be taken begins anew, and the ladder at its foot."""
    ESCALATION.check_move(worry.status, "open", by="system")
    worry.status, worry.owner_id, worry.owned_at, worry.resolve_by = "open", None, None, None
    worry.handed_to, worry.handed_at = None, None
    worry.acknowledge_by = worry.look_at = get_safety_policy().acknowledge_by(now)
    worry.save()
    _tell_anew(worry, now)


def _back_to_its_owner(worry: Escalation, now: datetime) -> None:
    """Whom they asked to take it cannot: the owner has it, knows it, and may ask another."""
    worry.handed_to, worry.handed_at, worry.look_at = None, None, max(worry.resolve_by, now)
    worry.save(update_fields=["handed_to", "handed_at", "look_at"])
    happening = log_happening(worry, "handed", by=SystemActor(program_id=worry.program_id), now=now)
    tell(worry, worry.owner, key=str(happening.pk), now=now)


def _tell_anew(worry: Escalation, now: datetime) -> None:
    """From whoever is on duty upward, also those who were told before: they believe that somebody has it."""
    happening = log_happening(worry, "handed", by=SystemActor(program_id=worry.program_id), now=now)
    climb(worry, from_rung=0, policy=get_safety_policy(), now=now, again=str(happening.pk))


def _somebody_knows(worry: Escalation) -> bool:
    """Whether anybody who was told and reached may still see it."""
    told = worry.told.filter(is_reached=True).values("reader")
    return list_who_may_know(list_owners(worry.program).filter(pk__in=told), worry.person_id).exists()
