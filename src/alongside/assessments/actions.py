"""Filling in a questionnaire, as far as somebody likes; setting aside what was begun."""

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.models import Person
from alongside.recovery.actions import check_writes
from alongside.rules.instruments import is_complete, wants_somebody
from alongside.safety.actions import raise_escalation
from alongside.safety.models import Escalation

from .asking import reckon
from .catalog import list_forms
from .models import Assessment
from .wording import say_what_was_answered


def _name(instrument: str) -> str:
    """As the log writes names."""
    return instrument.replace("-", "_")


@transaction.atomic
def answer(
    *, person: Person, instrument: str, answers: Mapping[int, int], by, now: datetime | None = None
) -> Assessment | None:
    """Keep what is answered so far; a form whose every item is answered is complete. None: nothing was answered.

    What is sent takes the place of what the open form held. An answer that somebody must answer at once is a worry in
    the same transaction: one is kept and told, or neither is. Raises `recovery.actions.NotYours`, KeyError for no such
    instrument and ValueError for a point that an item does not have.
    """
    now = now or timezone.now()
    check_writes(person_id=person.pk, kind="plan", by=by)
    form = list_forms()[instrument]
    complete = is_complete(form.rule, answers)
    held = Person.objects.select_for_update().select_related("program").get(pk=person.pk)  # two at once are one
    found = Assessment.objects.filter(
        person=person, instrument=instrument, completed_at__isnull=True, set_aside_at__isnull=True
    ).first()
    if found is None and not answers:
        return None
    row = found or Assessment(program_id=person.program_id, person=person, instrument=instrument, begun_at=now)
    if wants_somebody(form.rule, answers, {int(item): points for item, points in row.answers.items()}):
        _tell(person, form.words["name"], by, now)
    row.version = form.version  # of the wording that was shown: an open form goes on in the newest one
    row.mode = "self" if by.person_id == person.pk else "interview"
    row.answers = {str(item): points for item, points in sorted(answers.items())}
    row.completed_at = now if complete else None
    row.save()
    if complete:
        reckon(held, now.astimezone(ZoneInfo(held.program.time_zone)).date())
    act = "assessment.completed" if complete else "assessment.answered"
    record(act=act, by=by, subject=person.pk, object_kind="assessment", object_id=row.pk, reason=_name(instrument))
    return row


def _tell(person: Person, name: str, by, now: datetime) -> None:
    """Those on duty are told, once while nobody has taken it (the person is locked: two at once are one)."""
    if not Escalation.objects.filter(person=person, source="answers", status="open").exists():
        words = say_what_was_answered(name)
        raise_escalation(person=person, words=words, source="answers", submit_key=uuid4(), by=by, now=now)


@transaction.atomic
def set_aside(*, person: Person, instrument: str, by, now: datetime | None = None) -> bool:
    """Leave what was begun. Whether something was open. Raises `recovery.actions.NotYours`."""
    check_writes(person_id=person.pk, kind="plan", by=by)
    open_one = Assessment.objects.select_for_update().filter(
        person=person, instrument=instrument, completed_at__isnull=True, set_aside_at__isnull=True
    )
    row = open_one.first()
    if row is None:
        return False
    row.set_aside_at = now or timezone.now()
    row.save(update_fields=["set_aside_at"])
    record(
        act="assessment.set_aside", by=by, subject=person.pk, object_kind="assessment", object_id=row.pk,
        reason=_name(instrument),
    )  # fmt: skip
    return True
