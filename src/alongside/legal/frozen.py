"""Rows as the rules read them."""

from collections.abc import Iterable
from uuid import UUID

from alongside.rules import breach
from alongside.rules.legal_demand import Ordered
from alongside.rules.legal_demand import Paper as Frozen

from .models import Incident, LawDelay, Paper, Posting


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


def state_of(
    incident: Incident, *, affected: int, untold: int, unreached: int, delays: Iterable[LawDelay],
    postings: Iterable[Posting],
) -> breach.State:  # fmt: skip
    """How far an incident is."""
    standing = next((one for one in postings if one.ended_at is None), None)
    return breach.State(
        discovered_on=incident.discovered_on,
        affected=affected,
        untold=untold,
        decision=incident.decision,
        hhs_told=incident.hhs_told_on is not None,
        media_told=incident.media_told_on is not None,
        unreached=unreached,
        posted=standing.frozen() if standing else None,
        delays=tuple(one.frozen() for one in delays),
    )
