"""What becomes of offers and proposals when two records become one."""

from django.db.models import Q

from alongside.people.joining import FOLLOWS, Joining
from alongside.people.merged_rows import list_boundaries_of

from .models import Offer, Proposal, Round

RULES = {
    "matching.Proposal.episode": FOLLOWS,
    "matching.Round.episode": FOLLOWS,
    "matching.Offer.episode": FOLLOWS,
}


def check(*, joining: Joining) -> None:
    """Handler of `persons_to_merge`: while one of them chooses, or a peer of them is asked, nothing is joined."""
    both = joining.both
    if Round.objects.filter(episode__person__in=both, status="open").exists():
        joining.refuse("choosing")
    never = list_boundaries_of(*both)
    asked = Offer.objects.filter(peer__in=both, status__in=["offered", "chosen"])
    if asked.filter(Q(episode__person__in=never) | Q(episode__person__in=both)).exists():
        joining.refuse("not_together")


def settle(*, joining: Joining) -> None:
    """Handler of `persons_merged`: what was proposed for half of what is known now is not shown any more."""
    for proposal in Proposal.objects.filter(episode__person__in=joining.both, is_current=True):
        joining.change(proposal, is_current=False)
