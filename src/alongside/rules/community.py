"""A page on which a group writes: when nobody is there, what may be said of a post, which names nobody may choose.

Quiet hours are by the clock on the wall of the program and may go over midnight.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alongside.rules.groups import names_in
from alongside.rules.wall_clock import starts_at

FLAG_REASONS = ("worried", "unkind", "names_somebody", "selling", "other")
"""Why somebody asks those who look after a page to look at a post. "worried": somebody may be in danger."""
HIDE_REASONS = ("names_somebody", "unkind", "hard_for_others", "selling", "other")
WHO_REASONS = ("in_danger", "hurts_others", "they_asked")
"""Why somebody asks which person writes under a name."""
PAUSE_DAYS = (1, 3, 7, 14)
NAME_LONGEST, WORDS_LONGEST, KIND_LONGEST = 40, 1500, 300
MOST_AN_HOUR = 15
"""Posts, and likewise flags, of one person on one page in an hour."""


def is_quiet(quiet_from: time | None, quiet_until: time | None, at: time) -> bool:
    """Whether nobody is there at this time of the day.

    >>> is_quiet(time(22), time(7), time(23)), is_quiet(time(22), time(7), time(7)), is_quiet(None, None, time(3))
    (True, False, False)
    """
    if quiet_from is None or quiet_until is None:
        return False
    if quiet_from < quiet_until:
        return quiet_from <= at < quiet_until
    return at >= quiet_from or at < quiet_until


def quiet_ends_at(quiet_from: time | None, quiet_until: time | None, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment at which the quiet hours that are now end; None when it is not quiet.

    >>> from datetime import UTC
    >>> quiet_ends_at(time(22), time(7), datetime(2026, 6, 2, 23, tzinfo=UTC), ZoneInfo("UTC")).isoformat()
    '2026-06-03T07:00:00+00:00'
    """
    here = now.astimezone(zone)
    if quiet_until is None or not is_quiet(quiet_from, quiet_until, here.time()):
        return None
    day: date = here.date() if here.time() < quiet_until else here.date() + timedelta(days=1)
    return starts_at(day, quiet_until, zone)


def tells_who(name: str, own_names: Iterable[str]) -> bool:
    """Whether a chosen name says who somebody is: one of their own names, whole or by any word of it, also with digits
    beside it or without the space between.

    >>> tells_who("rosa 12", ["Rosa Cenzontle"]), tells_who("Cenzóntle", ["Rosa Cenzontle"]), tells_who("Heron", ["Ro"])
    (True, True, False)
    >>> [tells_who(name, ["Rosa Cenzontle"]) for name in ("Rosa12", "the_rosa", "RosaCenzontle", "Rosario")]
    [True, True, True, False]
    """
    own = list(own_names)
    parts = [part for one in own for part in (one, *one.split(), "".join(one.split())) if len(part) > 1]
    return bool(names_in(_NO_LETTERS.sub(" ", name), parts)) or bool(names_in(name, parts))


_NO_LETTERS = re.compile(r"[\W\d_]+")
