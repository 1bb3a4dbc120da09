"""A report that the law demands, written down by whoever made it: exactly the fields of its kind, through the gate."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from alongside.audit.actions import record
from alongside.council.models import Policy
from alongside.council.queries import get_policy
from alongside.people.actor import SystemActor
from alongside.people.models import Person
from alongside.people.outbox import absolute, queue_duty_notice, queue_notice
from alongside.privacy.writing import get_posture
from alongside.rules.disclosure import Asked, MayNotLeave, decide
from alongside.rules.mandated_report import KINDS, VERSION, Facts, list_wrong
from alongside.rules.report_lists import OwnList, ReportPolicy

from ..holding import digest
from ..models import MandatedReport
from .demands import tell_directors


class NotReported(MayNotLeave):
    """Nothing was written down but the try. `wrong`: what is missing or too much (`rules.mandated_report`)."""

    def __init__(self, reason: str, wrong: list[str]) -> None:
        super().__init__(reason)
        self.wrong = wrong


def note_report(
    *, person: Person, facts: Facts, reference: str, submit_key: UUID, by, now: datetime | None = None
) -> MandatedReport:
    """Write down that it was made, with what was told. The same `submit_key` is the same report. `NotReported`."""
    now = now or timezone.now()
    policy, lists = get_lists()
    told = {field: words.strip() for field, words in (facts.told or {}).items() if words.strip()}
    kind = lists.kind(facts.kind) if facts.kind in KINDS else None
    fields = tuple(field for field in (kind.fields if kind else ()) if field in told)
    asked = Asked(
        "mandated_report", by.roles, person=str(person.pk), recipient=facts.agency.strip(), purpose=facts.kind,
        items=fields, report=kind,
    )  # fmt: skip
    decision, wrong = (
        decide(asked, (), get_posture(), now),
        list_wrong(facts, now, names=names_of_us(person), kind=kind),
    )
    if not decision.may_leave or wrong:
        reason = decision.reason if not decision.may_leave else "no_facts"
        record(
            act="disclosure.refused", by=by, subject=person.pk, program_id=person.program_id, object_kind="report",
            reason=reason, outcome="refused",
        )  # fmt: skip
        raise NotReported(reason, wrong)
    own = _own_of(policy.version, lists.lists.get(facts.kind), fields)
    return _write(person, facts, told, fields, reference, submit_key, by, now, own)


def get_lists() -> tuple[Policy, ReportPolicy]:
    """The policy in force, and what it says of the lists of the program's state."""
    policy = get_policy("reports")
    return policy, ReportPolicy.from_values(policy.values)


def _own_of(version: int, own: OwnList | None, fields: tuple[str, ...]) -> dict:
    """What a report keeps of its state's list: the statute, and each question that was answered, as it was asked."""
    if own is None:
        return {}
    asked = {one.name: {"en": one.en, "es": one.es, "section": one.section} for one in own.questions}
    told = {name: question for name, question in asked.items() if name in fields}
    return {"list_version": version, "source": own.source, "questions": told, "asked_more": len(told)}


def names_of_us(person: Person) -> tuple[str, ...]:
    """By what a reader would know that it comes from here."""
    program = person.program
    return (program.name, program.public_name, program.organization.name)


@transaction.atomic
def _write(
    person: Person, facts: Facts, told: dict, fields: tuple[str, ...], reference: str, submit_key: UUID, by,
    now: datetime, own: dict,
) -> MandatedReport:  # fmt: skip
    report, is_new = MandatedReport.objects.get_or_create(
        submit_key=submit_key,
        person=person,
        defaults={
            "program_id": person.program_id, "kind": facts.kind, "version": VERSION, "fields": list(fields),
            "told": told, "agency": facts.agency.strip(), "reference": reference.strip(), "made_by_id": by.user_id,
            "made_by_name": facts.made_by.strip(), "made_at": facts.made_at, "entered_at": now,
            "told_first": facts.told_first, "held_back": facts.held_back, "told_from": facts.held_until or now,
            "facts_digest": digest([facts.kind, told, facts.agency.strip(), facts.made_by.strip()]), **own,
        },
    )  # fmt: skip
    if not is_new:
        return report
    record(
        act="disclosure.reported", by=by, subject=person.pk, object_kind="report", object_id=report.pk,
        fields=list(fields), reason=facts.kind,
    )  # fmt: skip
    _tell_those_beside(report, by, now)
    if facts.held_back == "no":
        tell_of_report(report, now)
    return report


def _tell_those_beside(report: MandatedReport, by, now: datetime) -> None:
    """Nobody reports alone: their supervisor and the directors know of it at once."""
    me = Person.objects.select_related("supervisor__user").filter(pk=by.person_id).first()
    if me and me.supervisor:
        queue_duty_notice(
            me.supervisor, absolute(reverse("report", args=[report.pk])), once_key=f"report:{report.pk}", now=now
        )  # fmt: skip
    # A director gives a reason before the record opens, so the way leads to the list.
    tell_directors(report.program_id, report.pk, by=by, now=now, link=reverse("legal"))


def tell_of_report(report: MandatedReport, now: datetime) -> None:
    """A neutral notice to the person; what it was, they read in the list of what was sent about them."""
    queue_notice(
        report.person, "something_new", link=absolute(reverse("me_sent")), once_key=f"reported:{report.pk}", now=now
    )  # fmt: skip
    report.person_told_at = now
    report.save(update_fields=["person_told_at"])
    record(
        act="disclosure.told", by=SystemActor(program_id=report.program_id), subject=report.person_id,
        object_kind="report", object_id=report.pk,
    )  # fmt: skip


def is_as_reported(report: MandatedReport) -> bool:
    """Whether what is kept is what was written down."""
    return report.facts_digest == digest([report.kind, report.told, report.agency, report.made_by_name])
