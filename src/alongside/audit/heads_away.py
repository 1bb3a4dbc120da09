"""The ends of the log leave this machine once a day: who takes it over cannot cut the log short unseen (G2).

`ALONGSIDE_HEADS_TO` names where to: a file on a mounted share, to which lines are added; a mail address elsewhere; or
an address (https) that takes a POST. What leaves is one line for each program: its id, the number and the digest of its
last link, and the time. Nothing else, and nothing from which anything could be made: digests are keyed.
`sealing.read_heads` reads such a file, and a mail or a line of it.
"""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from alongside.fetching import send

from .actions import record
from .models import HeadsSent
from .sealing import heads

SUBJECT = "Numbers of the day"
LATE = timedelta(hours=48)


def is_due(now: datetime) -> bool:
    """Whether the heads of today are to be sent and were not."""
    day = now.astimezone(UTC).date()
    return bool(settings.ALONGSIDE_HEADS_TO) and not HeadsSent.objects.filter(day=day).exists()


def publish_due(now: datetime) -> int:
    """A tick: send the heads of today if that was not done yet; returns of how many chains. Raises what went wrong.

    It is noted when they are gone: of two workers at once, or one that dies between, they may go twice.
    """
    if not is_due(now):
        return 0
    lines = lines_of(now)
    if not lines:
        return 0
    _carry(settings.ALONGSIDE_HEADS_TO, "".join(f"{line}\n" for line in lines))
    with transaction.atomic():
        _row, is_new = HeadsSent.objects.get_or_create(day=now.astimezone(UTC).date(), defaults={"sent_at": now})
        if is_new:
            record(act="heads.published", by=None)
    return len(lines)


def lines_of(now: datetime) -> list[str]:
    """The head of each chain as one line of JSON."""
    at = now.astimezone(UTC).isoformat(timespec="seconds")
    return [
        json.dumps({"made_at": at, "heads": {str(program): [number, mac]}})
        for program, (number, mac) in sorted(heads().items())
    ]


def list_problems(now: datetime) -> list[str]:
    """What `alongside check` has to say: they should leave and did not for two days."""
    if not settings.ALONGSIDE_HEADS_TO or not heads():
        return []
    latest = HeadsSent.objects.order_by("-day").values_list("sent_at", flat=True).first()
    if latest is None or latest < now - LATE:
        return ["the ends of the log have not left this machine for two days: see ALONGSIDE_HEADS_TO"]
    return []


def _carry(to: str, text: str) -> None:
    if "://" in to:
        send(to, text.encode(), kind="application/x-ndjson")
    elif "@" in to and "/" not in to:
        mail = EmailMessage(
            SUBJECT, text, settings.DEFAULT_FROM_EMAIL, [to],
            connection=get_connection(settings.OUTBOX_EMAIL_BACKEND),
        )  # fmt: skip
        mail.send()
    else:
        _add_to(Path(to), text)


def _add_to(path: Path, text: str) -> None:
    """Adds the lines and waits until the disk has them. A folder that is not there is a share that is not mounted."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
