"""What becomes of what somebody saved, when two records become one."""

from alongside.people.joining import MOVE, OWN, Joining

from .models import Saved

RULES = {
    "outings.Saved.person": OWN,
    "outings.Ask.answered_by": MOVE,
}


def settle(*, joining: Joining) -> None:
    """Handler of `persons_merged`: all that both saved. Of one meeting saved by both, one copy is put away, with its
    days and words: nothing is lost."""
    open_ones = Saved.objects.filter(person=joining.kept, put_away_at__isnull=True, meeting__isnull=False)
    both = set(open_ones.values_list("meeting_id", flat=True))
    for saved in Saved.objects.filter(person=joining.gone):
        away = {"put_away_at": joining.now} if saved.meeting_id in both and not saved.put_away_at else {}
        joining.change(saved, person_id=joining.kept.pk, **away)
