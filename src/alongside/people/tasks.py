"""What the worker does for accounts, again and again: send what is due, forget what has had its time."""

from collections import Counter
from datetime import datetime

from django.contrib.sessions.models import Session
from django.utils import timezone

from .codes import forget_old_codes
from .held_forms import erase_old_held_forms
from .known_devices import forget_old_devices
from .outbox import send_due
from .sessions import forget_old_sign_ins


def send_due_messages(now: datetime | None = None, limit: int = 100) -> Counter:
    """Send queued notices; safe to run in several workers at once. Returns counts by outcome."""
    return send_due(now or timezone.now(), limit)


def forget_old(now: datetime | None = None) -> Counter:
    """Erase held forms after a week, and sessions and devices that are over. Run daily. Returns counts."""
    now = now or timezone.now()
    sessions = Session.objects.filter(expire_date__lt=now).delete()[0]
    return Counter(
        held_forms=erase_old_held_forms(now), sign_ins=forget_old_sign_ins(now), sessions=sessions,
        devices=forget_old_devices(now), codes=forget_old_codes(now),
    )  # fmt: skip
