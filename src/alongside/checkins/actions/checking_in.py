"""Telling how one is, or leaving it out this time. Only the person does either."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.checkins.holding import hold_rhythm, local_day, notice, put_off
from alongside.checkins.models import CheckIn
from alongside.checkins.queries import get_check_in_policy
from alongside.people.events import emit
from alongside.people.models import Person
from alongside.rules.check_in import QUESTIONS


class NothingSaid(Exception):
    """No question was answered, and no call was wished."""


@transaction.atomic
def check_in(
    *, person: Person, answers: Mapping[str, int], wants_call: bool, submit_key: UUID, by, via: str = "page",
    now: datetime | None = None,
) -> CheckIn:  # fmt: skip
    """Keep one check-in; the same key twice is one (I3). A wish for a call reaches whoever walks with the person.

    Raises `NothingSaid`, and ValueError for what is no question or lies outside the scale.
    """
    now = now or timezone.now()
    policy = get_check_in_policy()
    if not answers and not wants_call:
        raise NothingSaid
    for question, answer in answers.items():
        if question not in QUESTIONS or not 1 <= answer <= policy.scale:
            raise ValueError(question)
    rhythm = hold_rhythm(person)
    made, is_new = CheckIn.objects.get_or_create(
        submit_key=submit_key, person=person,
        defaults={
            "program_id": person.program_id, "at": now, "via": via, "answers": dict(answers), "scale": policy.scale,
            "wants_call": wants_call,
        },
    )  # fmt: skip
    if not is_new:
        return made
    rhythm.latest_at = now
    if wants_call:
        rhythm.wants_call_at = now
    put_off(rhythm, policy, local_day(person, now))
    notice(rhythm, policy)
    rhythm.save()
    said = [*sorted(answers), *(["wants_call"] if wants_call else [])]
    record(act="check_in.given", by=by, subject=person.pk, object_kind="check_in", object_id=made.pk, fields=said)
    if wants_call:
        emit("call_wanted", person=person, by=by, now=now)
    return made


@transaction.atomic
def skip_check_in(*, person: Person, by, now: datetime | None = None) -> None:
    """Not this time: the next reminder comes a turn later, and a silence is not counted from before."""
    now = now or timezone.now()
    policy, today = get_check_in_policy(), local_day(person, now)
    rhythm = hold_rhythm(person)
    put_off(rhythm, policy, today)
    if rhythm.quiet_from_on:
        rhythm.quiet_from_on = max(rhythm.quiet_from_on, today + timedelta(days=policy.silence_days + 1))
    rhythm.save()
    record(act="check_in.skipped", by=by, subject=person.pk, object_kind="rhythm", object_id=rhythm.pk)
