"""What becomes of check-ins when two records become one."""

from alongside.people.joining import MOVE, OWN, Joining

from .models import Rhythm

RULES = {"checkins.CheckIn.person": MOVE, "checkins.Rhythm.person": OWN}


def settle(*, joining: Joining) -> None:
    """Handler of `persons_merged`: one row of wishes. What either hid stays hidden, and what was noticed is dropped.

    A reminder or an answer by text goes on only where both records wished it: a joining opens no new way to somebody.
    """
    kept, gone = (Rhythm.objects.filter(person=one).first() for one in (joining.kept, joining.gone))
    if gone is None:
        return
    if kept is None:
        joining.change(gone, person_id=joining.kept.pk)
        return
    latest = max((one.latest_at for one in (kept, gone) if one.latest_at), default=None)
    asks = [one.next_ask_on for one in (kept, gone)]
    values = {
        "is_hidden": kept.is_hidden or gone.is_hidden,
        "answers_by_text": kept.answers_by_text and gone.answers_by_text,
        "next_ask_on": max(asks) if all(asks) else None,
        "latest_at": latest,
        "wants_call_at": max((one.wants_call_at for one in (kept, gone) if one.wants_call_at), default=None),
        "dropped_at": None,
        "quiet_from_on": None,
    }
    joining.delete(gone)
    joining.change(kept, **values)
