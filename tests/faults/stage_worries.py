"""Worries in the house of the kill test: raised and looked after by processes that are killed. Runs in that house."""

import uuid
from collections import Counter
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from alongside.audit.models import Entry
from alongside.people.actor import Actor
from alongside.people.models import Membership, OutgoingMessage, Person, User
from alongside.safety.actions import look_after_due, raise_escalation
from alongside.safety.models import Escalation, Happening, Told
from tests.races.scenes import make_episode, make_person, open_house, program, scene

__all__ = ["open_house"]


@scene
@transaction.atomic
def set_worries() -> None:
    """A supervisor, a coordinator and a director who can be written to, and somebody to worry about."""
    for role in ("supervisor", "coordinator", "director"):
        person = make_person(role)
        user = User.objects.create(username=role, email=f"{role}@example.org")
        user.set_unusable_password()
        user.save()
        Membership.objects.create(user=user, program=program(), role=role)
        Person.objects.filter(pk=person.pk).update(user=user)
    make_episode("active")


@scene
def raise_many() -> None:
    """Raise one worry after the other until killed."""
    raiser = Person.objects.get(goes_by="supervisor")
    by = Actor(person_id=raiser.pk, program_id=raiser.program_id, roles=frozenset({"supervisor"}))
    person = Person.objects.get(goes_by="Somebody")
    while True:
        raise_escalation(person=person, words="worried", source="worry", submit_key=uuid.uuid4(), by=by)


@scene
def count() -> int:
    """How much was written so far."""
    return Happening.objects.count()


@scene
def pass_an_hour() -> None:
    """Every clock has run out."""
    Escalation.objects.update(look_at=timezone.now() - timedelta(seconds=1))


def look_after() -> None:
    """What the worker does, again and again until killed, as if an hour passed each time."""
    for hours in range(1, 10_000):
        look_after_due(timezone.now() + timedelta(hours=hours))


@scene
def judge() -> dict:
    """What is wrong, and how much there is."""
    wrong: dict[str, list[str]] = {"lost": [], "half": [], "doubled": []}
    notices = Counter(OutgoingMessage.objects.filter(once_key__startswith="w:").values_list("once_key", flat=True))
    told = Told.objects.filter(is_reached=True)
    keys = {f"w:{one.escalation_id.hex}:{one.reader_id.hex[:12]}:{one.rung}" for one in told}
    if keys != set(notices):
        wrong["half"].append(f"{len(keys ^ set(notices))} notices without their row, or rows without their notice")
    wrong["doubled"] += [key for key, times in notices.items() if times > 1]
    entries = Counter(Entry.objects.filter(act="escalation.told").values_list("object_id", flat=True))
    for worry in Escalation.objects.all():
        whats = Counter(Happening.objects.filter(escalation=worry).values_list("what", flat=True))
        rungs = set(Told.objects.filter(escalation=worry).values_list("rung", flat=True))
        if worry.look_at is None or not rungs:
            wrong["lost"].append(str(worry.pk))
        if whats["raised"] != 1 or whats["told"] != entries[worry.pk] or max(rungs, default=-1) != worry.rung:
            wrong["half"].append(str(worry.pk))
    return {
        "wrong": {name: found for name, found in wrong.items() if found},
        "worries": Escalation.objects.count(),
        "told": told.count(),
    }
