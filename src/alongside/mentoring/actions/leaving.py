"""Leaving without losing anything: resting, coming back from a rest, stopping, and what comes after two have parted."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from alongside.mentoring.models import END_REASONS, OPEN_MENTORSHIPS, Handover, Mentorship
from alongside.people.actions import move_episode
from alongside.people.actor import SystemActor
from alongside.people.models import Episode, Program

from .handover import OPEN_HANDOVERS, finish_handover, withdraw_handover
from .locking import lock_episodes
from .mentorships import begin_walking, end_mentorship, pause_mentorship


class NotNow(Exception):
    """This cannot be done in the state in which it is now: `code` is `nobody_yet`, `choosing` or `changing`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def get_open(episode: Episode) -> Mentorship | None:
    """The mentorship that is open in this episode."""
    return Mentorship.objects.filter(episode=episode, status__in=OPEN_MENTORSHIPS).first()


@transaction.atomic
def rest(*, episode: Episode, by, until: date | None = None) -> Episode:
    """Rest until a day, or without one. The peer's place is kept. Raises `NotNow` where nothing can rest."""
    episode = Episode.objects.select_for_update().get(pk=episode.pk)
    mentorship = get_open(episode)
    if mentorship and mentorship.status == "handing_over":
        raise NotNow("changing")
    if (mentorship and mentorship.status == "introduced") or episode.status in ("inquiry", "intake"):
        raise NotNow("nobody_yet")
    if episode.status == "offered":
        raise NotNow("choosing")
    if mentorship:
        pause_mentorship(mentorship=mentorship, by=by, until=until)
    else:
        episode = move_episode(episode=episode, to="paused", by=by)
        episode.paused_until = until
        episode.save(update_fields=["paused_until"])
    return Episode.objects.get(pk=episode.pk)


@transaction.atomic
def go_on(*, episode: Episode, by, now: datetime | None = None) -> Episode:
    """The rest is over: back to the peer whose place was kept, or back among those who wait."""
    now = now or timezone.now()
    episode = Episode.objects.select_for_update().get(pk=episode.pk)
    if episode.status != "paused":
        return episode
    mentorship = get_open(episode)
    if mentorship and mentorship.status != "handing_over":
        begin_walking(mentorship=mentorship, by=by, now=now)
    else:
        # A change of peer that was asked for while they rested goes on: only the rest is over.
        goes_on = episode.is_brief or mentorship
        move_episode(episode=episode, to="active" if goes_on else "waiting", by=by, now=now)
        Episode.objects.filter(pk=episode.pk).update(paused_until=None)
    return Episode.objects.get(pk=episode.pk)


def end_rests(now: datetime) -> int:
    """Go on with everybody whose rest was until today or earlier, in all programs. For the jobs; returns how many."""
    ended, failure = 0, None
    for program in Program.objects.all():
        today = now.astimezone(ZoneInfo(program.time_zone)).date()
        house = SystemActor(program_id=program.pk, moves_as="staff")
        with scope(program=program):
            for episode in Episode.objects.filter(status="paused", paused_until__lte=today):
                try:
                    go_on(episode=episode, by=house, now=now)
                    ended += 1
                except Exception as error:  # one person's trouble holds up nobody else; told at the end
                    failure = failure or error
    if failure:
        raise failure
    return ended


@transaction.atomic
def stop_here(*, episode: Episode, by, now: datetime | None = None) -> Episode:
    """The person stops. Their peer's place is free, nobody may read on, and the door stays open: coming back is a new
    episode of the same person, with everything that was built."""
    return move_episode(episode=episode, to="closed", by=by, reason="own_wish", now=now)


@transaction.atomic
def part(
    *, mentorship: Mentorship, reason: str, by, what_next: str = "", words: str = "", now: datetime | None = None
) -> Mentorship:
    """Staff or the peer end a mentorship. `what_next`: `waiting` looks for another peer, `closed` closes the episode.

    Without it, as when a peer ends, the episode stays as it is and the coordinator decides with the person
    (`queries.list_parted`). Raises `MoveNotAllowed`.
    """
    now = now or timezone.now()
    lock_episodes([mentorship.episode_id])
    if what_next == "closed":
        move_episode(episode=mentorship.episode, to="closed", by=by, reason=reason, words=words, now=now)
        return Mentorship.objects.get(pk=mentorship.pk)
    _close_handovers(mentorship.episode, by=by, now=now)
    ended = end_mentorship(mentorship=mentorship, reason=reason, by=by, now=now)
    if what_next == "waiting" and mentorship.episode.status not in ("waiting", "offered"):
        move_episode(episode=mentorship.episode, to="waiting", by=by, reason=reason, words=words, now=now)
    return ended


@transaction.atomic
def decide_what_next(*, episode: Episode, what_next: str, by, now: datetime | None = None) -> Episode:
    """After two have parted: `waiting` looks for another peer, `closed` closes with the reason of the latest end."""
    latest = Mentorship.objects.filter(episode=episode, status="ended").order_by("-ended_at").first()
    reason = latest.end_reason if latest else "own_wish"
    return move_episode(episode=episode, to=what_next, by=by, reason=reason, now=now)


def end_with_episode(*, episode: Episode, by, reason: str, now: datetime) -> None:
    """Handler of `episode_closed`: nobody goes on walking with, or reading of, somebody who stopped."""
    _close_handovers(episode, by=by, now=now)
    mentorship = get_open(episode)
    if mentorship:
        end_mentorship(mentorship=mentorship, reason=reason if reason in END_REASONS else "completed", by=by, now=now)


def _close_handovers(episode: Episode, *, by, now: datetime) -> None:
    for handover in Handover.objects.filter(mentorship__episode=episode, status__in=OPEN_HANDOVERS):
        if handover.next_mentorship_id or handover.status == "met":
            finish_handover(handover=handover, by=by, now=now)
        else:
            withdraw_handover(handover=handover, by=by, now=now, stay_together=False)
