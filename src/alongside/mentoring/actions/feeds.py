"""A private calendar address: made, renewed, turned off. Its secret is shown once; only a hash is kept."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.mentoring.models import CalendarFeed


def hash_secret(secret: str) -> str:
    """What is stored of a secret: 64 hex digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_feed(*, by, now: datetime | None = None) -> str:
    """A new address for the actor's times; an earlier one stops at once. Returns the secret, which is kept nowhere."""
    secret = secrets.token_urlsafe(32)
    feed, _made = CalendarFeed.objects.update_or_create(
        person_id=by.person_id,
        defaults={
            "program_id": by.program_id,
            "secret_hash": hash_secret(secret),
            "made_at": now or timezone.now(),
        },
    )
    record(act="feed.created", by=by, subject=by.person_id, object_kind="feed", object_id=feed.pk)
    return secret


@transaction.atomic
def end_feed(*, by) -> None:
    """Turn the address off; nothing answers there any more. A missing one is fine."""
    feed = CalendarFeed.objects.filter(person_id=by.person_id).first()
    if feed:
        record(act="feed.revoked", by=by, subject=by.person_id, object_kind="feed", object_id=feed.pk)
        feed.delete()
