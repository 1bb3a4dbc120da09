"""Weekly availability as 168 one-hour slots, Monday 00:00 first, in the program's local time.

Stored as 42 hexadecimal digits so that any database holds it the same way; bit `day * 24 + hour` is one hour.
"""

from collections.abc import Iterable

from alongside.rules.vocabulary import DAY_PARTS, DAYS

HOURS_IN_WEEK = 168
NEVER = "0" * 42


def hours_from_parts(parts: Iterable[str]) -> str:
    """Hex string for parts such as `mon_morning`.

    >>> overlap_hours(hours_from_parts(["mon_morning"]), hours_from_parts(["mon_morning", "tue_evening"]))
    4
    """
    bits = 0
    for part in parts:
        day, _, name = part.partition("_")
        start, end = DAY_PARTS[name]
        for hour in range(start, end):
            bits |= 1 << (DAYS.index(day) * 24 + hour)
    return to_hex(bits)


def parts_from_hours(hours: str) -> list[str]:
    """Parts that are wholly available, in week order."""
    bits = to_bits(hours)
    found = []
    for index, day in enumerate(DAYS):
        for name, (start, end) in DAY_PARTS.items():
            mask = ((1 << (end - start)) - 1) << (index * 24 + start)
            if bits & mask == mask:
                found.append(f"{day}_{name}")
    return found


def to_bits(hours: str) -> int:
    """Bits of a stored string; an empty string is no hours."""
    return int(hours or "0", 16)


def to_hex(bits: int) -> str:
    """The stored form of a set of hours. Raises ValueError outside one week."""
    if bits < 0 or bits >> HOURS_IN_WEEK:
        raise ValueError("hours outside one week")
    return f"{bits:042x}"


def overlap_hours(one: str, other: str) -> int:
    """Hours per week in which both are available."""
    return (to_bits(one) & to_bits(other)).bit_count()
