"""What becomes of referrals when two records become one: they go along, and two open ways to one place are refused."""

from alongside.people.joining import MOVE, Joining
from alongside.rules.referrals import OPEN

from .models import Referral

RULES = {"referrals.Referral.person": MOVE, "referrals.ReferralStep.done_by": MOVE}


def check(*, joining: Joining) -> None:
    """Handler of `persons_to_merge`: only one open way leads to a place; somebody ends the other one first."""
    both = Referral.objects.filter(person__in=joining.both, status__in=OPEN)
    seen: set = set()
    for person_id, resource_id, place in both.values_list("person_id", "resource_id", "place_index"):
        where = (resource_id or place, person_id)
        if any(one[0] == where[0] and one[1] != person_id for one in seen):
            joining.refuse("same_way_open")
        seen.add(where)
