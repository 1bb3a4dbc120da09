"""The list that somebody who passes records on owes the person (42 CFR 2.24): until when, and when we remind.

Such a list is owed under the consent by which they got the records, also after it ended: what they passed on is done.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from .accounting import INTERMEDIARY_DAYS, YEARS

SENT_HOW: Mapping[str, int] = {"handed": 0, "electronic": 0, "post": 5}
"""How the letter went, and after how many days we take it to be there. The law counts from the day on which they get
it (§2.24(b)(1)); until somebody writes that day down, these are ours, and never too short for who has to answer."""

ANSWERED_HOW = ("list", "nothing", "refused")
"""With a list; with the word that they passed on nothing; or that they send none."""

BEFORE = timedelta(days=5)
AGAIN_AFTER = timedelta(days=14)
REMINDERS = ("before", "late", "late_again", "late_still")
"""Five days before the day, on the day after it, and twice more with two weeks between. Then the list of those that are
late says it alone."""


def due_on(*, asked_on: date, sent_how: str, received_on: date | None = None) -> date:
    """The latest day for their answer.

    >>> due_on(asked_on=date(2026, 11, 1), sent_how="post").isoformat()
    '2026-12-06'
    """
    received = received_on or asked_on + timedelta(days=SENT_HOW[sent_how])
    return received + timedelta(days=INTERMEDIARY_DAYS)


def clock_of(today: date, due: date) -> str:
    """Where an open request stands: `waits`, `soon`, or `late` from the day after its day on."""
    if today > due:
        return "late"
    return "soon" if today >= due - BEFORE else "waits"


def reminder_for(today: date, due: date) -> str | None:
    """The code of the latest reminder whose time has come; one that a quiet worker missed is not sent afterwards."""
    if today <= due:
        return "before" if today >= due - BEFORE else None
    past = (today - due - timedelta(days=1)) // AGAIN_AFTER
    return REMINDERS[1 + past] if 1 + past < len(REMINDERS) else None


def is_within(disclosed_on: date, *, signed_on: date, today: date) -> bool:
    """Whether something can have been passed on under this consent on that day."""
    return signed_on <= disclosed_on <= today


def goes_back_to(asked_on: date) -> date:
    """The first of the days they have to tell of (§2.24(a)(2)).

    >>> goes_back_to(date(2028, 2, 29)).isoformat()
    '2025-02-28'
    """
    try:
        return asked_on.replace(year=asked_on.year - YEARS)
    except ValueError:  # the 29th of February
        return asked_on.replace(year=asked_on.year - YEARS, day=28)
