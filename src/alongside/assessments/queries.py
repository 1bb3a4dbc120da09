"""What may be read of questionnaires. Whose record may be opened at all is asked of `privacy.queries`."""

from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max

from alongside.council.queries import get_policy_values
from alongside.rules.instruments import Instrument, MeasuresPolicy, is_shown, spread_of, total
from alongside.safety.queries import list_turns

from .catalog import Form, list_forms
from .models import Asking, Assessment
from .showing import answers_of, is_asked

MOST = 100
"""Filled-in forms of one person; more than years bring."""


def get_measures_policy() -> MeasuresPolicy:
    """What is offered in the current program, and on which clocks."""
    return MeasuresPolicy.from_values(get_policy_values("measures"))


def list_offered() -> dict[str, int]:
    """What may be filled in, and its clock in days. What somebody must answer at once needs somebody on the rota."""
    offered = get_measures_policy().every_days
    urgent = {code for code in offered if list_forms()[code].rule.answer_at_once}
    return {code: days for code, days in offered.items() if code not in urgent or list_turns()}


def list_assessments(person_id: UUID, instrument: str | None = None) -> list[Assessment]:
    """Complete and open ones, the earliest first; those set aside are left out."""
    found = Assessment.objects.filter(person_id=person_id, set_aside_at__isnull=True)
    if instrument:
        found = found.filter(instrument=instrument)
    return list(reversed(found.order_by("-begun_at", "-pk")[:MOST]))


MOST_FOR_SPREAD = 500
"""First totals of as many people are read for the spread of a program: more would change little and take long."""


def find_spread(form: Form) -> float | None:
    """The spread of totals in the program: what the council says, else that of the first total of each person here.

    None where there is nothing to work out with it, or too few people filled it in (`rules.instruments.ENOUGH`).
    """
    rule: Instrument = form.rule
    if rule.alpha is None or rule.important_change is not None:
        return None
    if (said := get_measures_policy().spread.get(form.code)) is not None:
        return said
    first: dict[UUID, int] = {}
    rows = Assessment.objects.filter(instrument=form.code, version=form.version, completed_at__isnull=False)
    for row in rows.order_by("completed_at")[:MOST_FOR_SPREAD].only("person_id", "answers"):
        number = total(rule, answers_of(row))
        if number is not None:
            first.setdefault(row.person_id, number)
    return spread_of(list(first.values()))


def list_clocks(person_id: UUID, kind: str, zone: ZoneInfo) -> tuple[dict[str, int], dict[str, date]]:
    """What is offered to somebody who is here for this, with its clock in days; and when each was filled in last."""
    latest = (
        Assessment.objects.filter(person_id=person_id, completed_at__isnull=False)
        .order_by()
        .values_list("instrument")
        .annotate(at=Max("completed_at"))
    )
    done = {code: at.astimezone(zone).date() for code, at in latest}
    return {code: days for code, days in list_offered().items() if is_asked(list_forms()[code], kind)}, done


def list_due(person_id: UUID, kind: str, today: date, zone: ZoneInfo) -> list[str]:
    """Codes of what the person may fill in on this day: it never was, or its clock is over."""
    asked, done = list_clocks(person_id, kind, zone)
    return [code for code, days in asked.items() if code not in done or done[code] + timedelta(days=days) <= today]


def is_turn(person_id: UUID, today: date) -> bool:
    """Whether somebody's turn for questions has come lately, as Today says it."""
    return is_shown(Asking.objects.filter(person_id=person_id).values_list("due_on", flat=True).first(), today)
