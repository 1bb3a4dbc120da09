"""Starting a mentorship. Places, one-per-episode and never-pair are held by the database."""

from datetime import datetime

from django.db import DatabaseError, transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.mentoring.models import Mentorship
from alongside.people.actions import move_episode
from alongside.people.models import Episode
from alongside.privacy.actions import give_grant
from alongside.workforce.actions import lock_peer
from alongside.workforce.models import PeerProfile

from .handover import attach_next, let_earlier_peer_go
from .locking import lock_episodes


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
def start_mentorship(
    *, episode: Episode, peer: PeerProfile, by, backup_peer: PeerProfile | None = None, now: datetime | None = None
) -> Mentorship:
    """Begin with the introduction. Raises `MentorshipNotStarted`; moves the episode to `matched`."""
    now = now or timezone.now()
    lock_episodes([episode.pk])
    lock_peer(peer.pk)
    let_earlier_peer_go(episode=episode, by=by, now=now)
    try:
        with transaction.atomic():
            mentorship = Mentorship.objects.create(
                program_id=episode.program_id,
                episode=episode,
                participant_id=episode.person_id,
                peer=peer,
                backup_peer=backup_peer,
                introduced_at=now,
            )
    except DatabaseError as error:
        raise MentorshipNotStarted(refusal_code(error)) from error
    record(
        act="mentorship.started", by=by, subject=episode.person_id, object_kind="mentorship", object_id=mentorship.pk
    )
    give_grant(
        participant_id=episode.person_id,
        reader_id=peer.pk,
        program_id=episode.program_id,
        kind="mentorship",
        by=by,
        source_id=mentorship.pk,
        now=now,
    )
    if backup_peer:
        give_grant(
            participant_id=episode.person_id,
            reader_id=backup_peer.pk,
            program_id=episode.program_id,
            kind="cover",
            by=by,
            source_id=mentorship.pk,
            now=now,
        )
    attach_next(mentorship=mentorship, by=by, now=now)
    move_episode(episode=episode, to="matched", by=by, now=now)
    return mentorship
