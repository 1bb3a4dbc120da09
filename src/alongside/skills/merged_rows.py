"""What becomes of skills when two records become one."""

from alongside.people.joining import MOVE, OWN, Joining

from .models import Standing

RULES = {"skills.Practice.person": MOVE, "skills.Standing.person": OWN}


def settle(*, joining: Joining) -> None:
    """Handler of `persons_merged`: where both stood somewhere with a unit, what was said later holds."""
    rows = {row.unit: row for row in Standing.objects.filter(person=joining.kept)}
    for row in Standing.objects.filter(person=joining.gone):
        other = rows.get(row.unit)
        if other is None:
            joining.change(row, person_id=joining.kept.pk)
        else:
            if row.changed_at > other.changed_at:
                joining.change(other, stand=row.stand, changed_at=row.changed_at)
            joining.delete(row)
