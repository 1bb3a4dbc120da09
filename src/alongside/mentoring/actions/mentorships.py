"""Starting, pausing and ending a mentorship. Places, one-per-episode and never-pair are held by the database."""

from datetime import date, datetime

from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.mentoring.models import Appointment, Mentorship
from alongside.people.actions import move_episode
from alongside.people.models import Episode
from alongside.privacy.actions import end_grants, give_grant
from alongside.rules.lifecycles import MENTORSHIP
from alongside.workforce.actions import lock_peer
from alongside.workforce.models import PeerProfile


class MentorshipNotStarted(Exception):
    """Not started, for a reason code: `no_place`, `already_matched`, `not_available`.

    `not_available` never says why: a boundary must not be learned from a refusal (D7).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def refusal_code(error: DatabaseError) -> str:
    """The reason behind a refusal of the database, from the name of the constraint or trigger."""
    words = str(error)
    if "peer_never_over_capacity" in words:
        return "no_place"
    if "mentorship_one_primary_per_episode" in words or "mentoring_mentorship.episode_id" in words:
        return "already_matched"
    return "not_available"


@transaction.atomic
def start_mentorship(*, episode: Episode, peer: PeerProfile, by, backup_peer: PeerProfile | None = None,
                     now: datetime | None = None) -> Mentorship:
    """Begin with the introduction. Raises `MentorshipNotStarted`; moves the episode to `matched`."""
    now = now or timezone.now()
    lock_peer(peer.pk)
    try:
        with transaction.atomic():
            mentorship = Mentorship.objects.create(
                program_id=episode.program_id, episode=episode, participant_id=episode.person_id, peer=peer,
                backup_peer=backup_peer, introduced_at=now,
            )
    except (IntegrityError, DatabaseError) as error:
        raise MentorshipNotStarted(refusal_code(error)) from error
    record(act="mentorship.started", by=by, subject=episode.person_id, object_kind="mentorship", object_id=mentorship.pk)
    give_grant(participant_id=episode.person_id, reader_id=peer.pk, program_id=episode.program_id, kind="mentorship",
               by=by, source_id=mentorship.pk, now=now)
    if backup_peer:
        give_grant(participant_id=episode.person_id, reader_id=backup_peer.pk, program_id=episode.program_id,
                   kind="cover", by=by, source_id=mentorship.pk, now=now)
    move_episode(episode=episode, to="matched", by=by, now=now)
    return mentorship


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
    mentorship = _move(mentorship, "active", by)
    mentorship.active_since = mentorship.active_since or now
    mentorship.paused_until = None
    mentorship.save(update_fields=["status", "active_since", "paused_until"])
    record(act="mentorship.moved", by=by, subject=mentorship.participant_id, object_kind="mentorship",
           object_id=mentorship.pk, fields=["status"], reason="active")
    move_episode(episode=mentorship.episode, to="active", by=by, now=now)
    return mentorship


@transaction.atomic
def pause_mentorship(*, mentorship: Mentorship, by, until: date | None = None) -> Mentorship:
    """Rest for a while. Nobody is nagged about a person who paused; the place is kept."""
    mentorship = _move(mentorship, "paused", by)
    mentorship.paused_until = until
    mentorship.save(update_fields=["status", "paused_until"])
    record(act="mentorship.moved", by=by, subject=mentorship.participant_id, object_kind="mentorship",
           object_id=mentorship.pk, fields=["status", "paused_until"], reason="paused")
    episode = move_episode(episode=mentorship.episode, to="paused", by=by)
    episode.paused_until = until
    episode.save(update_fields=["paused_until"])
    return mentorship


@transaction.atomic
def end_mentorship(*, mentorship: Mentorship, reason: str, by, now: datetime | None = None) -> Mentorship:
    """End it kindly: frees the place, ends who may see, cancels what was planned. The history stays the person's."""
    now = now or timezone.now()
    lock_peer(mentorship.peer_id)
    mentorship = _move(mentorship, "ended", by)
    if mentorship.ended_at:
        return mentorship
    mentorship.ended_at, mentorship.end_reason = now, reason
    mentorship.save(update_fields=["status", "ended_at", "end_reason"])
    Appointment.objects.filter(mentorship=mentorship, status="planned", on_day__gte=now.date()).update(
        status="cancelled", changed_at=now
    )
    end_grants(source_id=mentorship.pk, by=by, now=now)
    record(act="mentorship.moved", by=by, subject=mentorship.participant_id, object_kind="mentorship",
           object_id=mentorship.pk, fields=["status"], reason=f"ended.{reason}")
    return mentorship


@transaction.atomic
def set_backup_peer(*, mentorship: Mentorship, backup_peer: PeerProfile | None, by, now: datetime | None = None) -> Mentorship:
    """Who covers while the peer is away. A boundary refuses it like a match. Raises `MentorshipNotStarted`."""
    mentorship = Mentorship.objects.select_for_update().get(pk=mentorship.pk)
    mentorship.backup_peer = backup_peer
    try:
        with transaction.atomic():
            mentorship.save(update_fields=["backup_peer"])
    except (IntegrityError, DatabaseError) as error:
        raise MentorshipNotStarted("not_available") from error
    for grant in mentorship.participant.grants_about.filter(kind="cover", source_id=mentorship.pk, ends_at__isnull=True):
        grant.ends_at = now or timezone.now()
        grant.save(update_fields=["ends_at"])
    if backup_peer:
        give_grant(participant_id=mentorship.participant_id, reader_id=backup_peer.pk, program_id=mentorship.program_id,
                   kind="cover", by=by, source_id=mentorship.pk, now=now)
    record(act="mentorship.backup_changed", by=by, subject=mentorship.participant_id, object_kind="mentorship",
           object_id=mentorship.pk, fields=["backup_peer"])
    return mentorship
