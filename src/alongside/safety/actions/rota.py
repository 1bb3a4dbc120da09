"""The weekly rota of those on duty."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.models import Person, Program
from alongside.rules.rota import Turn as Stretch
from alongside.rules.rota import overlap
from alongside.safety.models import Turn
from alongside.safety.queries import list_owners, list_turns, stretch_of


class TurnRefused(Exception):
    """Not added: `overlaps` another turn, `not_staff` (only those who may own a worry), `same_person` twice."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def set_turn(
    *, program: Program, weekday: int, from_hour: int, until_hour: int, person: Person, by,
    deputy: Person | None = None, now: datetime | None = None,
) -> Turn:  # fmt: skip
    """Put somebody on duty each week. The same turn again changes who is there. Raises `TurnRefused`."""
    now = now or timezone.now()
    # Two turns written at the same moment are looked at in turn: no constraint can see that hours overlap.
    Program.objects.select_for_update().get(pk=program.pk)
    there = set(list_owners(program).values_list("pk", flat=True))
    if person.pk not in there or (deputy and deputy.pk not in there):
        raise TurnRefused("not_staff")
    if deputy and deputy.pk == person.pk:
        raise TurnRefused("same_person")
    stretch = Stretch(weekday, from_hour, until_hour)
    others = [turn for turn in list_turns() if (turn.weekday, turn.from_hour) != (weekday, from_hour)]
    if any(overlap(stretch, stretch_of(turn)) for turn in others):
        raise TurnRefused("overlaps")
    turn, _made = Turn.objects.update_or_create(
        program=program, weekday=weekday, from_hour=from_hour,
        defaults={"until_hour": until_hour, "person": person, "deputy": deputy, "changed_at": now},
    )  # fmt: skip
    record(act="rota.changed", by=by, object_kind="turn", object_id=turn.pk, fields=["person", "deputy", "hours"])
    return turn


@transaction.atomic
def remove_turn(*, turn_id: UUID, by) -> bool:
    """Take a turn off the rota. Whether it was there."""
    removed, _each = Turn.objects.filter(pk=turn_id).delete()
    if removed:
        record(act="rota.changed", by=by, object_kind="turn", object_id=turn_id, reason="removed")
    return bool(removed)
