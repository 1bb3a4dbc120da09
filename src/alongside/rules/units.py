"""Minutes of a contact as 15-minute units (H0038 and the like). How a payer rounds differs, so the rule is named.

Source: shared field notes (c) M3; the midpoint rule counts a begun unit from its 8th minute (Medicare Claims Processing
Manual, chapter 5, "8-minute rule": 8-22 minutes are one unit, 23-37 two). Daily caps and overlaps are not decided here.
"""

from collections.abc import Iterable

UNIT_MINUTES = 15
MIDPOINT_MINUTES = 8
ROUNDINGS = ("floor", "midpoint")


def units_from_minutes(minutes: int, *, rounding: str) -> int:
    """Whole units of one stretch of time. Raises ValueError for negative minutes or an unknown rounding.

    >>> [units_from_minutes(minutes, rounding="midpoint") for minutes in (7, 8, 22, 23)]
    [0, 1, 1, 2]
    >>> [units_from_minutes(minutes, rounding="floor") for minutes in (14, 15, 29, 30)]
    [0, 1, 1, 2]
    """
    if minutes < 0:
        raise ValueError("minutes below zero")
    if rounding not in ROUNDINGS:
        raise ValueError(f"unknown rounding {rounding!r}")
    units, rest = divmod(minutes, UNIT_MINUTES)
    return units + (1 if rounding == "midpoint" and rest >= MIDPOINT_MINUTES else 0)


def units_of_day(stretches: Iterable[int], *, rounding: str) -> int:
    """Units of all stretches of one person and day: the minutes are added first, so that rounding happens once."""
    return units_from_minutes(sum(_checked(minutes) for minutes in stretches), rounding=rounding)


def _checked(minutes: int) -> int:
    if minutes < 0:
        raise ValueError("minutes below zero")
    return minutes
