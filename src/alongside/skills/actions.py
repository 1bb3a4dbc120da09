"""Saying where one stands, writing down a practice, taking one off the list; a program's order and own units."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.models import Person, Program
from alongside.recovery.actions import check_writes
from alongside.rules.skills import CODES, move

from .catalog import list_units
from .models import Practice, Standing, Unit


class DayNotPossible(Exception):
    """A day that has not come yet."""


@transaction.atomic
def say_stand(*, person: Person, unit: str, stand: str, by, now: datetime | None = None) -> None:
    """Where the person stands with a unit; "" takes it back. Raises `recovery.actions.NotYours`."""
    now = now or timezone.now()
    check_writes(person_id=person.pk, kind="plan", by=by)
    if stand:
        Standing.objects.update_or_create(
            person=person, unit=unit,
            defaults={"program_id": person.program_id, "stand": stand, "changed_at": now},
        )  # fmt: skip
    else:
        Standing.objects.filter(person=person, unit=unit).delete()
    record(act="skill.stand_said", by=by, subject=person.pk, object_kind="skill", fields=["stand"])


@transaction.atomic
def add_practice(
    *, person: Person, unit: str, happened_on: date, together: bool, submit_key: UUID, by, today: date, feel: str = "",
    words: str = "", now: datetime | None = None,
) -> Practice:  # fmt: skip
    """Something that was tried; the same key twice is one (I3). Who did not begin the unit is trying it now.

    Raises `recovery.actions.NotYours` and `DayNotPossible`.
    """
    now = now or timezone.now()
    check_writes(person_id=person.pk, kind="plan", by=by)
    if happened_on > today:
        raise DayNotPossible
    practice, made = Practice.objects.get_or_create(
        submit_key=submit_key, person=person,
        defaults={
            "program_id": person.program_id, "unit": unit, "happened_on": happened_on, "together": together,
            "feel": feel, "words": words, "by_person": by.person_id, "made_at": now,
        },
    )  # fmt: skip
    if made:
        record(act="skill.practised", by=by, subject=person.pk, object_kind="practice", object_id=practice.pk)
        if not Standing.objects.filter(person=person, unit=unit, stand__in=("trying", "mine")).exists():
            say_stand(person=person, unit=unit, stand="trying", by=by, now=now)
    return practice


@transaction.atomic
def set_practice_aside(*, practice: Practice, by, now: datetime | None = None) -> bool:
    """Take one off the list. Whether it was there. Raises `recovery.actions.NotYours`."""
    check_writes(person_id=practice.person_id, kind="plan", by=by)
    found = Practice.objects.select_for_update().filter(pk=practice.pk, set_aside_at__isnull=True).first()
    if found is None:
        return False
    found.set_aside_at = now or timezone.now()
    found.save(update_fields=["set_aside_at"])
    record(act="skill.set_aside", by=by, subject=found.person_id, object_kind="practice", object_id=found.pk)
    return True


# --- what a program offers ------------------------------------------------------------------------------------------
@transaction.atomic
def place_unit(*, program: Program, key: str, by, up_or_down: int = 0, shown: bool | None = None, now=None) -> None:
    """Move a unit up (-1) or down (1), or leave it out or offer it again. Raises KeyError for an unknown one.

    Every unit gets a row of its own with its place, so that two who order at once end in one order.
    """
    now = now or timezone.now()
    Program.objects.select_for_update().get(pk=program.pk)
    rows = {row.key: row for row in Unit.objects.filter(program=program)}
    entries = list_units(rows.values(), "en", all_of_them=True)
    order = move([entry.key for entry in entries], key, up_or_down)
    for position, one in enumerate(order):
        row = rows.get(one) or Unit(program=program, code=one, made_at=now, submit_key=uuid4())
        wanted = shown if one == key and shown is not None else row.is_shown
        if row._state.adding or (row.position, row.is_shown) != (position, wanted):
            row.position, row.is_shown, row.changed_at = position, wanted, now
            row.save()
    record(act="skill.ordered", by=by, program_id=program.pk, object_kind="skill")


Wording = Mapping[str, Mapping[str, str | Sequence[str]]]


@transaction.atomic
def add_unit(*, program: Program, words: Wording, submit_key: UUID, by, now: datetime | None = None) -> Unit:
    """A unit of the program's own, at the end; the same key twice is one (I3)."""
    now = now or timezone.now()
    Program.objects.select_for_update().get(pk=program.pk)
    last = Unit.objects.filter(program=program).order_by("-position").values_list("position", flat=True).first()
    end = max(len(CODES), 0 if last is None else last + 1)
    unit, made = Unit.objects.get_or_create(
        submit_key=submit_key, program=program,
        defaults={"words": words, "position": end, "made_at": now, "changed_at": now},
    )  # fmt: skip
    if made:
        record(act="skill.written", by=by, program_id=program.pk, object_kind="skill", object_id=unit.pk)
    return unit


@transaction.atomic
def change_unit(*, unit: Unit, words: Wording, by, now: datetime | None = None) -> None:
    """Other words for a unit of the program's own."""
    found = Unit.objects.select_for_update().get(pk=unit.pk, code="")
    if found.words != words:
        found.words, found.changed_at = words, now or timezone.now()
        found.save(update_fields=["words", "changed_at"])
        record(act="skill.written", by=by, program_id=found.program_id, object_kind="skill", object_id=found.pk)
