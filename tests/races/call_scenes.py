"""The race of callers: eight take the same call at the same moment. One gets it, and the person is called once."""

import uuid
from collections import Counter
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from alongside.calls.actions import NotFree, agree, mark_caller, record_call, take_call
from alongside.calls.models import Agreement, Call, Caller, Claim
from alongside.people.actions import change_person
from alongside.people.actor import Actor
from alongside.people.models import SafeContact
from alongside.rules.availability import to_hex
from tests.races.races import PROCESSES
from tests.races.scenes import a_moment, house, make_episode, make_person, scene
from tests.story import day_there

ALL_WEEK = to_hex((1 << 168) - 1)


@scene
@transaction.atomic
def set_one_call() -> list[dict]:
    """Somebody agreed to be called, and eight are trained to. In every other round a claim is there that ran out."""
    person = make_episode("active").person
    change_person(person=person, phone="+12135550123", by=house())
    SafeContact.objects.filter(person=person).update(from_hour=0, until_hour=24)
    agreement = agree(
        person=person, hours=ALL_WEEK, time_zone="America/Los_Angeles", language="en", how="spoken", by=house()
    )
    callers = []
    for _ in range(PROCESSES):
        mark = mark_caller(
            person=make_person("Caller"), languages=["en"], trained_on=day_there(), by=house()
        )  # fmt: skip
        callers.append({"agreement": str(agreement.pk), "caller": str(mark.pk)})
    if agreement.pk.int % 2:
        past = timezone.now() - timedelta(hours=1)
        Claim.objects.create(
            program_id=agreement.program_id, agreement=agreement, caller=make_person("Gone"), taken_at=past,
            until=past + timedelta(minutes=30),
        )  # fmt: skip
    return callers


@scene
def one_call(agreement: str, caller: str) -> str:
    """Take the call, and write down what it came to."""
    mark = Caller.objects.get(pk=caller)
    by = Actor(person_id=mark.person_id, program_id=mark.program_id, roles=frozenset({"peer"}))
    try:
        take_call(agreement_id=uuid.UUID(agreement), caller=mark, by=by, all_the_same=True)
    except NotFree:
        return "told kindly"
    record_call(agreement_id=uuid.UUID(agreement), outcome="well", submit_key=uuid.uuid4(), by=by)
    return "taken"


@scene
def naive_one_call(agreement: str, caller: str) -> str:
    """Look whether somebody has it, then take it and call."""
    found, mark = Agreement.objects.get(pk=agreement), Caller.objects.get(pk=caller)
    now = timezone.now()
    if found.due_at > now or Claim.objects.filter(agreement=found, until__gt=now).exists():
        return "told kindly"
    a_moment()
    values = {"program_id": found.program_id, "agreement": found, "caller_id": mark.person_id}
    Claim.objects.create(taken_at=now, until=now + timedelta(minutes=30), **values)
    Call.objects.create(
        person_id=found.person_id, episode_id=found.episode_id, called_at=now, why=found.why, outcome="well",
        is_reached=True, submit_key=uuid.uuid4(), **values,
    )  # fmt: skip
    Agreement.objects.filter(pk=agreement).update(due_at=now + timedelta(days=7))
    return "taken"


@scene
def judge_one_call(each: list[dict], answers: list[str]) -> list[str]:
    """One call, and it is due again next week."""
    agreement = Agreement.objects.get(pk=each[0]["agreement"])
    calls = Call.objects.filter(agreement=agreement).count()
    wrong = [] if calls == 1 else [f"broken: called {calls} times"]
    if agreement.due_at <= timezone.now() + timedelta(days=1):
        wrong.append("still due")
    if Counter(answers) != Counter({"taken": 1, "told kindly": PROCESSES - 1}):
        wrong.append(f"answers {Counter(answers)}")
    return wrong
