"""What becomes of worries and the rota when two records become one."""

from django.db.models import Q

from alongside.people.joining import MOVE, Joining

from .models import Escalation, Told, Turn

RULES = {
    "safety.Escalation.person": MOVE,
    "safety.Escalation.raised_by": MOVE,
    "safety.Escalation.owner": MOVE,
    "safety.Escalation.handed_to": MOVE,
    "safety.Told.reader": MOVE,
    "safety.Turn.person": MOVE,
    "safety.Turn.deputy": MOVE,
}


def check(*, joining: Joining) -> None:
    """Handler of `persons_to_merge`: two who work on one worry, or stand in for each other, are no one person."""
    both = joining.both
    told = list(Told.objects.filter(reader__in=both).values_list("escalation_id", "rung"))
    between = Q(person__in=both) & (Q(owner__in=both) | Q(handed_to__in=both) | Q(raised_by__in=both))
    handed = Q(owner__in=both, handed_to__in=both)
    if (
        len(told) != len(set(told))
        or Escalation.objects.filter(between | handed).exists()
        or Turn.objects.filter(person__in=both, deputy__in=both).exists()
    ):
        joining.refuse("one_supports_other")
