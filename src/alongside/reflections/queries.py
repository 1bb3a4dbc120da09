"""What the writer sees. There is no other query."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from .models import Reflection

MOST = 100


def list_own(by, now: datetime | None = None) -> QuerySet[Reflection]:
    """The actor's own, newest first, without those whose time is over."""
    mine = Reflection.objects.filter(writer_id=by.user_id, erase_at__gt=now or timezone.now())
    return mine.order_by("-written_at")[:MOST]
