"""What counts when a run weighs matching now against waiting (`rolling`).

Apart from it because a web process reads policies, and has no need of what computes with them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RollingPolicy:
    """What counts when a run weighs waiting. Raises ValueError out of range.

    `look_days`: how far ahead one look goes. `longest_wait_days`: from then on nobody is kept waiting for better.
    `few_peers`: up to so many possible peers is a thin market. `points_per_day`: what a day of waiting costs, in points
    of fit. `gives_up_per_day`: chance that somebody who waits gives up on one day. `prior_days`: so many days of the
    program's mean weigh in the rate of each peer.
    """

    look_days: int = 7
    longest_wait_days: int = 10
    few_peers: int = 3
    points_per_day: float = 0.5
    gives_up_per_day: float = 0.01
    prior_days: int = 90

    def __post_init__(self) -> None:
        whole = (self.look_days, self.longest_wait_days, self.few_peers, self.prior_days)
        if min(whole) < 0 or self.look_days == 0 or self.points_per_day < 0 or not 0 <= self.gives_up_per_day < 1:
            raise ValueError("a threshold of the rolling policy is out of range")
