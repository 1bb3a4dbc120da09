"""Codes short enough to be said or typed. What is kept of one is keyed and bound to what it opens: eight digits alone
are found by trying."""

import secrets

from django.utils.crypto import salted_hmac

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that are read for one another."""

NO_HASH = "0" * 64
"""What a code is compared with where there is none: the work is the same."""


def new_digits(count: int) -> str:
    """A code that is easy to say, such as `04271990`."""
    return f"{secrets.randbelow(10**count):0{count}d}"


def new_letters(count: int) -> str:
    """A code that is easy to read from paper."""
    return "".join(secrets.choice(LETTERS) for _ in range(count))


def hash_code(salt: str, opens: object, code: str) -> str:
    """What is kept of a code that opens the row with this id, 64 hex digits."""
    return salted_hmac(salt, f"{opens}:{code}", algorithm="sha256").hexdigest()


def in_parts(code: str) -> str:
    """Fours, as one reads them out."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))
