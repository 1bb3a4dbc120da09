"""The curriculum: which units there are, in which order, where somebody stands with one, what may come next.

Nothing here judges: a person says themself where they stand, may leave any unit, and none has to come first.
Source: issue "skills"; units and their sources are in `skills.units`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

CODES = ("urges", "refusing", "sleep", "money", "routines", "asking", "trust", "first_meeting")
"""Units that come with the product, in their first order."""

STANDS = ("looking", "trying", "mine")
"""Where somebody stands with a unit, as they say it: having a look, trying it, part of my life. None: not begun."""

FEELS = ("hard", "mixed", "good")
"""How a practice was, as they say it; it may stay open."""

LONGEST = 1000
"""Letters of what somebody writes of a practice."""

LINES, LINE = 8, 200
"""Ideas or questions of a unit at most, and letters of each."""


@dataclass(frozen=True)
class Place:
    """Where a program puts a unit: the lower the number the earlier; one that is left out is not offered."""

    position: int
    is_shown: bool = True


def order_units(units: Sequence[str], places: Mapping[str, Place]) -> tuple[str, ...]:
    """Those offered, in the program's order; a unit that it never placed stands where it comes in the order given."""
    order = sorted(units, key=lambda key: places[key].position if key in places else units.index(key))
    return tuple(key for key in order if key not in places or places[key].is_shown)


def move(order: Sequence[str], key: str, by: int) -> tuple[str, ...]:
    """The order with one unit moved up (-1) or down (1); at an end it stays. KeyError for an unknown one."""
    if key not in order:
        raise KeyError(key)
    others = [one for one in order if one != key]
    place = min(max(order.index(key) + by, 0), len(others))
    return (*others[:place], key, *others[place:])


def next_unit(order: Sequence[str], stands: Mapping[str, str]) -> str:
    """What to offer first: what somebody is trying, then what they looked at, then the first not begun; "" for none."""
    for wanted in ("trying", "looking", ""):
        for key in order:
            if stands.get(key, "") == wanted:
                return key
    return ""


def split_lines(text: str) -> tuple[str, ...]:
    """The lines somebody wrote, without empty ones and without the marks of a list before them."""
    lines = (line.strip().lstrip("-•*·").strip() for line in text.splitlines())
    return tuple(line for line in lines if line)
