"""Pausing and ending a mentorship, its first real contact, and who covers."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from alongside.audit.actions import record
from alongside.mentoring.models import Appointment, Mentorship
from alongside.people.actions import move_episode
from alongside.people.events import emit
from alongside.privacy.actions import end_grants, give_grant
from alongside.rules.lifecycles import MENTORSHIP
from alongside.workforce.actions import lock_peer
from alongside.workforce.models import PeerProfile

from .locking import lock_episodes


class BackupNotAvailable(Exception):
    """This peer cannot cover for this person; never says why (D7)."""


def _move(mentorship: Mentorship, to: str, by) -> Mentorship:
    mentorship = Mentorship.objects.select_for_update().get(pk=mentorship.pk)
    if mentorship.status != to:
        MENTORSHIP.check_move(mentorship.status, to, by=by.moves_as)
        mentorship.status = to
    return mentorship


@transaction.atomic
def begin_walking(*, mentorship: Mentorship, by, now: datetime | None = None) -> Mentorship:
    """The introduction has happened: the mentorship and the episode are active."""
    now = now or timezone.now()
    lock_episodes([mentorship.episode_id])
    mentorship = _move(mentorship, "active", by)
    mentorship.active_since = mentorship.active_since or now
    mentorship.paused_until = None
    mentorship.save(update_fields=["status", "active_since", "paused_until"])
    record(
        act="mentorship.moved",
        by=by,
        subject=mentorship.participant_id,
        object_kind="mentorship",
        object_id=mentorship.pk,
        fields=["status"],
        reason="active",
    )
    move_episode(episode=mentorship.episode, to="active", by=by, now=now)
    return mentorship


@transaction.atomic
def pause_mentorship(*, mentorship: Mentorship, by, until: date | None = None) -> Mentorship:
    """Rest for a while. Nobody is nagged about a person who paused; the place is kept."""
    lock_episodes([mentorship.episode_id])
    mentorship = _move(mentorship, "paused", by)
    mentorship.paused_until = until
    mentorship.save(update_fields=["status", "paused_until"])
    record(
        act="mentorship.moved",
        by=by,
        subject=mentorship.participant_id,
        object_kind="mentorship",
        object_id=mentorship.pk,
        fields=["status", "paused_until"],
        reason="paused",
    )
    episode = move_episode(episode=mentorship.episode, to="paused", by=by)
    episode.paused_until = until
    episode.save(update_fields=["paused_until"])
    return mentorship


@transaction.atomic
def end_mentorship(*, mentorship: Mentorship, reason: str, by, now: datetime | None = None) -> Mentorship:
    """End it kindly: frees the place, ends who may see, cancels what was planned. The history stays the person's."""
    now = now or timezone.now()
    lock_episodes([mentorship.episode_id])
    lock_peer(mentorship.peer_id)
    mentorship = _move(mentorship, "ended", by)
    if mentorship.ended_at:
        return mentorship
    mentorship.ended_at, mentorship.end_reason = now, reason
    mentorship.save(update_fields=["status", "ended_at", "end_reason"])
    today = now.astimezone(ZoneInfo(mentorship.program.time_zone)).date()
    Appointment.objects.filter(mentorship=mentorship, status="planned", on_day__gte=today).update(
        status="cancelled", changed_at=now, sequence=F("sequence") + 1
    )
    emit("mentorship_ended", mentorship=mentorship, by=by, now=now)
    end_grants(source_id=mentorship.pk, by=by, now=now)
    record(
        act="mentorship.moved",
        by=by,
        subject=mentorship.participant_id,
        object_kind="mentorship",
        object_id=mentorship.pk,
        fields=["status"],
        reason=f"ended.{reason}",
    )
    return mentorship


@transaction.atomic
def set_backup_peer(
    *, mentorship: Mentorship, backup_peer: PeerProfile | None, by, now: datetime | None = None
) -> Mentorship:
    """Who covers while the peer is away. A boundary refuses it like a match. Raises `BackupNotAvailable`."""
    lock_episodes([mentorship.episode_id])
    mentorship = Mentorship.objects.select_for_update().get(pk=mentorship.pk)
    mentorship.backup_peer = backup_peer
    try:
        with transaction.atomic():
            mentorship.save(update_fields=["backup_peer"])
    except DatabaseError as error:
        raise BackupNotAvailable from error
    for grant in mentorship.participant.grants_about.filter(
        kind="cover", source_id=mentorship.pk, ends_at__isnull=True
    ):
        grant.ends_at = now or timezone.now()
        grant.save(update_fields=["ends_at"])
    if backup_peer:
        give_grant(
            participant_id=mentorship.participant_id,
            reader_id=backup_peer.pk,
            program_id=mentorship.program_id,
            kind="cover",
            by=by,
            source_id=mentorship.pk,
            now=now,
        )
    record(
        act="mentorship.backup_changed",
        by=by,
        subject=mentorship.participant_id,
        object_kind="mentorship",
        object_id=mentorship.pk,
        fields=["backup_peer"],
    )
    return mentorship
