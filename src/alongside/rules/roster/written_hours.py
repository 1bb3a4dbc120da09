"""Hours of a week as words that `hours` reads back as exactly those hours."""

from collections.abc import Iterator, Mapping

from alongside.rules.availability import to_bits

_DAYS: tuple[tuple[str, ...], ...] = (
    ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    ("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
)


def write_hours(hours: str, language: int) -> str:
    """42 hex digits as "Mon, Wed 5pm-9pm; Sat 9am-12pm"; "" for no hours. `language`: 0 English, 1 Spanish."""
    bits = to_bits(hours)
    days: dict[int, list[int]] = {}
    for day in range(7):
        of_day = bits >> (day * 24) & ((1 << 24) - 1)
        if of_day:
            days.setdefault(of_day, []).append(day)
    return "; ".join(
        # Each stretch repeats its days: a stretch alone could lean on another day.
        f"{', '.join(_DAYS[language][day] for day in found)} {write_hour_range(start, end)}"
        for of_day, found in days.items()
        for start, end in _stretches(of_day)
    )


def write_hour_range(start: int, end: int) -> str:
    """Hours of a day as "9am-8pm"; 24 is the end of the day.

    >>> write_hour_range(9, 20), write_hour_range(0, 24)
    ('9am-8pm', '12am-24')
    """
    return f"{_clock(start)}-{_clock(end)}"


def _clock(hour: int) -> str:
    return _SPECIAL.get(hour) or (f"{hour}am" if hour < 12 else f"{hour - 12}pm")


_SPECIAL: Mapping[int, str] = {0: "12am", 12: "12pm", 24: "24"}


def _stretches(of_day: int) -> Iterator[tuple[int, int]]:
    start = None
    for hour in range(25):
        if of_day >> hour & 1 and start is None:
            start = hour
        elif not of_day >> hour & 1 and start is not None:
            yield start, hour
            start = None
