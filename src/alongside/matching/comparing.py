"""The list as it stands, answered in several ways and with one change: for looking only, nothing is stored.

What compares brings NumPy and OR-Tools, so it is loaded by the first look and not when a process starts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from alongside.council.queries import get_policy
from alongside.people.models import Episode

from .actions.runs import read
from .freeze import Frozen, freeze

if TYPE_CHECKING:
    from alongside.rules.matching.comparison import Comparison
    from alongside.rules.matching.what_if import Change, Effect

MOST_PAIRS = 200_000
"""So many pairs of people and peers are looked at in a few seconds; a longer list is not for a page."""


class TooLongToCompare(Exception):
    """The list has more pairs of people and peers than a page may look at."""


@dataclass(frozen=True)
class Looked:
    """What a look found. `effect` is None where nothing was changed."""

    frozen: Frozen
    comparison: Comparison
    effect: Effect | None


def look(*, now: datetime, change: Change | None = None) -> Looked:
    """Answer the list in each way, and once more with a change. Raises `TooLongToCompare` and ValueError."""
    from alongside.rules.matching.comparison import compare_modes
    from alongside.rules.matching.fairness import groups_of
    from alongside.rules.matching.what_if import try_change

    policy = read(get_policy("matching"))
    frozen = freeze(Episode.objects.filter(status="waiting"), now=now)
    if len(frozen.seekers) * len(frozen.peers) > MOST_PAIRS:
        raise TooLongToCompare
    never = frozen.never | frozen.not_again
    groups = {seeker.id: groups_of(seeker, urgency=str(seeker.urgency)) for seeker in frozen.seekers}
    comparison = compare_modes(frozen.seekers, frozen.peers, policy, never, groups=groups)
    effect = try_change(frozen.seekers, frozen.peers, policy, never, change, comparison) if change else None
    return Looked(frozen, comparison, effect)
