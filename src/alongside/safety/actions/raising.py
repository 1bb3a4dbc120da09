"""Raising a worry: it is there, with its clock running and the first people told, or it is not there at all."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.people.models import Person
from alongside.safety.holding import log_happening
from alongside.safety.models import Escalation
from alongside.safety.queries import get_safety_policy

from .ladder import climb


@transaction.atomic
def raise_escalation(
    *, person: Person, words: str, source: str, submit_key: UUID, by, now: datetime | None = None
) -> Escalation:
    """Tell whoever is on duty that the actor is worried about this person. The same `submit_key` is the same worry."""
    now = now or timezone.now()
    # Who agrees that somebody is shut out holds the person too: this waits for that, or that sees this worry (B7). The
    # reference to the person does not wait: PostgreSQL looks at it only when all is written.
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    policy = get_safety_policy()
    acknowledge_by = policy.acknowledge_by(now)
    escalation, is_new = Escalation.objects.get_or_create(
        submit_key=submit_key,
        defaults={
            "program_id": person.program_id, "person": person, "raised_by_id": by.person_id, "raised_role": by.role,
            "source": source, "words": words, "raised_at": now, "acknowledge_by": acknowledge_by,
            "look_at": acknowledge_by,
        },
    )  # fmt: skip
    if is_new:
        log_happening(escalation, "raised", by=by, now=now)
        climb(escalation, from_rung=0, policy=policy, now=now)
    return escalation
