"""What becomes of agreements, calls and callers when two records become one."""

from alongside.people.joining import FOLLOWS, MOVE, OWN, Joining

from .models import OPEN, Agreement, Call, Caller, Claim

RULES = {
    "calls.Agreement.person": OWN,
    "calls.Agreement.episode": FOLLOWS,
    "calls.Call.person": MOVE,
    "calls.Call.episode": FOLLOWS,
    "calls.Call.caller": MOVE,
    "calls.Claim.caller": OWN,
    "calls.Caller.person": OWN,
}


def check(*, joining: Joining) -> None:
    """Handler of `persons_to_merge`: whoever called the other, or is just calling them, is no one person with them."""
    both = joining.both
    is_calling = Claim.objects.filter(caller__in=both, agreement__person__in=both).exists()
    if is_calling or Call.objects.filter(person__in=both, caller__in=both).exists():
        joining.refuse("one_supports_other")


def settle(*, joining: Joining) -> None:
    """Handler of `persons_merged`: of two agreements that hold, that of the kept record holds; one mark of a caller."""
    has_open = Agreement.objects.filter(person=joining.kept, status__in=OPEN).exists()
    for agreement in Agreement.objects.filter(person=joining.gone):
        ends = has_open and agreement.status in OPEN
        ended = {"status": "ended", "ended_at": joining.now, "end_reason": "agreed_anew", "due_at": None,
                 "paused_until": None, "pause_reason": ""}  # fmt: skip
        joining.change(agreement, person_id=joining.kept.pk, **(ended if ends else {}))
    # One call at a time: what both had taken, somebody takes again.
    for claim in Claim.objects.filter(caller=joining.gone):
        if Claim.objects.filter(caller=joining.kept).exists():
            joining.delete(claim)
        else:
            joining.change(claim, caller_id=joining.kept.pk)
    kept, gone = (Caller.objects.filter(person=one).first() for one in (joining.kept, joining.gone))
    if gone and kept:
        joining.delete(gone)
    elif gone:
        joining.change(gone, person_id=joining.kept.pk)
