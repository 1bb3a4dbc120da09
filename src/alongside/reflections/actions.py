"""Writing a reflection for oneself, and erasing it. No entry is made in the log: it is no part of anybody's record, and
an entry would tell that one was written."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from .models import Reflection

KEPT_DAYS = (1, 7, 30)
"""How long the writer may keep one; the last is the longest, and none is kept without an end."""


class KeptTooLong(ValueError):
    """A reflection ends after one of `KEPT_DAYS`."""


@transaction.atomic
def write_reflection(*, words: str, kept_days: int, submit_key: UUID, by, now: datetime | None = None) -> Reflection:
    """Keep words for their writer alone; the same `submit_key` twice is one. Raises `KeptTooLong`."""
    if kept_days not in KEPT_DAYS:
        raise KeptTooLong(kept_days)
    now = now or timezone.now()
    reflection, _made = Reflection.objects.get_or_create(
        submit_key=submit_key,
        writer_id=by.user_id,
        defaults={
            "program_id": by.program_id,
            "words": words,
            "written_at": now,
            "erase_at": now + timedelta(days=kept_days),
        },
    )
    return reflection


@transaction.atomic
def erase_reflection(*, reflection_id: UUID, by) -> bool:
    """Erase one of one's own at once. Whether there was one."""
    return Reflection.objects.filter(pk=reflection_id, writer_id=by.user_id).delete()[0] > 0


@transaction.atomic
def erase_ended(now: datetime) -> int:
    """Erase those whose time is over, in the current program. Returns how many; the number is not written anywhere."""
    return Reflection.objects.filter(erase_at__lte=now).delete()[0]
