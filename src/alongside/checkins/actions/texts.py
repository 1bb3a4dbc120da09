"""A text message that came in, whichever carrier brought it. The words themselves are kept nowhere.

A STOP or START is heard from every number (`people.actions.stop_texts`). For an answer to a check-in only somebody who
wished to answer by text, may be written to by text, and whose number belongs to no other such person is found. To
whoever feeds messages in, every outcome looks the same (A1).
"""

import uuid
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from alongside.checkins.models import Rhythm
from alongside.checkins.queries import get_check_in_policy, get_kind, is_called
from alongside.people.actions import start_texts, stop_texts
from alongside.people.actor import Actor, SystemActor
from alongside.people.match_keys import find_by_phone
from alongside.people.models import Episode, Person, Program
from alongside.people.outbox import absolute, queue_notice
from alongside.privacy.queries import list_beside
from alongside.rules.text_reply import read_reply, read_wish

from .checking_in import check_in, skip_check_in
from .wishes import set_wishes

MESSAGES = uuid.UUID("5b0b7a43-3a0f-4bd2-9a3e-2f8f6c8f8d11")
"""The namespace in which a carrier's own number of a message becomes a key: the same message twice is one (I3)."""


def take_text(*, phone: str, words: str, message: str, now: datetime | None = None) -> None:
    """Read one message from this number; `message` is the carrier's own name for it. Never says what became of it."""
    now = now or timezone.now()
    wish = read_wish(words)
    if wish == "stop":
        _stop(phone, now)
    elif wish == "start":
        start_texts(phone=phone, message=uuid.uuid5(MESSAGES, f"{phone} {message}"), now=now)
    if wish:
        return
    with scopes_disabled():
        found = [person for program in Program.objects.all() for person in _who_writes(program, phone)]
    if len(found) != 1:
        return
    person = found[0]
    with scope(program=person.program), transaction.atomic():
        by = Actor(
            user_id=person.user_id, person_id=person.pk, program_id=person.program_id,
            roles=frozenset({"participant"}),
        )  # fmt: skip
        _do(person, words, uuid.uuid5(MESSAGES, f"{person.pk} {message}"), by, now)


@transaction.atomic
def _stop(phone: str, now: datetime) -> None:
    """Texts end, and with them reminders and answers by text; those two only the person themself turns on again."""
    for person in stop_texts(phone=phone, now=now):
        with scope(program=person.program):
            rhythm = Rhythm.objects.filter(person=person, answers_by_text=True).first()
            if rhythm is not None:
                set_wishes(
                    person=person, is_hidden=rhythm.is_hidden, is_reminded=False, answers_by_text=False,
                    by=SystemActor(program_id=person.program_id), now=now,
                )  # fmt: skip


def _who_writes(program: Program, phone: str) -> list[Person]:
    with scope(program=program):
        ids = Rhythm.objects.filter(answers_by_text=True, person__in=find_by_phone(program, phone)).values("person_id")
        open_ones = Episode.objects.exclude(status="closed").values("person_id")
        allowed = Person.objects.filter(safe_contact__may_text=True).exclude(safe_contact__channel__in=["none", "app"])
        return list(allowed.filter(pk__in=ids).filter(pk__in=open_ones).select_related("program"))


def _do(person: Person, words: str, key: uuid.UUID, by: Actor, now: datetime) -> None:
    policy = get_check_in_policy()
    reply = read_reply(words, policy.questions_for(get_kind(person.pk)), policy.scale)
    if reply.kind == "skip":
        skip_check_in(person=person, by=by, now=now)
    elif reply.kind == "answers":
        check_in(
            person=person, answers=reply.answers, wants_call=reply.wants_call, submit_key=key, by=by, via="text",
            now=now,
        )  # fmt: skip
    nobody_calls = reply.wants_call and not list_beside(person.pk) and not is_called(person.pk)
    if reply.kind == "not_understood" or nobody_calls:
        # Whoever wrote in need must not wait for somebody who never read it.
        queue_notice(
            person, "nobody_reads", link=absolute(reverse("help_now")), once_key=f"nobody-reads:{key}", now=now
        )
