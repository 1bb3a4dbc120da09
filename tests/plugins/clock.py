"""Moments the tests agree on, and a clock that can be set."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

MONDAY_MORNING = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
"""Monday, 2 March 2026, 9:00 in Los Angeles: the moment of the story."""
MONDAY = date(2026, 3, 2)
CLOCKS_GO_FORWARD = datetime(2026, 3, 8, 9, 59, 59, tzinfo=UTC)
"""One second before 2:00 becomes 3:00 in Los Angeles."""
CLOCKS_GO_BACK = datetime(2026, 11, 1, 8, 59, 59, tzinfo=UTC)
"""One second before the hour from 1:00 begins a second time in Los Angeles."""


class Clock:
    """A clock that a test moves: `clock.forward(days=3)`."""

    def __init__(self, traveller: time_machine.Traveller):
        self._traveller = traveller

    @property
    def now(self) -> datetime:
        """The moment it is, with its zone."""
        return datetime.now(UTC)

    def set(self, moment: datetime) -> None:
        """Go to a moment."""
        self._traveller.move_to(moment)

    def forward(self, **length: float) -> None:
        """Go forward by a length, as `timedelta` takes it."""
        self._traveller.shift(timedelta(**length))


@pytest.fixture
def clock():
    """Time stands still on Monday morning until the test moves it."""
    with time_machine.travel(MONDAY_MORNING, tick=False) as traveller:
        yield Clock(traveller)


@pytest.fixture
def running_clock():
    """Time goes on from Monday morning, for servers and browsers that wait, and a test moves it by days."""
    with time_machine.travel(MONDAY_MORNING, tick=True) as traveller:
        yield Clock(traveller)
