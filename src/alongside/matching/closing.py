"""When somebody stops, nobody is offered to them any more and no peer goes on waiting for them."""

from datetime import datetime

from alongside.people.models import Episode

from .actions.steps import bring_back, the_house
from .models import Proposal, Round


def take_back_everything(*, episode: Episode, by, reason: str, now: datetime) -> None:
    """Handler of `episode_closed`: withdraws open offers, which frees the places they hold, and drops the proposals."""
    for round_ in Round.objects.filter(episode=episode, status="open").select_related("episode"):
        bring_back(round_, by=the_house(episode.program_id), reason="closed", now=now)
    Proposal.objects.filter(episode=episode, is_current=True).update(is_current=False)
