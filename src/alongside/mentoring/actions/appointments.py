"""Times together: planning, moving, cancelling, and saying how they went. Kept in wall-clock time and zone."""

from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.mentoring.models import Appointment, Mentorship
from alongside.people.outbox import queue_notice
from alongside.rules.lifecycles import APPOINTMENT, MoveNotAllowed
from alongside.web.meanwhile import Seen, check_seen

from .locking import lock_episodes


@transaction.atomic
def plan_appointment(
    *,
    mentorship: Mentorship,
    on_day: date,
    at_time: time,
    time_zone: str,
    mode: str,
    submit_key: UUID,
    by,
    minutes: int = 30,
    place: str = "",
    now: datetime | None = None,
) -> Appointment:
    """Plan a time; the same key twice is one appointment. The other side gets a neutral notice."""
    now = now or timezone.now()
    lock_episodes([mentorship.episode_id])
    appointment, made = Appointment.objects.get_or_create(
        submit_key=submit_key,
        defaults={
            "program_id": mentorship.program_id,
            "mentorship": mentorship,
            "on_day": on_day,
            "at_time": at_time,
            "time_zone": time_zone,
            "minutes": minutes,
            "mode": mode,
            "place": place,
            "made_by_id": by.person_id,
            "made_at": now,
            "changed_at": now,
        },
    )
    if made:
        record(
            act="appointment.planned",
            by=by,
            subject=mentorship.participant_id,
            object_kind="appointment",
            object_id=appointment.pk,
        )
        _tell_the_other(appointment, by, now)
    return appointment


@transaction.atomic
def move_appointment(
    *, appointment: Appointment, on_day: date, at_time: time, by, seen: Seen | None = None,
    now: datetime | None = None,
) -> Appointment:  # fmt: skip
    """Another day or time for a planned appointment; calendars see the change by its sequence number.

    Raises `MoveNotAllowed` when it has happened, was missed or is called off, and `ChangedMeanwhile` when the other one
    moved it since `seen`.
    """
    now = now or timezone.now()
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if appointment.status != APPOINTMENT.first:
        raise MoveNotAllowed(APPOINTMENT.kind, appointment.status, APPOINTMENT.first, by.moves_as)
    stored = {"on_day": appointment.on_day, "at_time": appointment.at_time}
    check_seen(seen, now=stored, wanted={"on_day": on_day, "at_time": at_time})
    if (appointment.on_day, appointment.at_time) != (on_day, at_time):
        appointment.on_day, appointment.at_time, appointment.changed_at = on_day, at_time, now
        appointment.sequence += 1
        appointment.save(update_fields=["on_day", "at_time", "changed_at", "sequence"])
        record(
            act="appointment.moved",
            by=by,
            subject=appointment.mentorship.participant_id,
            object_kind="appointment",
            object_id=appointment.pk,
            fields=["on_day", "at_time"],
        )
        _tell_the_other(appointment, by, now)
    return appointment


@transaction.atomic
def settle_appointment(*, appointment: Appointment, to: str, by, now: datetime | None = None) -> Appointment:
    """It happened, was missed, or is cancelled. Raises `MoveNotAllowed` for anything else."""
    now = now or timezone.now()
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if appointment.status == to:
        return appointment
    APPOINTMENT.check_move(appointment.status, to, by=by.moves_as)
    appointment.status, appointment.changed_at = to, now
    appointment.sequence += 1
    appointment.save(update_fields=["status", "changed_at", "sequence"])
    record(
        act="appointment.cancelled" if to == "cancelled" else "appointment.moved",
        by=by,
        subject=appointment.mentorship.participant_id,
        object_kind="appointment",
        object_id=appointment.pk,
        fields=["status"],
        reason=to,
    )
    if to == "cancelled":
        _tell_the_other(appointment, by, now)
    return appointment


def _tell_the_other(appointment: Appointment, by, now: datetime) -> None:
    mentorship = appointment.mentorship
    other = mentorship.peer.person if by.person_id == mentorship.participant_id else mentorship.participant
    queue_notice(
        person=other, template="something_new", once_key=f"time:{appointment.pk}:{appointment.sequence}", now=now
    )
