"""The worker's part: what is past its time goes, in small parts, and never of anybody under a legal hold (I6)."""

from collections import Counter
from datetime import datetime

from django.apps import apps
from django.db import transaction
from django_scopes import scope

from alongside.audit.actions import record_each
from alongside.legal.queries import held_people
from alongside.people.actor import SystemActor
from alongside.people.models import Person, Program
from alongside.rules.retention import due_before, months_of

from ..due import DUE, Due, list_passes, list_people_due, list_rows, list_whose
from ..erasing import ErasureRefused, erase_person
from ..models import Erasing
from ..periods import get_periods

ROWS, PEOPLE = 200, 5
"""What one part takes at most: so much is locked at one time, of each model."""


def erase_due(now: datetime) -> Counter:
    """A tick: one part of what is past its time, in every program. Returns how much, by kind of record."""
    done: Counter = Counter()
    for program in Program.objects.order_by("created_at"):
        with scope(program=program):
            by, periods = SystemActor(program_id=program.pk), get_periods()
            for person in list_people_due(due_before(now, months_of("record", periods)), held_people(program))[:PEOPLE]:
                try:
                    erase_person(person=person, by=by, cause="period", now=now)
                except ErasureRefused:
                    continue
                done["record"] += 1
            for kind, several in DUE.items():
                before = due_before(now, months_of(kind, periods))
                for due in several:
                    done[kind] += erase_part(program, kind, due, before, by)
    return +done


@transaction.atomic
def erase_part(program: Program, kind: str, due: Due, before: datetime, by) -> int:
    """Erase up to `ROWS` rows. The people are locked first, and holds asked once more: one may have come meanwhile."""
    ids = list(list_rows(due, before, held_people(program)).order_by("pk").values_list("pk", flat=True)[:ROWS])
    if not ids:
        return 0
    people = sorted(list_whose(due, ids))
    list(Person.objects.select_for_update().filter(pk__in=people).order_by("pk").values_list("pk"))
    rows = list_rows(due, before, held_people(program)).filter(pk__in=ids)
    ids = list(rows.values_list("pk", flat=True))
    people = sorted(list_whose(due, ids))
    found = apps.get_model(due.label)._base_manager.filter(pk__in=ids)
    if due.words:
        found.update(**due.words)
    elif due.signed:
        passes = list_passes(due, ids, people)
        Erasing.objects.bulk_create([Erasing(person=one, program=program) for one in passes])
        found.delete()
        Erasing.objects.filter(person__in=passes).delete()
    else:
        found.delete()
    record_each(people or [None], act="retention.erased", by=by, reason=kind)
    return len(ids)
