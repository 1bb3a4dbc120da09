"""Giving and ending the right to see a record, and writing down each time one is opened."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record, record_each
from alongside.audit.queries import has_opened_since
from alongside.people.models import Person

from ..models import Grant

DIRECTOR_HOURS = 2
"""How long a director's recorded reason opens one record."""


@transaction.atomic
def give_grant(
    *,
    participant_id: UUID,
    reader_id: UUID,
    program_id: UUID,
    kind: str,
    by,
    source_id: UUID | None = None,
    notes_since=None,
    reason_words: str | None = None,
    ends_at: datetime | None = None,
    now: datetime | None = None,
) -> Grant:
    """Let a reader open a participant's record, for a named reason."""
    grant = Grant.objects.create(
        program_id=program_id,
        participant_id=participant_id,
        reader_id=reader_id,
        kind=kind,
        source_id=source_id,
        notes_since=notes_since,
        reason_words=reason_words,
        starts_at=now or timezone.now(),
        ends_at=ends_at,
    )
    record(act="grant.given", by=by, subject=participant_id, object_kind="grant", object_id=grant.pk, reason=kind)
    return grant


@transaction.atomic
def end_grants(*, source_id: UUID, by, kind: str = "", now: datetime | None = None) -> int:
    """End every grant (or those of one kind) that followed from one source, such as a mentorship; acts at once (D4)."""
    now = now or timezone.now()
    ended = 0
    grants = Grant.objects.select_for_update().filter(source_id=source_id, ends_at__isnull=True)
    for grant in grants.filter(kind=kind) if kind else grants:
        grant.ends_at = now
        grant.save(update_fields=["ends_at"])
        record(
            act="grant.revoked",
            by=by,
            subject=grant.participant_id,
            object_kind="grant",
            object_id=grant.pk,
            reason=grant.kind,
        )
        ended += 1
    return ended


@transaction.atomic
def open_with_reason(*, participant: Person, words: str, by, now: datetime | None = None) -> Grant:
    """A director opens one record for a short time, with words that the person will read (D3).

    The same words while they are in force are the same opening: a second press of the button gives nothing new.
    """
    now = now or timezone.now()
    in_force = Grant.objects.select_for_update().filter(
        participant=participant, reader_id=by.person_id, kind="reason", ends_at__gt=now
    )
    same = next((grant for grant in in_force if grant.reason_words == words), None)
    if same:
        return same
    return give_grant(
        participant_id=participant.pk,
        reader_id=by.person_id,
        program_id=participant.program_id,
        kind="reason",
        by=by,
        reason_words=words,
        now=now,
        ends_at=now + timedelta(hours=DIRECTOR_HOURS),
    )


@transaction.atomic
def stop_sharing_history(*, participant_id: UUID, grant_id: UUID, by, now: datetime | None = None) -> bool:
    """The person takes earlier notes back from a reader, in one step. Whether there was something to take back."""
    found = Grant.objects.select_for_update().filter(
        pk=grant_id, participant_id=participant_id, kind="history", ends_at__isnull=True
    )
    grant = found.first()
    if grant is None:
        return False
    grant.ends_at = now or timezone.now()
    grant.save(update_fields=["ends_at"])
    record(
        act="grant.revoked", by=by, subject=participant_id, object_kind="grant", object_id=grant.pk, reason=grant.kind
    )
    return True


def note_opened(*, participant_id: UUID, by, page: str, words: str = "") -> None:
    """Write that a record was opened, before the page is sent (G1)."""
    with transaction.atomic():
        record(
            act="record.opened",
            by=by,
            subject=participant_id,
            object_kind=page,
            object_id=participant_id,
            words=words,
            view=True,
        )


def note_opened_today(*, participant_id: UUID, by, page: str, object_id: UUID, now: datetime | None = None) -> bool:
    """The same for what is opened many times a day, such as a thread: one entry for each reader and day (G1).

    A day is one of the clock in force. Whether it was the first. Two tabs at the same moment may both be.
    """
    now = timezone.localtime(now)
    if has_opened_since(
        participant_id, actor_id=by.user_id, object_kind=page, object_id=object_id,
        since=now.replace(hour=0, minute=0, second=0, microsecond=0),
    ):  # fmt: skip
        return False
    with transaction.atomic():
        record(act="record.opened", by=by, subject=participant_id, object_kind=page, object_id=object_id, now=now,
               view=True)  # fmt: skip
    return True


def note_searched(*, people: Sequence[Person], words: str, by) -> None:
    """Write that these names were shown to a search, with the reason given, before the page is sent (G1)."""
    with transaction.atomic():
        record_each([person.pk for person in people], act="record.searched", by=by, words=words, view=True)
