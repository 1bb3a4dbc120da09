"""Single sessions: another day or time, called off with a plain reason, on again; everybody with a place is told."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from alongside.groups.holding import log_session, tell_held
from alongside.groups.models import Group, GroupSession
from alongside.groups.queries import Occasion
from alongside.rules.lifecycles import GROUP_SESSION


class AlreadyHeld(Exception):
    """The sheet of this session was handed in: it was as it was."""


def lock_session(group: Group, occasion: Occasion, now: datetime) -> GroupSession:
    """The row of one session, made where nothing was decided about it yet, locked. Call it in a transaction."""
    session = occasion.session
    row, _made = GroupSession.objects.get_or_create(
        group=group, on_day=session.on_day, defaults={
            "program_id": group.program_id, "day": session.day, "at_time": session.at, "minutes": session.minutes,
            "made_at": now, "changed_at": now,
        },
    )  # fmt: skip
    return GroupSession.objects.select_for_update().get(pk=row.pk)


@transaction.atomic
def move_session(
    *, occasion: Occasion, day: date, at_time: time, minutes: int, reason: str, by, now: datetime | None = None
) -> GroupSession:
    """Another day, time or length for one session, with a plain reason. Raises `AlreadyHeld`.

    Sent twice it is moved once, and nobody is told a second time.
    """
    now = now or timezone.now()
    row = _open_row(occasion, now)
    if row.status == "cancelled":
        _move(row, "planned", by)
    elif (row.day, row.at_time, row.minutes, row.reason) == (day, at_time, minutes, reason):
        return row
    row.day, row.at_time, row.minutes = day, at_time, minutes
    return _save(row, "group_session.changed", reason, by, now)


@transaction.atomic
def cancel_session(*, occasion: Occasion, reason: str, by, now: datetime | None = None) -> GroupSession:
    """Call one session off, with a plain reason. Raises `AlreadyHeld`."""
    now = now or timezone.now()
    row = _open_row(occasion, now)
    if row.status == "cancelled":
        return row
    _move(row, "cancelled", by)
    return _save(row, "group_session.cancelled", reason, by, now)


@transaction.atomic
def plan_again(*, occasion: Occasion, by, now: datetime | None = None) -> GroupSession:
    """It takes place after all. Raises `AlreadyHeld`."""
    now = now or timezone.now()
    row = _open_row(occasion, now)
    if row.status == "planned":
        return row
    _move(row, "planned", by)
    return _save(row, "group_session.planned", "", by, now)


def _open_row(occasion: Occasion, now: datetime) -> GroupSession:
    row = lock_session(occasion.group, occasion, now)
    if row.status == "held":
        raise AlreadyHeld
    return row


def _move(row: GroupSession, to: str, by) -> None:
    GROUP_SESSION.check_move(row.status, to, by=by.moves_as)
    row.status = to


def _save(row: GroupSession, act: str, reason: str, by, now: datetime) -> GroupSession:
    row.reason, row.changed_at, row.sequence = reason, now, row.sequence + 1
    row.save()
    log_session(act, row, by=by)
    tell_held(row.group_id, f"time-{row.pk.hex}-{row.sequence}", now=now)
    return row
