"""A run that makes itself, once a day: whether, when, and whether it may keep somebody waiting for a better place.

A policy of the program's council, off at first (decision 0025): a coordinator who opens the list each morning needs no
clock, and keeping a place free gained little in the simulated year. Whatever it proposes waits for a person to send it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from alongside.rules.matching.rolling_policy import RollingPolicy
from alongside.rules.policy_values import PolicyInvalid, check_names, check_whole_number

BOUNDS = {"at_hour": (0, 23), "look_days": (1, 60), "longest_wait_days": (0, 365), "few_peers": (0, 50)}
"""Lowest and highest allowed value."""
YES_OR_NO = ("daily", "keep_back")


@dataclass(frozen=True)
class DailyPolicy:
    """`daily`: whether a run is made each day, from `at_hour` on, the program's clock.

    `keep_back`: whether it may leave a place free where a better one is likely within `look_days` (`rolling`): never
    for somebody urgent, who has waited `longest_wait_days`, or for whom up to `few_peers` peers are possible at all.
    """

    daily: bool = False
    at_hour: int = 6
    keep_back: bool = False
    look_days: int = 7
    longest_wait_days: int = 10
    few_peers: int = 3

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "DailyPolicy":
        """Read a JSON object such as `{"daily": true}`; fields left out keep their defaults.

        Raises `PolicyInvalid` with `not_an_object`, `unknown_field`, `not_yes_or_no`, `not_a_whole_number` or
        `out_of_range`.
        """
        check_names(cls, values)
        for name, value in values.items():
            if name in YES_OR_NO:
                if not isinstance(value, bool):
                    raise PolicyInvalid("not_yes_or_no", name)
                continue
            check_whole_number(name, value, BOUNDS)
        return cls(**values)

    def to_values(self) -> dict[str, Any]:
        """The JSON form; `from_values` gives the same policy back."""
        return asdict(self)

    def due_day(self, local_now: datetime) -> date | None:
        """The day whose run should be there by now; None where there is to be none, or not yet.

        >>> DailyPolicy(daily=True).due_day(datetime(2026, 3, 1, 5, 59)) is None
        True
        >>> DailyPolicy(daily=True).due_day(datetime(2026, 3, 1, 6, 0))
        datetime.date(2026, 3, 1)
        """
        return local_now.date() if self.daily and local_now.hour >= self.at_hour else None

    @property
    def rolling(self) -> RollingPolicy | None:
        """How waiting is weighed; None where everybody is matched who can be."""
        if not self.keep_back:
            return None
        return RollingPolicy(
            look_days=self.look_days, longest_wait_days=self.longest_wait_days, few_peers=self.few_peers
        )
