"""What the page of jobs shows. Read by administrators and directors; nothing of it is about a person (D3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.people.models import OutgoingMessage, Program

from .models import Failure, Job, Worker
from .waiting import WAITING

SEEN_WITHIN = timedelta(minutes=3)
"""A worker writes at least once a minute; after three it is gone."""
SHOWN = 20


@dataclass(frozen=True)
class Seen:
    """One job: its row, its state (`never`, `failing`, `late`, `well`), when it runs next, and what waits (or None)."""

    job: Job
    state: str
    next_at: datetime | None
    waiting: int | None


def list_jobs(program: Program, now: datetime) -> list[Seen]:
    """Every job, in the order of the list."""
    found = []
    for job in Job.objects.order_by("place"):
        every = timedelta(seconds=job.every_seconds)
        count = WAITING.get(job.function)
        found.append(
            Seen(job, state_of(job, now), job.started_at + every if job.started_at else None,
                 count(program, now) if count else None)
        )  # fmt: skip
    return found


def state_of(job: Job, now: datetime) -> str:
    """How it is with a job. Late: it did not run in thrice its time, nor within the minutes in which it is noted."""
    if job.started_at is None:
        return "never"
    if job.failures:
        return "failing"
    is_late = now - job.started_at > max(SEEN_WITHIN, timedelta(seconds=3 * job.every_seconds))
    return "late" if is_late else "well"


def list_workers(now: datetime) -> list[Worker]:
    """Processes that were seen in the latest minutes."""
    return list(Worker.objects.filter(seen_at__gte=now - SEEN_WITHIN).order_by("started_at"))


def list_failures() -> list[Failure]:
    """The latest failed runs, newest first."""
    return list(Failure.objects.order_by("-failed_at")[:SHOWN])


def list_unsent(program: Program) -> list[OutgoingMessage]:
    """Messages that every try failed to send, or that perhaps left (with `sent_at`): ids, no address and no words."""
    found = OutgoingMessage.objects.filter(program=program, status="failed")
    return list(found.only("id", "attempts", "created_at", "sent_at").order_by("-created_at")[:SHOWN])
