"""Clock times inside a folded text ("after 5", "de 3 a 6 de la tarde") become marks of whole hours: `{17,18}`.

Hours without a.m. or p.m. are as people mean them: 5 is the afternoon, 9 the morning. A part of an hour is left out; a
time without any whole hour is the empty mark `{}`.
"""

import re

_DAY_START, _DAY_END = 8, 24
_EVENING_END = 21
_CLOCK = r"(\d{1,2})(?:[:.h](\d{2}))?\s*(a\.? ?m\b\.?|p\.? ?m\b\.?|[ap]\b|hrs?\b|h\b)?"
_LAS = r"(?:las?\s+|el\s+)?"
_TO = r"(?:-|–|—|\b(?:to|a|and|y|till?|until|hasta)\b)"
_RANGE = re.compile(rf"(?:\b(?:between|from|entre|desde|de)\s+)?{_LAS}{_CLOCK}\s*{_TO}\s*{_LAS}{_CLOCK}")
_AFTER = re.compile(rf"\b(?:after|from|since|past|despues de|a partir de|desde)\s+{_LAS}{_CLOCK}")
_BEFORE = re.compile(rf"\b(?:before|until|till?|by|antes de|hasta)\s+{_LAS}{_CLOCK}")
_PLUS = re.compile(rf"{_CLOCK}\s*\+")
_AT = re.compile(r"\b(\d{1,2})(?:[:.](\d{2}))?\s*(a\.? ?m\b\.?|p\.? ?m\b\.?)")
_ANY = re.compile(
    r"\b(any ?time|all the time|always|whenever|flexible|24 ?/ ?7|wide open|open|all hours|"
    r"(a )?cualquier (hora|momento|horario)|siempre|cuando sea|todo el tiempo|(a )?toda hora)\b"
)
_AFTER_WORK = re.compile(r"\b(after (work|school|dinner)|despues del? (trabajo|la escuela|trabajar|cenar))\b")
_WORDS = {
    r"noon|midday|mediodia|medio dia": "12pm",
    r"midnight|medianoche": "24",
}
_OF_THE_PART = (
    (re.compile(r"(\d{1,2}(?:[:.]\d{2})?)\s*(?:de|en|por) la (?:tarde|noche)\b"), r"\1pm"),
    (re.compile(r"(\d{1,2}(?:[:.]\d{2})?)\s*(?:de|en|por) la manana\b"), r"\1am"),
)

Clock = tuple[str | None, ...]


def mark_times(text: str) -> str:
    """The text with every clock time replaced by a mark ` {17,18} `."""
    for words, clock in _WORDS.items():
        text = re.sub(rf"\b(?:{words})\b", clock, text)
    text = _AFTER_WORK.sub(_mark(17, _EVENING_END), text)
    for found, written in _OF_THE_PART:
        text = found.sub(written, text)
    text = _RANGE.sub(lambda match: _mark(*_between(match.groups()[:3], match.groups()[3:])), text)
    text = _AFTER.sub(_mark_after, text)
    text = _BEFORE.sub(lambda match: _mark(_DAY_START, _minutes(match.groups()) // 60), text)
    text = _PLUS.sub(_mark_after, text)
    text = _AT.sub(lambda match: _mark(_opens(match.groups()), _opens(match.groups()) + 1), text)
    return _ANY.sub(_mark(_DAY_START, _DAY_END), text)


def hours_of(mark: str) -> set[int]:
    """The hours of one mark."""
    return {int(hour) for hour in mark.strip("{} ").split(",") if hour}


def _mark_after(match: re.Match[str]) -> str:
    opens = _opens(match.groups())
    return _mark(opens, _EVENING_END if opens < _EVENING_END else _DAY_END)


def _between(start: Clock, end: Clock) -> tuple[int, int]:
    """First and end hour of "5-8pm" (all afternoon), "9-5pm" (from the morning), "10-2", "7-9"."""
    opens, closes = _minutes(start), _minutes(end)
    hour, minutes = int(start[0] or 0), int(start[1] or 0)
    if not _half(start) and _half(end) == "p" and hour < 12:
        late = (hour + 12) * 60 + minutes
        opens = late if late < closes else hour * 60 + minutes
    elif not _half(start) and _half(end) == "a":
        opens = hour % 12 * 60 + minutes
    if closes <= opens and not _half(end) and closes + 720 <= 1440:
        closes += 720
    return -(-opens // 60), closes // 60


def _opens(clock: Clock) -> int:
    return -(-_minutes(clock) // 60)


def _minutes(clock: Clock) -> int:
    """Minutes since midnight; above 1440 for what is no time of a day."""
    hour, minutes = int(clock[0] or 0), int(clock[1] or 0)
    half = _half(clock)
    # "7" is the evening, "7:30" may as well be the morning: said more exactly, it is taken more exactly.
    usually_later = not half and 1 <= hour <= (7 if clock[1] is None else 6)
    if (half == "p" and hour < 12) or usually_later:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    return hour * 60 + minutes


def _half(clock: Clock) -> str:
    return clock[2][0] if clock[2] and clock[2][0] in "ap" else ""


def _mark(start: int, end: int) -> str:
    hours = range(start, end) if end <= 24 else range(0)
    return " {" + ",".join(map(str, hours)) + "} "
