"""Quiet hours over midnight and over a change of clocks, and names that say who somebody is."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from alongside.rules.community import is_quiet, quiet_ends_at, tells_who

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("begins", "ends", "at", "expected"),
    [
        (time(22), time(7), time(22), True),
        (time(22), time(7), time(21, 59), False),
        (time(22), time(7), time(0), True),
        (time(22), time(7), time(7), False),
        (time(9), time(17), time(9), True),
        (time(9), time(17), time(17), False),
        (None, None, time(3), False),
    ],
)
def test_quiet_from_the_first_minute_to_the_last(begins, ends, at, expected):
    assert is_quiet(begins, ends, at) is expected


def test_quiet_hours_end_by_the_clock_on_the_wall():
    """Saturday evening, and clocks go back in the night: seven is seven."""
    now = datetime(2026, 10, 31, 23, tzinfo=NEW_YORK)
    assert quiet_ends_at(time(22), time(7), now, NEW_YORK) == datetime(2026, 11, 1, 12, tzinfo=UTC)
    early = datetime(2026, 11, 1, 6, 59, tzinfo=NEW_YORK)
    assert quiet_ends_at(time(22), time(7), early, NEW_YORK) == datetime(2026, 11, 1, 12, tzinfo=UTC)
    assert quiet_ends_at(time(22), time(7), datetime(2026, 11, 1, 7, tzinfo=NEW_YORK), NEW_YORK) is None


def test_a_name_of_ones_own_in_any_spelling_tells_who():
    own = ["Rosa Cenzontle", "Rosalinda Cenzontle"]
    assert all(tells_who(name, own) for name in ("ROSA", "Little Rosa", "cenzóntle 12", "rosalinda"))
    assert not any(tells_who(name, own) for name in ("Heron 12", "Rosario", "R", ""))
    assert not tells_who("Owl 1", ["", "J"])
