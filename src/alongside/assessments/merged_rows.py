"""What becomes of questionnaires when two records become one."""

from alongside.people.joining import OWN, Joining

from .models import Asking, Assessment

RULES = {"assessments.Assessment.person": OWN, "assessments.Asking.person": OWN}


def settle(*, joining: Joining) -> None:
    """Handler of `persons_merged`: all move; of two open ones of a kind, the one begun earlier is set aside."""
    rows = list(Assessment.objects.filter(person__in=joining.both).order_by("begun_at"))
    open_ones = [one for one in rows if one.completed_at is None and one.set_aside_at is None]
    for number, one in enumerate(open_ones):
        if any(later.instrument == one.instrument for later in open_ones[number + 1 :]):
            joining.change(one, set_aside_at=one.begun_at)
    for one in rows:
        if one.person_id == joining.gone.pk:
            joining.change(one, person_id=joining.kept.pk)
    _join_askings(joining)


def _join_askings(joining: Joining) -> None:
    """One turn: reckoned anew by what both filled in. What one was reminded of, they are not reminded of again."""
    kept, gone = (Asking.objects.filter(person=one).first() for one in (joining.kept, joining.gone))
    if gone is None:
        return
    if kept is None:
        joining.change(gone, person_id=joining.kept.pk, policy_version=0)
        return
    reminded_on = max((one.reminded_on for one in (kept, gone) if one.reminded_on), default=None)
    joining.delete(gone)
    joining.change(kept, policy_version=0, reminded_on=reminded_on)
