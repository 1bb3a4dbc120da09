"""The message thread of a mentorship. Its notice reveals nothing; the words are read only after signing in."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Subquery
from django.utils import timezone

from alongside.audit.actions import record
from alongside.checkins.models import Rhythm
from alongside.mentoring.models import OPEN_MENTORSHIPS, Mentorship, Message
from alongside.people.models import Person
from alongside.people.outbox import queue_notice

from .locking import lock_episodes


class ThreadClosed(Exception):
    """The mentorship has ended; its thread can be read but not written."""


@transaction.atomic
def send_message(*, mentorship: Mentorship, body: str, submit_key: UUID, by, now: datetime | None = None) -> Message:
    """Write one message from either side; the same key twice is one message. The other side gets a neutral notice."""
    now = now or timezone.now()
    lock_episodes([mentorship.episode_id])
    before = Message.objects.filter(submit_key=submit_key, mentorship=mentorship, author_id=by.person_id).first()
    if before:  # sent again over a bad network: it was written, even if they have parted since
        return before
    if not Mentorship.objects.filter(pk=mentorship.pk, status__in=OPEN_MENTORSHIPS).exists():
        raise ThreadClosed
    message, made = Message.objects.get_or_create(
        submit_key=submit_key,
        defaults={
            "program_id": mentorship.program_id,
            "mentorship": mentorship,
            "author_id": by.person_id,
            "body": body,
            "sent_at": now,
        },
    )
    if made:
        record(
            act="message.sent", by=by, subject=mentorship.participant_id, object_kind="message", object_id=message.pk
        )
        # One notice per thread and side until it was read: a burst of messages is one buzz.
        unread = Message.objects.filter(mentorship=mentorship, author_id=by.person_id, read_at__isnull=True)
        first = unread.order_by("sent_at").values_list("pk", flat=True).first()
        queue_notice(
            person=_other_side(mentorship, by),
            template="you_have_a_message",
            once_key=f"message:{first}",
            now=now,
        )
    return message


@transaction.atomic
def mark_read(*, mentorship: Mentorship, by, now: datetime | None = None) -> int:
    """Whoever opens the thread has read what the other side wrote. The peer and who covers for them are one side."""
    unread = Message.objects.filter(mentorship=mentorship, read_at__isnull=True)
    if by.person_id == mentorship.participant_id:
        unread = unread.exclude(author_id=by.person_id)
    else:
        unread = unread.filter(author_id=mentorship.participant_id)
    count = unread.update(read_at=now or timezone.now())
    if count:
        record(
            act="message.read",
            by=by,
            subject=mentorship.participant_id,
            object_kind="mentorship",
            object_id=mentorship.pk,
        )
    return count


@transaction.atomic
def ask_for_call(*, mentorship: Mentorship, by, now: datetime | None = None) -> Mentorship:
    """The participant asks to be called; it is the first thing on their peer's Today."""
    now = now or timezone.now()
    mentorship = Mentorship.objects.select_for_update().get(pk=mentorship.pk)
    if mentorship.asked_for_call_at is None:
        mentorship.asked_for_call_at = now
        mentorship.save(update_fields=["asked_for_call_at"])
        record(
            act="mentorship.changed",
            by=by,
            subject=mentorship.participant_id,
            object_kind="mentorship",
            object_id=mentorship.pk,
            fields=["asked_for_call_at"],
        )
        # One notice a day, and the day is the program's: an evening call is not told under tomorrow's name.
        today = now.astimezone(ZoneInfo(mentorship.program.time_zone)).date()
        queue_notice(
            person=_other_side(mentorship, by),
            template="something_new",
            once_key=f"call:{mentorship.pk}:{today}",
            now=now,
        )
    return mentorship


def ask_for_call_in_check_in(*, person: Person, by, now: datetime) -> None:
    """Handler of `call_wanted`: whoever walks with the person sees it first on Today. Without anybody, nothing."""
    walk = Mentorship.objects.filter(participant=person, status__in=OPEN_MENTORSHIPS).order_by("-introduced_at").first()
    if walk is not None:
        ask_for_call(mentorship=walk, by=by, now=now)


def end_wish_of_check_in(*, person: Person, at: datetime, by) -> None:
    """Handler of `call_reached`: a call wished for in a check-in was made. What was asked of the peer stays theirs."""
    wishes = Rhythm.objects.filter(person=person, wants_call_at__lte=at).values("wants_call_at")
    for walk in Mentorship.objects.select_for_update().filter(
        participant=person, status__in=OPEN_MENTORSHIPS, asked_for_call_at__lte=Subquery(wishes[:1])
    ):
        walk.asked_for_call_at = None
        walk.save(update_fields=["asked_for_call_at"])
        record(
            act="mentorship.changed", by=by, subject=person.pk, object_kind="mentorship", object_id=walk.pk,
            fields=["asked_for_call_at"],
        )  # fmt: skip


def _other_side(mentorship: Mentorship, by) -> Person:
    """Who is told: the participant, or their peer, or who covers while the peer is away."""
    if by.person_id != mentorship.participant_id:
        return mentorship.participant
    away = mentorship.peer.status == "unavailable" and mentorship.backup_peer
    return mentorship.backup_peer.person if away else mentorship.peer.person
