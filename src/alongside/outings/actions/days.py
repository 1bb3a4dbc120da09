"""What a person says of one day, for themself alone. No entry is made in the log: nobody else ever reads it, and an
entry would tell that somebody went, did not go, or wrote (C4)."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from alongside.outings.models import Felt, Outing, Saved


@transaction.atomic
def say_how(*, saved: Saved, on_day: date, how: str, now: datetime | None = None) -> None:
    """Went, did not go, something else; "" takes it back. The same again is the same."""
    if not how:
        Outing.objects.filter(saved=saved, on_day=on_day).delete()
        return
    Outing.objects.update_or_create(
        saved=saved, on_day=on_day,
        defaults={"program_id": saved.program_id, "how": how, "said_at": now or timezone.now()},
    )  # fmt: skip


@transaction.atomic
def write_felt(*, saved: Saved, on_day: date, words: str, now: datetime | None = None) -> None:
    """How that day felt, written or changed; no words take it away for good."""
    if not words.strip():
        Felt.objects.filter(saved=saved, on_day=on_day).delete()
        return
    Felt.objects.update_or_create(
        saved=saved, on_day=on_day,
        defaults={"program_id": saved.program_id, "words": words, "written_at": now or timezone.now()},
    )  # fmt: skip
