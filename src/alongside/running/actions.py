"""Noting what ran. Never in the way of what runs: whoever calls this goes on, also where it cannot be noted."""

import time
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from .models import Failure, Job, Worker

NOTED_EVERY_SECONDS = 60.0
"""A job that found nothing to do is noted no more often: a worker that rests writes next to nothing."""
KEPT_DAYS = 30


class Notes:
    """What one worker notes of itself. `id` is made anew with each start and is no name of a machine."""

    def __init__(self) -> None:
        self.id = uuid.uuid4()
        self._noted: dict[str, float] = {}

    @transaction.atomic
    def declare(self, jobs: Sequence[tuple[str, int]], *, now: datetime) -> None:
        """The jobs there are, in order, as (function, seconds between runs); what is no job any more is taken away."""
        for place, (function, every_seconds) in enumerate(jobs):
            Job.objects.update_or_create(
                function=function, defaults={"place": place, "every_seconds": every_seconds}
            )  # fmt: skip
        Job.objects.exclude(function__in=[function for function, _every in jobs]).delete()
        Worker.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()
        Failure.objects.filter(failed_at__lt=now - timedelta(days=KEPT_DAYS)).delete()
        self._be_seen(now)

    @transaction.atomic
    def ran(self, function: str, *, amount: int, now: datetime) -> None:
        """A run that ended well, and how much it did."""
        at = time.monotonic()
        if not amount and at - self._noted.get(function, float("-inf")) < NOTED_EVERY_SECONDS:
            return
        self._noted[function] = at
        did = {"did_at": now, "amount": amount} if amount else {}
        Job.objects.filter(function=function).update(started_at=now, failures=0, **did)
        self._be_seen(now)

    @transaction.atomic
    def failed(self, function: str, *, error: str, now: datetime) -> None:
        """A run that failed, by the kind of its error."""
        self._noted.pop(function, None)  # the next one that ends well is noted at once
        Job.objects.filter(function=function).update(started_at=now, failed_at=now, failures=F("failures") + 1)
        Failure.objects.create(function=function, error=error[:80], failed_at=now, worker=self.id)
        self._be_seen(now)

    def _be_seen(self, now: datetime) -> None:
        Worker.objects.update_or_create(
            id=self.id, defaults={"seen_at": now}, create_defaults={"started_at": now, "seen_at": now}
        )
