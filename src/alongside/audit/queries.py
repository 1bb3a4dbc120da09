"""What may be read from the log: who opened a person's record, and who saw their name in a list or search (G3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from .ids import first_id
from .models import Entry

OPENING = ("record.opened", "record.exported", "record.printed")
"""Acts by which somebody saw a whole record."""

EXPORTING = ("record.exported", "record.printed")
"""Acts by which a whole record went into a file or on paper."""

NAMING = ("record.searched", "record.listed")
"""Acts by which somebody saw a name and a little more, in a list or a search, without opening the record."""

PER_PAGE = 50
Span = tuple[UUID, datetime | None, datetime | None]
"""Another id of a person, from and until when."""
Row = TypeVar("Row")


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
class Named:
    """All the times on one day that somebody saw a name in one way: `count` of them, and what they gave as a reason.

    `day` is a day of the current time zone; `words` are the different reasons, the newest first.
    """

    day: date
    act: str
    actor_id: UUID | None
    actor_person_id: UUID | None
    role: str
    count: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list, newest first."""

    rows: list[Row]
    number: int
    has_next: bool


def list_opened(
    subject_id: UUID, *, also: Sequence[Span] = (), page: int = 1, per_page: int = PER_PAGE
) -> Page[Opened]:
    """Who opened this person's record, newest first, without the person's own visits and without refused tries.

    `also`: other ids under which the log speaks of them, where two records were joined. `page` counts from 1; a smaller
    number means 1. Never reads more than one page and one row.
    """
    number = max(page, 1)
    start = (number - 1) * per_page
    entries = _list_by_others(subject_id, OPENING, also).order_by("-at", "-id")[start : start + per_page + 1]
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


def list_named(subject_id: UUID, *, also: Sequence[Span] = (), page: int = 1, per_page: int = PER_PAGE) -> Page[Named]:
    """Who saw this person's name in a list or search, a row for each day, newest first; else as `list_opened`.

    Lists are looked at many times a day, so the database counts them; two queries at most.
    """
    number = max(page, 1)
    start = (number - 1) * per_page
    entries = _list_by_others(subject_id, NAMING, also).annotate(day=TruncDate("at"))
    who = ("day", "act", "actor_id", "actor_person_id", "role")
    days = list(
        entries.values(*who)
        .annotate(count=Count("id"))
        .order_by("-day", "act", "role", "actor_person_id", "actor_id")[start : start + per_page + 1]
    )
    shown = days[:per_page]
    # Reasons are encrypted, so the database cannot tell which are the same.
    reasons: dict[tuple, dict[str, None]] = {}
    if any(row["act"] == "record.searched" for row in shown):
        searches = entries.filter(act="record.searched", day__in={row["day"] for row in shown})
        for entry in searches.order_by("-at", "-id"):
            if entry.reason_words:
                reasons.setdefault(tuple(getattr(entry, name) for name in who), {})[entry.reason_words] = None
    rows = [Named(**row, words=tuple(reasons.get(tuple(row[name] for name in who), ()))) for row in shown]
    return Page(rows=rows, number=number, has_next=len(days) > per_page)


def count_touched(
    program_id: UUID, actor_id: UUID, acts: Sequence[str], from_at: datetime, until_at: datetime
) -> dict[UUID, int]:
    """Whose records an account touched in a span by these acts, and how often: {person id: times}.

    Ids as they were then: a record that was joined to another since is found by `people.models.Merge`.
    """
    touched = Entry.objects.filter(
        program_id=program_id, actor_id=actor_id, act__in=acts, outcome=Entry.DONE, at__gte=from_at, at__lt=until_at
    ).exclude(subject_id=None)  # fmt: skip
    rows = touched.order_by().values("subject_id").annotate(count=Count("id"))
    return {row["subject_id"]: row["count"] for row in rows}


def list_done(program_id: UUID, since: datetime, until: datetime) -> QuerySet:
    """What accounts of a program did to records in a stretch of time, as plain rows in the order of their making.

    Found by the ids, which stand in the order of time, so that a long log is not read from its beginning.
    """
    found = Entry.objects.filter(key__gte=first_id(since), program_id=program_id, at__gte=since, at__lt=until)
    return (
        found.exclude(actor_id=None)
        .order_by("key")
        .values("key", "at", "actor_id", "actor_person_id", "role", "act", "subject_id", "outcome")
    )


def list_of_object(
    act: str, object_id: UUID, *, program_id: UUID, since: datetime, until: datetime
) -> QuerySet[Entry]:  # fmt: skip
    """Entries of this act about one object, the newest first. No other stretch of the log is looked at."""
    found = Entry.objects.filter(key__gte=first_id(since), key__lt=first_id(until))
    return found.filter(program_id=program_id, act=act, object_id=object_id).order_by("-key")


def read_words(keys: Sequence[UUID]) -> dict[UUID, str]:
    """The reasons in the actors' own words of these entries; without those that have none."""
    found = Entry.objects.filter(key__in=keys).only("key", "reason_words")
    return {entry.key: entry.reason_words for entry in found if entry.reason_words}


def _list_by_others(subject_id: UUID, acts: tuple[str, ...], also: Sequence[Span]) -> QuerySet[Entry]:
    """What others did, without the person's own visits and without refused tries."""
    about = Q(subject_id=subject_id)
    for other_id, since, until in also:
        span = Q(subject_id=other_id)
        about |= span & (Q(at__gte=since) if since else Q()) & (Q(at__lt=until) if until else Q())
    done = Entry.objects.filter(about, act__in=acts, outcome=Entry.DONE)
    own = {subject_id, *(other_id for other_id, _since, _until in also)}
    return done.filter(Q(actor_person_id=None) | ~Q(actor_person_id__in=own))


def has_opened_since(subject_id: UUID, *, actor_id: UUID, object_kind: str, object_id: UUID, since: datetime) -> bool:
    """Whether an account has opened this of somebody since a moment, by an entry of its own."""
    mine = Entry.objects.filter(subject_id=subject_id, at__gte=since, act="record.opened", outcome=Entry.DONE)
    return mine.filter(actor_id=actor_id, object_kind=object_kind, object_id=object_id).exists()
