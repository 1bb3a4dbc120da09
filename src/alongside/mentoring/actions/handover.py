"""Changing peer without blame: asked for, arranged, met three-way if wished, finished. History follows by choice."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.mentoring.models import Handover, Mentorship
from alongside.people.actions import move_episode
from alongside.people.models import Episode
from alongside.privacy.actions import end_grants, give_grant
from alongside.rules.lifecycles import HANDOVER, MENTORSHIP

from .locking import lock_episodes
from .mentorships import end_mentorship

OPEN_HANDOVERS = ("asked", "arranged", "met")


def _log(handover: Handover, act: str, by, reason: str = "", words: str = "") -> None:
    record(
        act=act,
        by=by,
        subject=handover.mentorship.participant_id,
        object_kind="handover",
        object_id=handover.pk,
        reason=reason,
        words=words,
    )


@transaction.atomic
def ask_for_another_peer(
    *,
    mentorship: Mentorship,
    by,
    reason_code: str = "",
    reason_words: str = "",
    history_choice: str = "",
    history_since: date | None = None,
    wants_three_way: bool | None = None,
    now: datetime | None = None,
) -> Handover:
    """Anyone in the relationship may ask, with or without a reason. Asking twice is asking once."""
    now = now or timezone.now()
    mentorship = Mentorship.objects.select_for_update().get(pk=mentorship.pk)
    open_one = Handover.objects.filter(mentorship=mentorship, status__in=OPEN_HANDOVERS).first()
    if open_one:
        return open_one
    if mentorship.status in ("active", "paused"):
        MENTORSHIP.check_move(mentorship.status, "handing_over", by=by.moves_as)
        mentorship.status = "handing_over"
        mentorship.save(update_fields=["status"])
    handover = Handover.objects.create(
        program_id=mentorship.program_id,
        mentorship=mentorship,
        asked_by_id=by.user_id,
        asked_by_role=by.role,
        asked_at=now,
        reason_code=reason_code,
        reason_words=reason_words,
        history_choice=history_choice,
        history_since=history_since,
        wants_three_way=wants_three_way,
    )
    _log(handover, "handover.started", by, reason=reason_code)
    return handover


@transaction.atomic
def choose_history(
    *,
    handover: Handover,
    choice: str,
    by,
    since: date | None = None,
    wants_three_way: bool | None = None,
    via: str = "",
    now: datetime | None = None,
) -> Handover:
    """The participant decides what the next peer may read: nothing, notes since a day, or all.

    Where the next peer has started, it acts at once. `via`: how they told a coordinator (phone, paper, in_person).
    """
    handover = Handover.objects.select_for_update().get(pk=handover.pk)
    handover.history_choice, handover.history_since = choice, since if choice == "since" else None
    if wants_three_way is not None:
        handover.wants_three_way = wants_three_way
    handover.save(update_fields=["history_choice", "history_since", "wants_three_way"])
    _log(handover, "handover.moved", by, reason=".".join(filter(None, ("history", choice or "none", via))))
    if handover.next_mentorship_id:
        end_grants(source_id=handover.next_mentorship_id, kind="history", by=by, now=now)
        _share_history(handover, by, now or timezone.now())
    return handover


def _share_history(handover: Handover, by, now: datetime) -> None:
    """Open to the next peer what was chosen, and no more."""
    if handover.history_choice in ("since", "all"):
        give_grant(
            participant_id=handover.next_mentorship.participant_id,
            reader_id=handover.next_mentorship.peer_id,
            program_id=handover.program_id,
            kind="history",
            by=by,
            source_id=handover.next_mentorship_id,
            notes_since=handover.history_since,
            now=now,
        )


@transaction.atomic
def arrange_handover(*, handover: Handover, by, end_now: bool = False, now: datetime | None = None) -> Handover:
    """The coordinator puts the participant back among those who choose.

    The earlier peer stays at their side until the next mentorship starts, so that nobody is left alone in between;
    `end_now` ends it at once, when the participant wishes so or safety asks for it.
    """
    now = now or timezone.now()
    lock_episodes([handover.mentorship.episode_id])
    handover = (
        Handover.objects.select_for_update(of=("self",)).select_related("mentorship__episode").get(pk=handover.pk)
    )
    HANDOVER.check_move(handover.status, "arranged", by=by.moves_as)
    walk = handover.mentorship
    if end_now or walk.status == "introduced":
        end_mentorship(mentorship=walk, reason="changed_peer", by=by, now=now)
    elif walk.status in ("active", "paused"):
        # Asked for before the two had met; they met since. Only who is handing over is let go for the next one.
        MENTORSHIP.check_move(walk.status, "handing_over", by=by.moves_as)
        walk.status = "handing_over"
        walk.save(update_fields=["status"])
    move_episode(episode=handover.mentorship.episode, to="waiting", by=by, reason="changed_peer", now=now)
    handover.status = "arranged"
    handover.save(update_fields=["status"])
    _log(handover, "handover.moved", by, reason="arranged")
    return handover


def let_earlier_peer_go(*, episode: Episode, by, now: datetime) -> None:
    """End the mentorship of this episode that is handing over, in the transaction that starts the next one."""
    for mentorship in Mentorship.objects.filter(episode=episode, status="handing_over"):
        end_mentorship(mentorship=mentorship, reason="changed_peer", by=by, now=now)


@transaction.atomic
def attach_next(*, mentorship: Mentorship, by, now: datetime | None = None) -> Handover | None:
    """When the next mentorship starts, the history that the participant chose opens to the next peer, and no more."""
    now = now or timezone.now()
    handover = (
        Handover.objects.select_for_update()
        .filter(mentorship__episode_id=mentorship.episode_id, status="arranged", next_mentorship__isnull=True)
        .order_by("-asked_at")
        .first()
    )
    if handover is None:
        return None
    handover.next_mentorship = mentorship
    handover.save(update_fields=["next_mentorship"])
    _share_history(handover, by, now)
    if not handover.wants_three_way:
        finish_handover(handover=handover, by=by, now=now)
    return handover


@transaction.atomic
def finish_handover(*, handover: Handover, by, met: bool = False, now: datetime | None = None) -> Handover:
    """The handover is over; `met` says that the three of them met."""
    handover = Handover.objects.select_for_update().get(pk=handover.pk)
    if met and handover.status == "arranged":
        HANDOVER.check_move("arranged", "met", by=by.moves_as)
        handover.status = "met"
        _log(handover, "handover.moved", by, reason="met")
    if handover.status != "finished":
        handover.status, handover.finished_at = "finished", now or timezone.now()
        handover.save(update_fields=["status", "finished_at"])
        _log(handover, "handover.completed", by)
    return handover


@transaction.atomic
def withdraw_handover(*, handover: Handover, by, stay_together: bool = True, now: datetime | None = None) -> Handover:
    """They stay together after all; the person no longer chooses somebody else.

    While peers are being offered, the round is taken back first: `MoveNotAllowed` says so. Without `stay_together` the
    caller ends the mentorship next: the change ends with it by itself, whoever of them may end that.
    """
    lock_episodes([handover.mentorship.episode_id])
    handover = Handover.objects.select_for_update().get(pk=handover.pk)
    HANDOVER.check_move(handover.status, "withdrawn", by=by.moves_as if stay_together else "system")
    handover.status, handover.finished_at = "withdrawn", now or timezone.now()
    handover.save(update_fields=["status", "finished_at"])
    mentorship = Mentorship.objects.select_for_update().get(pk=handover.mentorship_id)
    if stay_together and mentorship.status == "handing_over":
        MENTORSHIP.check_move("handing_over", "active", by=by.moves_as)
        mentorship.status = "active"
        mentorship.paused_until = None
        mentorship.save(update_fields=["status", "paused_until"])
        move_episode(episode=mentorship.episode, to="active", by=by, reason="stay_together", now=now)
    _log(handover, "handover.moved", by, reason="withdrawn")
    return handover
