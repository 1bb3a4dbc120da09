"""What may be read of connections. Whose record may be opened at all is asked of `privacy.queries`."""

from uuid import UUID

from alongside.rules import connections as rules

from .models import Tie, TieTurn

MOST_TURNS = 600
"""Entries of the history that the picture of the past reads: ten for each tie."""


def list_ties(person_id: UUID) -> list[Tie]:
    """Those that are there now, the earliest first."""
    return list(Tie.objects.filter(person_id=person_id, ended_at__isnull=True).order_by("made_at")[: rules.MOST])


def list_ended(person_id: UUID) -> list[Tie]:
    """Those that are not, the latest end first."""
    return list(Tie.objects.filter(person_id=person_id, ended_at__isnull=False).order_by("-ended_at")[: rules.MOST])


def get_tie(person_id: UUID, tie_id: UUID) -> Tie | None:
    """One of the person's, also one that ended."""
    return Tie.objects.filter(pk=tie_id, person_id=person_id).first()


def list_turns(person_id: UUID) -> list[rules.Turn]:
    """The history of all ties in the order of time."""
    rows = TieTurn.objects.filter(tie__person_id=person_id).select_related("tie").order_by("-at", "-pk")[:MOST_TURNS]
    return [rules.Turn(str(row.tie_id), row.at, row.tie.kind, row.ring, row.support) for row in reversed(rows)]


def as_rule(tie: Tie) -> rules.Tie:
    """What the rules need of it."""
    return rules.Tie(str(tie.pk), tie.kind, tie.ring, tie.support)
