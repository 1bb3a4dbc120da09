"""Signing in by a code from a mail or from paper: for whom, how long, how often (F1, E5). No clock, no I/O."""

from collections.abc import Collection
from datetime import datetime, timedelta

MAIL_MINUTES = 10
"""A code from a mail lives no longer (E5)."""

MAIL_DIGITS = 8
MOST_TRIES = 5
"""With so many wrong codes an ask is over."""

MAILS_AN_HOUR = 5
"""No more mails to one account, whoever asks and from wherever."""

PAPER_LETTERS = 12
PAPER_CODES = 10
PAPER_DAYS = 365


def may_use_codes(roles: Collection[str]) -> bool:
    """Whether an account with these roles, in all its programs, signs in by a code alone. Whoever has any other role
    reads about others, or speaks for a council: they keep what is asked of that role."""
    return set(roles) == {"participant"}


def lives(asked_at: datetime, now: datetime) -> bool:
    """Whether the code that was asked for then still counts."""
    return asked_at <= now < asked_at + timedelta(minutes=MAIL_MINUTES)


def paper_since(now: datetime) -> datetime:
    """A sheet that was made before this moment has had its time."""
    return now - timedelta(days=PAPER_DAYS)


def read(typed: str) -> str:
    """A code as it is kept: people read it in parts and in small letters."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())
