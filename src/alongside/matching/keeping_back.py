"""For whom a daily run leaves a place free, because a better one is likely and near (`rules.matching.rolling`)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from alongside.mentoring.models import Mentorship
from alongside.rules.matching.kept import Inputs
from alongside.rules.matching.results import Result
from alongside.rules.matching.rolling_policy import RollingPolicy

if TYPE_CHECKING:
    from alongside.rules.matching.rolling import Decision

LOOKED_BACK = timedelta(days=90)
"""How far back places that came up are counted."""


def decide(result: Result, inputs: Inputs, rolling: RollingPolicy, now: datetime) -> list[Decision]:
    """Decisions to wait, of those whom the run gave a place."""
    from alongside.rules.matching import rolling as rules  # loads NumPy

    ended = Mentorship.objects.filter(ended_at__gt=now - LOOKED_BACK, ended_at__lte=now).values_list(
        "peer_id", flat=True
    )
    came_up = Counter(map(str, ended))
    rates = rules.rate_places(came_up, LOOKED_BACK.days, inputs.peers, rolling.prior_days)
    decisions = rules.decide(
        inputs.seekers, inputs.peers, inputs.policy, rolling, rates, inputs.exclusions,
        proposed={one.seeker_id: one.peer_id for one in result.assignments},
    )  # fmt: skip
    return [one for one in decisions if one.code == rules.BETTER_IS_NEAR]
