"""A STOP beside senders: once it has committed, no text goes to that number any more but its answer. See `scenes`."""

import secrets
from collections import Counter

from django.db import transaction
from django.utils import timezone

from alongside.people import outbox
from alongside.people.actions import change_person, set_safe_contact, stop_texts
from alongside.people.models import OutgoingMessage, SafeContact
from tests.races.races import PROCESSES
from tests.races.scenes import a_moment, house, make_episode, scene

STOPPING = 2
"""So many of the processes bring a STOP; the others send what waits."""
WAITING = 12
"""Texts that wait; those who send find some before the STOP and some after it."""


@scene
@transaction.atomic
def set_text_stop() -> list[dict]:
    """Somebody who may be texted at any hour, with texts that wait."""
    OutgoingMessage.objects.filter(status="queued").delete()
    person = make_episode("active").person
    phone = f"+1213{200 + secrets.randbelow(700)}{secrets.randbelow(10_000):04}"
    change_person(person=person, by=house(), phone=phone)
    set_safe_contact(person=person, by=house(), channel="text", may_text=True, from_hour=0, until_hour=24)
    person.refresh_from_db()
    for _ in range(WAITING):
        outbox.queue_notice(person, "something_new")
    return [{"person": str(person.pk), "phone": phone, "stops": number < STOPPING} for number in range(PROCESSES)]


def count_handed(person: str) -> int:
    """Texts handed to the carrier so far, as the database says."""
    return OutgoingMessage.objects.filter(person=person, channel="text", sent_at__isnull=False).count()


@scene
def text_stop(person: str, phone: str, stops: bool) -> str:
    """Bring the STOP, and see what was handed over by then; or send."""
    if stops:
        a_moment()
        with transaction.atomic():
            stop_texts(phone=phone)
            return f"stopped after {count_handed(person)}"
    return f"sent {_send()}"


def _send() -> int:
    """Send what is due through a carrier that takes a moment; how many texts about somebody it got."""
    handed = []

    def carry(row, address, link):
        a_moment()
        if row.person_id:
            handed.append(row.pk)

    outbox._deliver = carry
    outbox.send_due(limit=WAITING)
    return len(handed)


@scene
def naive_text_stop(person: str, phone: str, stops: bool) -> str:
    """Look whether texts are allowed, then send."""
    if stops:
        a_moment()
        SafeContact.objects.filter(person=person).update(may_text=False, texts_stopped_at=timezone.now())
        return f"stopped after {count_handed(person)}"
    sent = 0
    for row in OutgoingMessage.objects.filter(person=person, status="queued"):
        if not SafeContact.objects.get(person=person).may_text:
            break
        a_moment()
        sent += OutgoingMessage.objects.filter(pk=row.pk, status="queued").update(status="sent", sent_at=timezone.now())
    return f"sent {sent}"


@scene
def judge_text_stop(each: list[dict], answers: list[str]) -> list[str]:
    """What was handed over had been before the STOP, once each; nothing waits, and one answer went to the number."""
    person, left = each[0]["person"], count_handed(each[0]["person"])
    wrong = [f"broken: {left} went, {one}" for one in answers[:STOPPING] if one != f"stopped after {left}"]
    sent = sum(int(one.removeprefix("sent ")) for one in answers[STOPPING:] if one.startswith("sent "))
    if sent != left:
        wrong.append(f"{sent} went, {left} are written down")
    if OutgoingMessage.objects.filter(person=person, status="queued").exists():
        wrong.append("something waits")
    rules = SafeContact.objects.get(person=person)
    if rules.may_text or rules.texts_stopped_at is None:
        wrong.append("not stopped")
    answered = Counter(OutgoingMessage.objects.filter(template="texts_stopped").values_list("once_key", flat=True))
    if answered and set(answered.values()) != {1}:
        wrong.append(f"answered {answered}")
    return wrong
