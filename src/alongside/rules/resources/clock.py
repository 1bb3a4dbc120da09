"""Times of day as feeds write them."""

import re

TIME = re.compile(
    r"^\s*(\d{1,2})(?:[:.h](\d{2}))?(?::(\d{2})(?:\.\d+)?)?\s*(a\.?\s?m\.?|p\.?\s?m\.?)?\s*(Z|[+-]\d{1,2}(?::?\d{2})?)?\s*$",
    re.IGNORECASE,
)
LONGEST = 40
"""Letters of a time. A longer text is none, and takes the longer to be refused."""
WORDS = {"noon": 720, "midday": 720, "mediodía": 720, "midnight": 1440, "medianoche": 1440}


def read_time(value: object) -> tuple[int, int | None] | None:
    """(minutes after midnight, minutes east of UTC or None) of a time; None for what is no time. 24:00 is 1440.

    >>> read_time("9:00am"), read_time("18:00:00"), read_time("17:00-05:00"), read_time("by appointment")
    ((540, None), (1080, None), (1020, -300), None)
    """
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    if (named := WORDS.get(value.strip().lower())) is not None:
        return named, None
    found = TIME.match(value)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    half = (found[4] or "").lower()[:1]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    elif found[2] is None:
        return None  # "9" alone says too little
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    return hour * 60 + minute, _offset(found[5])


def _offset(text: str | None) -> int | None:
    if text is None:
        return None
    if text.upper() == "Z":
        return 0
    digits = text[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    if hours > 14 or minutes > 59:
        return None
    return (hours * 60 + minutes) * (-1 if text[0] == "-" else 1)
