"""Ids in the order of time, for a table that only grows."""

import secrets
import time
import uuid
from datetime import datetime

_RANDOM_BITS = 74


def first_id(moment: datetime) -> uuid.UUID:
    """The lowest id that can have been made at a moment: where a range of time begins in the index."""
    return uuid.UUID(int=int(moment.timestamp() * 1000) << 80)


def time_ordered_id() -> uuid.UUID:
    """A UUID of version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then chance.

    The fifty entries of one page then stand beside each other in the index instead of on fifty pages of it. It tells
    when the entry was made, which the entry says anyway: not for ids of people or of what is written about them.
    """
    chance = secrets.randbits(_RANDOM_BITS)
    moment = time.time_ns() // 1_000_000 & (1 << 48) - 1
    return uuid.UUID(int=moment << 80 | 7 << 76 | (chance >> 62) << 64 | 0b10 << 62 | chance & (1 << 62) - 1)
