"""How long a person may think, how long a peer may take to answer, and how many peers are shown together.

Sources: tenet 1 (several peers with reasons, the person chooses) and the life of an offer in the design ("offered in
rank order, with a time-out, then back to the coordinator"). The numbers are a policy of the program's council.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from alongside.rules.policy_values import check_names, check_whole_number

BOUNDS = {"choose_days": (1, 60), "answer_hours": (4, 14 * 24), "max_offers": (1, 3)}
"""Lowest and highest allowed value. More than three faces at once is a catalog, not a choice."""

LEAST_TIME_LEFT = timedelta(days=1)


@dataclass(frozen=True)
class OfferPolicy:
    """`choose_days` for the person, `answer_hours` for the peer, `max_offers` peers in one round."""

    choose_days: int = 7
    answer_hours: int = 48
    max_offers: int = 3

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "OfferPolicy":
        """Read a JSON object such as `{"choose_days": 7}`; fields left out keep their defaults.

        Raises `PolicyInvalid` with `not_an_object`, `unknown_field`, `not_a_whole_number` or `out_of_range`.
        """
        check_names(cls, values)
        for name, value in values.items():
            check_whole_number(name, value, BOUNDS)
        return cls(**values)

    def to_values(self) -> dict[str, int]:
        """The JSON form; `from_values` gives the same policy back."""
        return asdict(self)

    def choose_by(self, now: datetime) -> datetime:
        """When a round that is sent now ends."""
        return now + timedelta(days=self.choose_days)

    def answer_by(self, now: datetime) -> datetime:
        """When a peer who is asked now should have answered."""
        return now + timedelta(hours=self.answer_hours)


def prolong(choose_by: datetime, *, chosen_at: datetime, now: datetime) -> datetime:
    """The new end of a round after a peer could not say yes: the time they took does not count against the person.

    >>> from datetime import UTC
    >>> day = lambda n: datetime(2026, 3, n, tzinfo=UTC)
    >>> prolong(day(9), chosen_at=day(4), now=day(6)) == day(11)
    True
    """
    return max(choose_by + max(now - chosen_at, timedelta(0)), now + LEAST_TIME_LEFT)
