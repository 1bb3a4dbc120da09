"""Rows as the rules read them."""

from uuid import UUID

from alongside.rules import breach
from alongside.rules.legal_demand import Ordered
from alongside.rules.legal_demand import Paper as Frozen

from .models import Incident, Paper


def freeze(order: Paper, mandate: Paper | None, person_id: UUID | None) -> Ordered:
    """An order with its mandate, about the person whom the demand names."""
    return Ordered(
        key=str(order.pk),
        person=str(person_id or ""),
        recipient=order.recipient,
        purpose=order.purpose,
        items=tuple(order.items),
        confidential=order.confidential,
        answers=order.answers,
        order=Frozen(order.valid_until, order.ended_at is not None),
        mandate=Frozen(mandate.valid_until, mandate.ended_at is not None) if mandate else None,
    )


def state_of(incident: Incident, affected: int, untold: int) -> breach.State:
    """How far an incident is."""
    return breach.State(
        discovered_on=incident.discovered_on,
        affected=affected,
        untold=untold,
        decision=incident.decision,
        hhs_told=incident.hhs_told_on is not None,
        media_told=incident.media_told_on is not None,
    )
