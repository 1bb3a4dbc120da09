"""The way of somebody to a service or a partner: what may be said of it, when to ask again, the time to first contact.

Two honest ways: the person goes themself and nothing leaves, or the program tells the partner under a consent. Nothing
here is sent or looked up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from alongside.rules.measures import ALL, Figure, WaitRow, publish, time_to_match
from alongside.rules.partner_links import LONGEST_DAYS, REASONS
from alongside.rules.partner_links import SAID_LATER as SAID_LATER

WAYS_THERE = ("themself", "told")
OPEN = ("requested", "accepted", "in_progress")

DECLINED_WHY = REASONS
"""A partner's no, by their page or by phone, has the same reasons."""

CANCELLED_WHY = ("own_wish", "not_needed", "no_answer", "support_ended")

SAYS: Mapping[str, str] = {
    "accepted": "accepted",
    "declined": "declined",
    "in_touch": "in_progress",
    "done": "completed",
}
"""What somebody says, and the state it leads to. `not_reached` and `not_yet` move nothing: they ask for help."""

MAY_SAY = {
    "partner": ("accepted", "declined", "in_touch", "done", "not_reached"),
    "person": ("in_touch", "done", "not_yet"),
    "staff": ("accepted", "declined", "in_touch", "done", "not_reached", "not_yet"),
}
"""By whom each thing may be said. Only the person says that they did not get there yet; staff note it for them."""

STEPS_VERSION = 1
STEPS = ("called_together", "introduced", "date_set", "ride", "papers", "followed_up")
"""A warm handover, step by step: of a referral the list stays as it was when it began."""

LONGEST_REFERENCE_DAYS = LONGEST_DAYS
"""The page that says "received" is a link like any other (E5)."""


def names_them(recipient: str, *names: str) -> bool:
    """Whether a permission names somebody: one of their names stands in its recipient, whatever capitals and blanks.

    >>> names_them("Dr. Ana Ito, Valley Clinic", "ana  ito", "")
    True
    """
    said = " ".join(recipient.split()).casefold()
    return any(" ".join(name.split()).casefold() in said for name in names if len(name.strip()) > 2)


@dataclass(frozen=True)
class Pace:
    """After how many days somebody is asked: the partner for an answer, the person how it went."""

    answer_days: int = 5
    follow_up_days: int = 7


def state_after(status: str, said: str) -> str | None:
    """The state to which this leads, or None where it moves nothing: twice is once, and nothing goes back.

    >>> state_after("requested", "in_touch"), state_after("in_progress", "accepted")
    ('in_progress', None)
    """
    to = SAYS.get(said)
    order = ("requested", "accepted", "in_progress", "completed")
    if to is None or status not in OPEN:
        return None
    if to == "declined":
        return to if status != "in_progress" else None
    return to if order.index(to) > order.index(status) else None


def look_on(status: str, *, sent: bool, today: date, pace: Pace) -> date | None:
    """The day on which somebody should look at it again; None when it is over."""
    if status not in OPEN:
        return None
    waits_for_answer = status == "requested" and sent
    return today + timedelta(days=pace.answer_days if waits_for_answer else pace.follow_up_days)


def fits_first_contact(day: date, requested_on: date, today: date) -> bool:
    """Whether a day of first contact can be true: not before it was asked for, and not to come."""
    return requested_on <= day <= today


@dataclass(frozen=True)
class Way:
    """One referral as the figure needs it: when it was asked for, when they first met, and whether it goes on."""

    requested_on: date
    in_touch_on: date | None
    is_open: bool


def time_to_first_contact(ways: Iterable[Way]) -> Figure:
    """Median days from asking to first real contact with the service, as partner or person said, fit to show.

    Who still waits is `not_due`; what ended without anybody saying that they met is `missing`. Small cells are hidden.
    """
    rows = [WaitRow(ALL, way.requested_on if way.in_touch_on or way.is_open else None, way.in_touch_on) for way in ways]
    return publish({ALL: replace(time_to_match(rows), code="days_to_contact")})[ALL]
