"""What may be read from the log: the list of who opened a person's record (G3)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from .models import Entry

OPENING = ("record.opened", "record.exported", "record.printed")
"""Acts by which somebody saw a whole record."""

PER_PAGE = 50


@dataclass(frozen=True)
class Opened:
    """One opening of a record: who, when, in which role, why. Ids and codes; the page finds the names and sentences."""

    key: UUID
    at: datetime
    act: str
    actor_id: UUID | None
    actor_person_id: UUID | None
    role: str
    program_id: UUID | None
    fields: tuple[str, ...]
    reason: str
    words: str


@dataclass(frozen=True)
class Page:
    """One page of openings, newest first."""

    rows: list[Opened]
    number: int
    has_next: bool


def list_opened(subject_id: UUID, *, page: int = 1, per_page: int = PER_PAGE) -> Page:
    """Who opened this person's record, newest first, without the person's own visits and without refused tries.

    `page` counts from 1; a smaller number means 1. Never reads more than one page and one row.
    """
    number = max(page, 1)
    start = (number - 1) * per_page
    entries = (
        Entry.objects.filter(subject_id=subject_id, act__in=OPENING, outcome=Entry.DONE)
        .filter(Q(actor_person_id=None) | ~Q(actor_person_id=subject_id))
        .order_by("-at", "-id")[start : start + per_page + 1]
    )
    rows = [
        Opened(
            key=entry.key,
            at=entry.at,
            act=entry.act,
            actor_id=entry.actor_id,
            actor_person_id=entry.actor_person_id,
            role=entry.role,
            program_id=entry.program_id,
            fields=tuple(entry.fields),
            reason=entry.reason,
            words=entry.reason_words,
        )
        for entry in entries
    ]
    return Page(rows=rows[:per_page], number=number, has_next=len(rows) > per_page)
