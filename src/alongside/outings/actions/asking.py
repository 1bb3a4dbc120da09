"""Asking the peer to come along to one date, their yes or not this time, taking it back, and its end by itself.

Every change locks the episode first, then the ask, in the order of all that happens in a mentorship.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from alongside.audit.actions import record
from alongside.mentoring.actions import plan_appointment
from alongside.mentoring.actions.locking import lock_episodes
from alongside.mentoring.models import OPEN_MENTORSHIPS, Mentorship
from alongside.outings.models import Ask, Saved
from alongside.outings.queries import appointment_key, look_at
from alongside.people.actor import SystemActor
from alongside.people.models import Program
from alongside.people.outbox import queue_notice
from alongside.rules.lifecycles import ASK_ALONG
from alongside.rules.outings import may_ask
from alongside.rules.rhythm import time_of

LONGEST_MINUTES = 24 * 60
"""What is on for a whole day lasts longer where clocks go back."""


class NotAskable(Exception):
    """Nobody can be asked to this: it is over, too far ahead, has no time, or the two walk together no longer."""


class AlreadyAsked(Exception):
    """For this date the peer was asked already."""


def log_ask(ask: Ask, *, by) -> None:
    """An entry about an ask."""
    record(
        act=f"along.{ask.status}", by=by, subject=ask.saved.person_id, object_kind="ask_along", object_id=ask.pk,
        reason=ask.reason, program_id=ask.program_id,
    )  # fmt: skip


def _lock(ask: Ask) -> Ask:
    lock_episodes([ask.mentorship.episode_id])
    found = Ask.objects.select_for_update(of=("self",)).select_related("saved__meeting__feed", "mentorship")
    return found.get(pk=ask.pk)


def _move(ask: Ask, to: str, *, by, **values) -> Ask:
    """Raises `MoveNotAllowed` where it is over already."""
    ASK_ALONG.check_move(ask.status, to, by=by.moves_as)
    ask.status = to
    for name, value in values.items():
        setattr(ask, name, value)
    ask.save()
    log_ask(ask, by=by)
    return ask


@transaction.atomic
def ask_along(
    *, saved: Saved, on_day: date, mentorship: Mentorship, words: str = "", by, now: datetime | None = None
) -> Ask:
    """Ask whoever walks with the person. Asked again for the same date it is the same ask; one that was taken back is
    asked anew. Raises `NotAskable`, and `AlreadyAsked` where it was answered or is over."""
    now = now or timezone.now()
    lock_episodes([mentorship.episode_id])
    walk = Mentorship.objects.select_related("peer__person__program", "program").get(pk=mentorship.pk)
    zone = ZoneInfo(walk.program.time_zone)
    time = time_of(look_at(saved).thing(), on_day, zone)
    fits = walk.status in OPEN_MENTORSHIPS and walk.participant_id == saved.person_id and time is not None
    if not fits or not may_ask(time.begins, now) or saved.put_away_at:
        raise NotAskable
    minutes = max(5, min(time.minutes, LONGEST_MINUTES))
    at = {"starts_at": time.begins, "minutes": minutes, "words": words, "asked_at": now}
    before = Ask.objects.select_for_update().filter(saved=saved, on_day=on_day, mentorship=walk).first()
    if before and before.status == "asked":
        return before
    if before and before.status != "taken_back":
        raise AlreadyAsked
    if before:
        ask = _move(before, "asked", by=by, **at)
    else:
        ask = Ask.objects.create(
            program_id=saved.program_id, saved=saved, on_day=on_day, mentorship=walk, **at
        )  # fmt: skip
        log_ask(ask, by=by)
    queue_notice(walk.peer.person, "please_answer", once_key=f"along-{ask.pk.hex}-{now:%Y%m%d%H%M%S}", now=now)
    return ask


@transaction.atomic
def take_back(*, ask: Ask, by) -> Ask:
    """The person would rather not ask. Nobody is told; it is only gone from Today. Raises `MoveNotAllowed`."""
    found = _lock(ask)
    return found if found.status == "taken_back" else _move(found, "taken_back", by=by)


@transaction.atomic
def come_along(*, ask: Ask, answer: str = "", by, now: datetime | None = None) -> Ask:
    """Yes: a time together in both calendars, of which the person is told. Twice is once. Raises `MoveNotAllowed`."""
    now, found = now or timezone.now(), _lock(ask)
    if found.status == "yes":
        return found
    if found.starts_at <= now:
        raise NotAskable
    _move(found, "yes", by=by, answer=answer, answered_at=now, answered_by_id=by.person_id)
    begins = found.starts_at.astimezone(ZoneInfo(found.mentorship.program.time_zone))
    copy = look_at(found.saved).best
    plan_appointment(
        mentorship=found.mentorship, on_day=begins.date(), at_time=begins.time(), minutes=found.minutes, by=by,
        time_zone=found.mentorship.program.time_zone, mode=_mode(copy), place=_place(copy), now=now,
        submit_key=appointment_key(found),
    )  # fmt: skip
    return found


def _mode(copy) -> str:
    if copy.get("is_in_person", True):
        return "in_person"
    return "video" if copy.get("online_url") else "phone"


def _place(copy) -> str:
    parts = (copy.get("name"), copy.get("place"), copy.get("address"))
    return ", ".join(dict.fromkeys(part for part in parts if part))


@transaction.atomic
def not_this_time(*, ask: Ask, reason: str, answer: str = "", by, now: datetime | None = None) -> Ask:
    """A kind no. The person is told that something is new. Twice is once. Raises `MoveNotAllowed`."""
    now, found = now or timezone.now(), _lock(ask)
    if found.status == "not_this_time":
        return found
    _move(found, "not_this_time", by=by, reason=reason, answer=answer, answered_at=now, answered_by_id=by.person_id)
    queue_notice(found.saved.person, "something_new", once_key=f"along-no-{found.pk.hex}", now=now)
    return found


def mark_read(asks, now: datetime | None = None) -> None:
    """The person has these answers before their eyes."""
    if unread := [one.pk for one in asks if one.answered_at and one.read_at is None]:
        Ask.objects.filter(pk__in=unread).update(read_at=now or timezone.now())


def end_with_mentorship(*, mentorship: Mentorship, by, now: datetime) -> None:
    """Handler of `mentorship_ended`: what nobody answered is over. The episode is locked."""
    house = SystemActor(program_id=mentorship.program_id)
    open_ones = Ask.objects.filter(mentorship=mentorship, status="asked").select_related("saved")
    for ask in open_ones.select_for_update(of=("self",)).order_by("pk"):
        _move(ask, "ended", by=house)


def lapse_due(now: datetime) -> int:
    """Tick: what nobody answered before it began is over. Returns how many."""
    lapsed = 0
    for program in Program.objects.all():
        with scope(program=program):
            house = SystemActor(program_id=program.pk)
            due = Ask.objects.filter(status="asked", starts_at__lte=now).select_related("mentorship")
            for ask in due.order_by("starts_at", "pk")[:500]:
                lapsed += _lapse(ask, house, now)
    return lapsed


@transaction.atomic
def _lapse(ask: Ask, house: SystemActor, now: datetime) -> int:
    found = _lock(ask)
    if found.status != "asked" or found.starts_at > now:
        return 0  # answered or asked anew meanwhile
    _move(found, "lapsed", by=house)
    return 1
