"""An audit or evaluation by others (§2.53): agreed to in writing first, then whose records they see, then its end."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.actor import SystemActor
from alongside.people.models import OutgoingMessage, Person, Program
from alongside.people.outbox import absolute, queue_duty_notice
from alongside.people.queries import list_others_with
from alongside.privacy.writing import get_posture
from alongside.rules.access import ACTS, may
from alongside.rules.consent import ITEMS
from alongside.rules.disclosure import Asked, MayNotLeave, decide
from alongside.rules.inspection import Agreed, Terms, list_wrong
from alongside.rules.passed_on import reminder_for

from ..models import Inspected, Inspection

ACT = "handle_inspections"


class InspectionRefused(Exception):
    """Nothing was written down. `wrong`: elements of `rules.inspection` that are missing or cannot be."""

    def __init__(self, wrong: list[str]) -> None:
        super().__init__(", ".join(wrong))
        self.wrong = wrong


class NotInspected(MayNotLeave):
    """They may not see this record under this agreement; the try is in the log."""


@transaction.atomic
def agree_inspection(
    *, program: Program, terms: Terms, kept_where: str, submit_key: UUID, by, now: datetime | None = None
) -> Inspection:
    """Write down who audits us, for whom, and what they promised in writing. Nothing leaves by it. The same
    `submit_key` is the same audit. Raises `InspectionRefused`."""
    now = now or timezone.now()
    wrong = list_wrong(terms, _day(now, program), known=tuple(ITEMS))
    wrong += [] if kept_where.strip() else ["kept_where"]
    if wrong or not may(ACT, by.roles):
        raise InspectionRefused(wrong)
    inspection, is_new = Inspection.objects.get_or_create(
        submit_key=submit_key,
        defaults={
            "program_id": program.pk, "body": terms.body.strip(), "behalf": terms.behalf.strip(),
            "capacity": terms.capacity, "how": terms.how, "purpose": terms.purpose.strip(), "items": list(terms.items),
            "why_named": terms.why_named.strip(), "promises": list(terms.promises),
            "signed_by": terms.signed_by.strip(), "agreed_on": terms.agreed_on, "kept_where": kept_where.strip(),
            "destroy_by": terms.destroy_by, "entered_at": now, "entered_by_id": by.user_id,
        },
    )  # fmt: skip
    if is_new:
        _log("inspection.agreed", inspection, by, reason=terms.capacity, fields=list(terms.items))
    return inspection


@transaction.atomic
def _let_look(inspection: Inspection, person: Person, by, now: datetime) -> Inspected:
    locked = _lock(inspection)
    if found := Inspected.objects.filter(inspection=locked, person=person).first():
        return found
    asked = Asked(
        "inspection", by.roles, person=str(person.pk), recipient=locked.body, words=locked.purpose,
        items=tuple(locked.items), agreed=freeze(locked), on=_day(now, locked.program),
    )  # fmt: skip
    decision = decide(asked, (), get_posture(), now)
    if not decision.may_leave:
        raise NotInspected(decision.reason)
    look = Inspected.objects.create(
        program_id=locked.program_id, inspection=locked, person=person, items=list(decision.items), looked_at=now,
        let_by_id=by.user_id,
    )  # fmt: skip
    record(act="disclosure.inspected", by=by, subject=person.pk, object_kind="inspection", object_id=locked.pk,
           fields=list(decision.items), reason=locked.how)  # fmt: skip
    return look


def let_look(*, inspection: Inspection, person: Person, by, now: datetime | None = None) -> Inspected:
    """They look at somebody's record: through the gate, written down in the same transaction, once for each person.

    The person reads of it in the list of what was sent about them. Raises `NotInspected`.
    """
    try:
        return _let_look(inspection, person, by, now or timezone.now())
    except NotInspected as refused:
        record(act="disclosure.refused", by=by, subject=person.pk, program_id=inspection.program_id,
               object_kind="inspection", object_id=inspection.pk, reason=refused.reason, outcome="refused")  # fmt: skip
        raise


@transaction.atomic
def end_inspection(
    *, inspection: Inspection, words: str, by, destroyed_on: date | None = None, now: datetime | None = None
) -> Inspection:
    """It is over: nobody else's record is seen under it. Copies were destroyed on a day that they confirmed.

    Twice is once. Raises `InspectionRefused`.
    """
    now, locked = now or timezone.now(), _lock(inspection)
    if locked.ended_at:
        return locked
    wrong = [] if words.strip() else ["words"]
    if locked.how == "copied":
        fits = destroyed_on and locked.agreed_on <= destroyed_on <= _day(now, locked.program)
        wrong += [] if fits else ["destroyed_on"]
    elif destroyed_on:
        wrong.append("destroyed_on")
    if wrong or not may(ACT, by.roles):
        raise InspectionRefused(wrong)
    locked.ended_at, locked.ended_by_id, locked.end_words, locked.destroyed_on = now, by.user_id, words, destroyed_on
    locked.save(update_fields=["ended_at", "ended_by", "end_words", "destroyed_on"])
    _log("inspection.ended", locked, by, reason=locked.how)
    return locked


def warn_of_copies(program: Program, now: datetime) -> int:
    """Part of the tick, in the program's scope: whoever may handle it is told, once before the day on which copies
    must be destroyed, and once after it."""
    today, done = _day(now, program), 0
    for found in Inspection.objects.filter(how="copied", ended_at=None).order_by("destroy_by", "pk"):
        if step := reminder_for(today, found.destroy_by):
            done += _warn(program, found, step, now)
    return done


@transaction.atomic
def _warn(program: Program, inspection: Inspection, step: str, now: datetime) -> int:
    users = {one.user_id for one in list_others_with(ACTS[ACT], program_id=program.pk, but=None)}
    link, new = absolute(reverse("inspection", args=[inspection.pk])), 0
    for person in Person.objects.filter(user__in=users).select_related("user"):
        key = f"copies:{inspection.pk.hex}:{person.pk.hex[:12]}:{step}"
        if not OutgoingMessage.objects.filter(once_key=key).exists():
            new += queue_duty_notice(person, link, once_key=key, now=now)
    if new:
        _log("inspection.warned", inspection, SystemActor(program_id=program.pk), reason=step)
    return new


def freeze(inspection: Inspection) -> Agreed:
    """The row as the gate reads it."""
    return Agreed(
        key=str(inspection.pk), body=inspection.body, capacity=inspection.capacity, how=inspection.how,
        items=tuple(inspection.items), promises=tuple(inspection.promises), agreed_on=inspection.agreed_on,
        ended=inspection.ended_at is not None,
    )  # fmt: skip


def _lock(inspection: Inspection) -> Inspection:
    return Inspection.objects.select_for_update(of=("self",)).select_related("program").get(pk=inspection.pk)


def _day(moment: datetime, program: Program) -> date:
    return moment.astimezone(ZoneInfo(program.time_zone)).date()


def _log(act: str, inspection: Inspection, by, **details) -> None:
    record(act=act, by=by, program_id=inspection.program_id, object_kind="inspection", object_id=inspection.pk,
           **details)  # fmt: skip
