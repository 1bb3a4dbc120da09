"""What happens by itself while a worry waits: the next on the ladder are told. Safe to be killed, run twice and beside
other workers: a look locks the worry and asks again whether it is due, and a person is told once on each rung.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django_scopes import scope

from alongside.people.actor import SystemActor
from alongside.people.models import OutgoingMessage, Person, Program
from alongside.people.outbox import absolute, queue_duty_notice, queue_duty_text
from alongside.rules.escalation import SafetyPolicy
from alongside.safety.holding import lock, log_happening
from alongside.safety.models import Escalation, Told
from alongside.safety.queries import get_safety_policy, list_anybody, list_late_talks, list_rung, list_who_talk


def look_after_due(now: datetime) -> int:
    """Look after every worry whose time has come, in every program; how many. Run by the worker (`alongside.jobs`)."""
    done, failure = 0, None
    for program in Program.objects.order_by("created_at"):
        with scope(program=program):
            due = Escalation.objects.filter(program=program, look_at__lte=now).order_by("look_at")
            for escalation_id in list(due.values_list("pk", flat=True)):
                try:
                    done += _look_after(escalation_id, now)
                except Exception as error:  # the others are looked after all the same
                    failure = failure or error
            done += _remind_of_talks(now)
    if failure:
        raise failure
    return done


def _remind_of_talks(now: datetime) -> int:
    """Nobody has sat down with the one who raised it: its owner and the supervisor of that one are reminded, once."""
    late = list_late_talks(get_safety_policy(), now).select_related("owner__user", "raised_by__supervisor__user")
    return sum(_remind_of_talk(escalation, now) for escalation in late)


@transaction.atomic
def _remind_of_talk(escalation: Escalation, now: datetime) -> int:
    people = [one for one in list_who_talk(escalation) if not is_told(escalation, one, key=TALK)]
    return sum(tell(escalation, one, key=TALK, now=now) for one in people)


@transaction.atomic
def _look_after(escalation_id: UUID, now: datetime) -> bool:
    escalation = lock(escalation_id)
    if escalation.look_at is None or escalation.look_at > now:
        return False
    house, policy = SystemActor(program_id=escalation.program_id), get_safety_policy()
    if escalation.handed_to_id and now >= policy.acknowledge_by(escalation.handed_at):
        # The other did not say that they have it: it stays with its owner, who is told.
        other, escalation.handed_to, escalation.handed_at = escalation.handed_to_id, None, None
        happening = log_happening(escalation, "hand_lapsed", by=house, now=now, to_person=other)
        tell(escalation, escalation.owner, key=str(happening.pk), now=now)
    if escalation.status == "owned" and escalation.resolve_by > now:
        escalation.look_at = escalation.resolve_by
        escalation.save(update_fields=["handed_to", "handed_at", "look_at"])
        return True
    if escalation.status == "owned":
        happening = log_happening(escalation, "overdue", by=house, now=now)
        tell(escalation, escalation.owner, key=str(happening.pk), now=now)
    escalation.save(update_fields=["handed_to", "handed_at"])
    climb(escalation, from_rung=escalation.rung + 1, policy=policy, now=now)
    return True


def climb(escalation: Escalation, *, from_rung: int, policy: SafetyPolicy, now: datetime, again: str = "") -> None:
    """Tell this rung of a locked worry, and at once those above it until somebody was reached; set the next look.

    `again`: the key under which those who were told before are told once more.

    Above the top the director is reminded again and again. Where the whole ladder led to nobody, everybody is told who
    may own a worry: it never waits where nobody can see it.
    """
    program, house = Program.objects.get(pk=escalation.program_id), SystemActor(program_id=escalation.program_id)
    rung, is_reached = from_rung, False
    while True:
        people = list_rung(escalation, policy.rung_at(rung), program, now)
        is_reached = _tell_all(escalation, people, rung, now, again)
        if is_reached or rung >= policy.top:
            break
        rung += 1
    if not is_reached:
        _tell_all(escalation, list_anybody(escalation, program), rung, now, again)
    escalation.rung, escalation.look_at = max(escalation.rung, rung), policy.look_again_at(rung, now)
    escalation.save(update_fields=["rung", "look_at"])
    log_happening(escalation, "told", by=house, now=now)


def _tell_all(escalation: Escalation, people: list[Person], rung: int, now: datetime, again: str = "") -> bool:
    """Whether a notice could be queued for any of them."""
    reached = False
    for person in people:
        known = Told.objects.filter(escalation=escalation, reader=person, rung=rung).exists()
        if known and not again:
            continue
        sent = tell(escalation, person, key=again or str(rung), now=now)
        if not known:
            Told.objects.create(
                program_id=escalation.program_id, escalation=escalation, reader=person, rung=rung, told_at=now,
                is_reached=sent,
            )  # fmt: skip
        reached = reached or sent
    return reached


TALK = "talk"
"""Under this key the reminder of a talk is queued, once for each who may lead it."""


def _key(escalation: Escalation, person: Person, key: str) -> str:
    return f"w:{escalation.pk.hex}:{person.pk.hex[:12]}:{key[:36]}"


def is_told(escalation: Escalation, person: Person, *, key: str) -> bool:
    """Whether a notice of this key was queued for them."""
    once_key = _key(escalation, person, key)
    return OutgoingMessage.objects.filter(once_key__in=[once_key, f"{once_key}:t"]).exists()


def tell(escalation: Escalation, person: Person, *, key: str, now: datetime) -> bool:
    """A neutral notice, at any hour, once for this key: by mail, and by text to who chose it. Whether either can go."""
    link, once_key = absolute(reverse("worry", args=[escalation.pk])), _key(escalation, person, key)
    by_mail = queue_duty_notice(person, link, once_key=once_key, now=now)
    by_text = queue_duty_text(person, link, once_key=f"{once_key}:t", now=now)
    return by_mail or by_text
