"""Giving and ending the right to see a record, and writing down each time one is opened."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.models import Person

from .models import Grant

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
def end_grants(*, source_id: UUID, by, now: datetime | None = None) -> int:
    """End every grant that followed from one source, such as a mentorship; acts on the next request (D4)."""
    now = now or timezone.now()
    ended = 0
    for grant in Grant.objects.select_for_update().filter(source_id=source_id, ends_at__isnull=True):
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
    """A director opens one record for a short time, with words that the person will read (D3)."""
    now = now or timezone.now()
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
