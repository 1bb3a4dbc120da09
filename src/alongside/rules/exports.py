"""How much may leave in a file, and how many people must want it (privacy rule D5)."""

from datetime import datetime, timedelta

MOST_ALONE = 100
"""A file with more people than this needs a second person with the same right."""

WAIT = timedelta(hours=24)
"""How long a file waits where the program has no second person with the right; others are told meanwhile."""

TOLD_WHEN_ALONE = frozenset({"council", "administrator"})
"""Who is told when something that takes two people goes on with one, after the wait."""

VALID = timedelta(hours=72)
"""How long a file that was asked for may be approved and saved."""

MOST_A_DAY = 5
"""Files that one account may ask for in 24 hours."""

PARTICIPANTS, PEERS, NOTES = "participants", "peers", "notes"
KINDS = (PARTICIPANTS, PEERS, NOTES)
SCOPES = ("now", "all")
"""`now`: people supported now, or peers who have not left. `all`: everybody who ever was."""


def needs_second(people: int) -> bool:
    """Whether a file about so many people takes two to leave.

    >>> needs_second(100), needs_second(101)
    (False, True)
    """
    return people > MOST_ALONE


def opens_at(asked_at: datetime, *, others: int) -> datetime | None:
    """When a large file opens by itself: never where somebody else may answer (`others`), else after a day."""
    return None if others else asked_at + WAIT


def expires_at(asked_at: datetime) -> datetime:
    """When what was asked for is over."""
    return asked_at + VALID
