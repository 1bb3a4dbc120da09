"""What becomes of a person's own pages when two records become one: both stay, and one of each kind is current."""

from alongside.people.joining import MOVE, Joining

from .models import Sheet

RULES = {"recovery.Sheet.person": MOVE}


def settle(*, joining: Joining) -> None:
    """Handler of `persons_merged`: of two pages of a kind, the one that was written in later is current.

    Days stay hidden, and a wellness plan too, as they were: a joining shows nobody what somebody kept to themself.
    """
    for kind in ("plan", "well", "safe", "days"):
        pages = list(Sheet.objects.filter(person__in=joining.both, kind=kind, is_current=True).order_by("changed_at"))
        for earlier in pages[:-1]:
            joining.change(earlier, is_current=False)
