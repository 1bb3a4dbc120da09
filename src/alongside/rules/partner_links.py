"""A page for somebody outside who has no account: how long its link and code live, and when it opens (E5, A1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_DAYS = 14
"""No link that arrives by message lives longer (E5)."""

CODE_DIGITS = 8
MOST_TRIES = 5
"""With so many wrong codes the page is closed: of 100 million codes somebody guesses five."""

MOST_OPENINGS = 10
"""Read again, and shown to a colleague; more is a link that was passed on."""

ANSWER_MINUTES = 60
"""So long after opening it may be answered without the code again."""

OPEN = ("waiting", "sent", "opened")
READABLE = ("sent", "opened")

REASONS = ("no_room", "other_service", "other_area", "not_reached", "needs_more", "wrong_place", "other")
"""Why somebody outside says no, as a closed list: nobody has to write about a person."""


SAID_LATER = ("in_touch", "done", "not_reached")
"""What a partner who said yes may say afterwards, where the page is followed up."""


@dataclass(frozen=True)
class Page:
    """One page as it stands: its state, its ends, how often it was tried and opened, and whether it is followed up."""

    status: str
    expires_at: datetime
    code_expires_at: datetime
    wrong_tries: int = 0
    times_opened: int = 0
    follows: bool = False


def ends_at(made_at: datetime, days: int, consent_ends: datetime | None) -> datetime:
    """When a link made now ends: after so many days, never more than 14, and never after its consent."""
    if not 1 <= days <= LONGEST_DAYS:
        raise ValueError(f"a link lives 1 to {LONGEST_DAYS} days")
    by_itself = made_at + timedelta(days=days)
    return by_itself if consent_ends is None else min(by_itself, consent_ends)


def may_open(page: Page, now: datetime) -> bool:
    """Whether the right code opens it now. Whether something may leave at all, the gate says."""
    return (
        page.status in READABLE
        and page.wrong_tries < MOST_TRIES
        and page.times_opened < MOST_OPENINGS
        and now < min(page.expires_at, page.code_expires_at)
    )


def may_say_more(page: Page, now: datetime) -> bool:
    """Whether the right code opens it after a yes, to say how it went on. It shows nothing of anybody then, so the code
    lives as long as the link."""
    return page.follows and page.status == "accepted" and page.wrong_tries < MOST_TRIES and now < page.expires_at
