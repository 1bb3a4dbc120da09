"""The way of somebody to a service or a partner: what may be said of it, when to ask again, the time to first contact.

Two honest ways: the person goes themself and nothing leaves, or the program tells the partner under a consent. Nothing
here is sent or looked up.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from alongside.rules.measures import ALL, Figure, Wait, days_to_match, publish, wait_of
from alongside.rules.partner_links import LONGEST_DAYS, REASONS
from alongside.rules.partner_links import SAID_LATER as SAID_LATER
from alongside.rules.suppression import is_small

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

STEPS = ("called_together", "introduced", "date_set", "ride", "papers", "followed_up")
"""Steps of a warm handover that we have words for; which a program takes, its policy says (`rules.handover`)."""

LONGEST_REFERENCE_DAYS = LONGEST_DAYS
"""The page that says "received" is a link like any other (E5)."""


def names_them(recipient: str, *names: str) -> bool:
    """Whether a permission names somebody: one of their names stands in its recipient, word for word.

    Capitals, blanks and commas are nothing. A single word names somebody only where the recipient is that word: many
    work at a "Hospital".

    >>> names_them("Dr. Ana Ito, Valley Clinic", "ana  ito", ""), names_them("Dr. Mariana Itobe", "Ana Ito")
    (True, False)
    """
    said = _words(recipient)
    return any(_stands_in(_words(name), said) for name in names)


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for blanks and capitals."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _stands_in(name: list[str], said: list[str]) -> bool:
    if len(name) < 2:
        return bool(name) and name == said
    return any(said[at : at + len(name)] == name for at in range(len(said)))


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


def look_while_open(by_rule: date | None, sent_on: date, ends_on: date) -> date | None:
    """The day to ask about a page that was just sent: by the rule, and at the latest half way before it ends.

    After that day there is time left to call, or to send it again.

    >>> look_while_open(date(2026, 3, 6), date(2026, 3, 1), date(2026, 3, 5))
    datetime.date(2026, 3, 3)
    """
    return by_rule and min(by_rule, max(sent_on + (ends_on - sent_on) // 2, sent_on))


def fits_first_contact(day: date, requested_on: date, today: date) -> bool:
    """Whether a day of first contact can be true: not before it was asked for, and not to come."""
    return requested_on <= day <= today


@dataclass(frozen=True)
class Way:
    """One referral as the figure needs it: when it was asked for, when they first met, if it goes on, and for whom."""

    requested_on: date
    in_touch_on: date | None
    is_open: bool
    whose: Hashable


def time_to_first_contact(ways: Iterable[Way]) -> Figure:
    """Median days from asking to first real contact with the service, as partner or person said, fit to show.

    Who still waits is `not_due`; what ended without anybody saying that they met is `missing`. Small cells are hidden,
    and so is what stands on few people: eleven ways of one person tell of that person (C8).
    """
    waits: Counter[tuple[Wait, int]] = Counter()
    people: dict[Wait, set[Hashable]] = {"waited": set(), "waiting": set(), "unknown": set()}
    for way in ways:
        wait = wait_of(way.requested_on if way.in_touch_on or way.is_open else None, way.in_touch_on)
        waits[wait] += 1
        people[wait[0]].add(way.whose)
    figure = publish({ALL: replace(days_to_match(waits), code="days_to_contact")})[ALL]
    few = {part: None for wait, part in PARTS.items() if is_small(len(people[wait]))}
    if "n" in few:
        few |= dict.fromkeys(("value", "low", "high"))
    return replace(figure, hidden=True, **few) if few else figure  # type: ignore[arg-type]


PARTS: Mapping[Wait, str] = {"waited": "n", "waiting": "not_due", "unknown": "missing"}
