"""The server's copy of a note being written. Erased when the note is saved."""

import json
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.mentoring.models import NoteDraft

KEPT_FOR = timedelta(days=7)


@transaction.atomic
def save_draft(*, by, name: str, fields: dict[str, list[str]], now: datetime | None = None) -> NoteDraft:
    """Keep what was typed so far; the newest wins."""
    draft, _ = NoteDraft.objects.update_or_create(
        author_id=by.person_id,
        name=name,
        program_id=by.program_id,
        defaults={"payload": json.dumps(fields), "saved_at": now or timezone.now()},
    )
    return draft


def read_draft(*, by, name: str) -> dict[str, list[str]] | None:
    """What was typed, or None."""
    draft = NoteDraft.objects.filter(author_id=by.person_id, name=name).first()
    return json.loads(draft.payload) if draft else None


def erase_draft(*, author_id: UUID, name: str) -> None:
    """Erase one draft; a missing one is fine."""
    NoteDraft.objects.filter(author_id=author_id, name=name).delete()


def erase_old_drafts(*, now: datetime) -> int:
    """Erase what nobody came back to for a week (E8)."""
    return NoteDraft.objects.filter(saved_at__lt=now - KEPT_FOR).delete()[0]
