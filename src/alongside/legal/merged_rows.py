"""What becomes of legal matters when two records become one."""

from alongside.people.joining import MOVE, OWN, Joining

from .models import Affected

RULES = {
    # Whoever is held stays held: the joined record is kept whole.
    "legal.LegalHold.person": MOVE,
    "legal.Demand.person": MOVE,
    "legal.Release.person": MOVE,
    "legal.MandatedReport.person": MOVE,
    "legal.Inspected.person": MOVE,
    "legal.Incident.owner": MOVE,
    "legal.Affected.person": OWN,
}


def settle(*, joining: Joining) -> None:
    """Handler of `persons_merged`: one person is on the list of an incident once, told if either was."""
    kept = {row.incident_id: row for row in Affected.objects.filter(person=joining.kept)}
    for row in Affected.objects.filter(person=joining.gone):
        other = kept.get(row.incident_id)
        if other is None:
            joining.change(row, person_id=joining.kept.pk)
        elif row.told_at and not other.told_at:
            joining.delete(other)
            joining.change(row, person_id=joining.kept.pk)
        else:
            joining.delete(row)
