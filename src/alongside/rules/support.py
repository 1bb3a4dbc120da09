"""Help from outside: who may be let in, for how long, and whether it is still so.

Whoever helps with an install sees what runs and how it is set, nothing of anybody (D3). A director opens the door for
a chosen time, in their own words; it closes by itself, and nothing makes it longer: who needs more is let in anew.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

MINUTES = (30, 60, 120, 240)
"""How long the door may stand open, to choose from."""

LONGEST = timedelta(hours=4)
"""Said a second time in the database (`people.support_guards`)."""

LIVE, ENDED, OVER = "live", "ended", "over"
"""The door is open · somebody closed it · its time is over."""


class TimeNotOffered(ValueError):
    """A time that is not one of `MINUTES`."""


@dataclass(frozen=True)
class Account:
    """What counts of an account. `works_here`: it has a role in this program. `was_served`: in any program, ever."""

    is_active: bool
    has_second_factor: bool
    works_here: bool
    was_served: bool


def may_be_let_in(account: Account | None) -> bool:
    """Whether this account may help from outside; None is an address that no account has.

    Nobody who is or was served, in any program: by trying addresses, no director learns who that is (A1).
    """
    if account is None:
        return False
    return account.is_active and account.has_second_factor and not account.works_here and not account.was_served


def ends_at(from_at: datetime, minutes: int) -> datetime:
    """When a door opened now for so many minutes closes. Raises `TimeNotOffered`."""
    if minutes not in MINUTES:
        raise TimeNotOffered(minutes)
    return from_at + timedelta(minutes=minutes)


def is_whole(from_at: datetime, until_at: datetime) -> bool:
    """Whether this is a time that a door may stand open: longer than nothing, `LONGEST` at most."""
    return timedelta(0) < until_at - from_at <= LONGEST


def state_of(from_at: datetime, until_at: datetime, ended_at: datetime | None, now: datetime) -> str:
    """`LIVE`, `ENDED` or `OVER`. A door is closed at the very moment to which it was opened."""
    if ended_at is not None:
        return ENDED if ended_at < until_at else OVER
    return LIVE if from_at <= now < until_at else OVER
