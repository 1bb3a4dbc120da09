"""Opening an episode and moving it through its states; every move is checked by the table and logged."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.events import emit
from alongside.people.models import Episode, Person
from alongside.rules.lifecycles import EPISODE


class EpisodeAlreadyOpen(Exception):
    """This person is already being served; there is one open episode per person."""


def build_episode(
    *, person: Person, kind: str, source: str, now: datetime, is_brief: bool = False, site=None,
    key: UUID | None = None,
) -> Episode:  # fmt: skip
    """An episode in `inquiry`, not saved yet."""
    return Episode(
        program_id=person.program_id, person=person, kind=kind, source=source, site=site, is_brief=is_brief,
        opened_at=now, **({"id": key} if key else {}),
    )  # fmt: skip


@transaction.atomic
def open_episode(
    *,
    person: Person,
    by,
    kind: str = "own_recovery",
    source: str = "form",
    is_brief: bool = False,
    site=None,
    key: UUID | None = None,
    now: datetime | None = None,
) -> Episode:
    """Open an episode in `inquiry`. A former participant gets a new episode of the same person.

    `key` becomes its id: a repeated submit with the same key cannot open a second one (I3).
    """
    now = now or timezone.now()
    try:
        with transaction.atomic():
            episode = build_episode(
                person=person, kind=kind, source=source, is_brief=is_brief, site=site, key=key, now=now
            )
            episode.save(force_insert=True)
    except IntegrityError as error:
        raise EpisodeAlreadyOpen(person.pk) from error
    record(**note_opened(episode, by))
    return episode


def note_opened(episode: Episode, by) -> dict:
    """What the log says of an opened episode."""
    return {
        "act": "episode.opened", "by": by, "subject": episode.person_id, "object_kind": "episode",
        "object_id": episode.pk,
    }  # fmt: skip


def note_moved(episode: Episode, by, *, reason: str = "", words: str = "") -> dict:
    """What the log says of an episode that moved to the state it is in now."""
    return {
        "act": "episode.moved", "by": by, "subject": episode.person_id, "object_kind": "episode",
        "object_id": episode.pk, "fields": ["status"], "words": words,
        "reason": f"{episode.status}.{reason}" if reason else episode.status,
    }  # fmt: skip


def apply_move(episode: Episode, to: str, *, by, now: datetime, reason: str = "") -> None:
    """Put an episode into another state with the moments that go with it. Raises `MoveNotAllowed`; saves nothing."""
    EPISODE.check_move(episode.status, to, by=by.moves_as)
    if to == "waiting":
        # Offers that lapsed do not start the wait anew; after an ended mentorship or a pause a new wait begins.
        if episode.status != "offered" or episode.waiting_since is None:
            episode.waiting_since = now
        episode.first_waiting_at = episode.first_waiting_at or now
    elif to == "matched":
        episode.matched_at = episode.matched_at or now
    elif to == "active":
        episode.active_since = episode.active_since or now
        episode.paused_until = None
    elif to == "closed":
        episode.closed_at, episode.close_reason = now, reason
    episode.status = to


@transaction.atomic
def move_episode(
    *, episode: Episode, to: str, by, reason: str = "", words: str = "", now: datetime | None = None
) -> Episode:
    """Move an episode to another state. Raises `MoveNotAllowed`; a second, identical move is a no-op."""
    now = now or timezone.now()
    episode = Episode.objects.select_for_update().get(pk=episode.pk)
    if episode.status == to:
        return episode
    apply_move(episode, to, by=by, now=now, reason=reason)
    episode.save()
    record(**note_moved(episode, by, reason=reason, words=words))
    if to == "closed":
        emit("episode_closed", episode=episode, by=by, reason=reason, now=now)
    return episode


@transaction.atomic
def note_return_to_use(*, episode: Episode, on_day, by, now: datetime | None = None) -> Episode:
    """Record a return to use: raises the cadence of contact, closes nothing, resets nothing (tenet 2).

    Told by the person themself, it waits for somebody to get in touch, whichever day it was and also through a rest.
    """
    now = now or timezone.now()
    episode = Episode.objects.select_for_update().get(pk=episode.pk)
    episode.returned_to_use_on = on_day
    if by.person_id == episode.person_id:
        episode.return_told_at = now
    episode.save(update_fields=["returned_to_use_on", "return_told_at"])
    record(
        act="episode.changed",
        by=by,
        subject=episode.person_id,
        object_kind="episode",
        object_id=episode.pk,
        fields=["returned_to_use_on"],
    )
    emit("returned_to_use", episode=episode, on_day=on_day, by=by, now=now)
    return episode
