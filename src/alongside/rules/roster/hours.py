"""Availability as people write it ("Mon/Wed evenings", "lunes a viernes después de las 5") to the hours of one week."""

import re
from dataclasses import dataclass

from alongside.rules.availability import to_hex
from alongside.rules.roster.day_words import DAY_GROUPS, DAYS, PARTS
from alongside.rules.roster.text import fold, word_set
from alongside.rules.vocabulary import DAY_PARTS

_ALL_WEEK = tuple(range(7))
_DAY_START, _DAY_END, _DAYTIME = 8, 24, range(8, 21)
_ANY = re.compile(
    r"\b(any ?time|all the time|always|whenever|flexible|24 ?/ ?7|wide open|open|"
    r"cualquier (hora|momento|horario)|a cualquier hora|siempre|cuando sea|todo el tiempo|"
    r"toda hora|a toda hora|all hours)\b"
)
_CLOCK = r"(\d{1,2})(?:[:.h](\d{2}))?\s*(a\.? ?m\b\.?|p\.? ?m\b\.?|[ap]\b|hrs?\b|h\b)?"
_RANGE = re.compile(
    rf"(?:\b(?:between|from|entre|desde|de)\s+)?(?:las?\s+)?{_CLOCK}\s*(?:-|–|—|\bto\b|\ba\b|\band\b|\by\b|\btill?\b|"
    rf"\buntil\b|\bhasta\b)\s*(?:las?\s+)?{_CLOCK}"
)
_AFTER = re.compile(rf"\b(?:after|from|since|past|despues de|a partir de|desde)\s+(?:las?\s+|el\s+)?{_CLOCK}")
_BEFORE = re.compile(rf"\b(?:before|until|till?|by|antes de|hasta)\s+(?:las?\s+|el\s+)?{_CLOCK}")
_AT = re.compile(r"\b(\d{1,2})(?:[:.](\d{2}))?\s*(a\.? ?m\b\.?|p\.? ?m\b\.?)")
_PLUS = re.compile(rf"{_CLOCK}\s*\+")
_EXCEPT = re.compile(r"\b(?:except|but not|excepto|menos|salvo|pero no|not|no)\b(?: on| los?| el| las?)?")
_NOON = {
    "noon": "12pm",
    "midday": "12pm",
    "mediodia": "12pm",
    "medio dia": "12pm",
    "midnight": "24",
    "medianoche": "24",
}
# Days in single letters, as calendars and class schedules have them; a letter alone could be two days and stays unread.
_LETTERS = {
    r"m\s?-\s?f": "mon-fri",
    r"m\s?-\s?th": "mon-thu",
    r"m\s?-\s?sa?": "mon-sat",
    r"m\s?-\s?su": "mon-sun",
    r"m[/,]?\s?w[/,]?\s?f": "mon wed fri",
    r"m[/,]\s?w": "mon wed",
    r"tu?[/,]?\s?th": "tue thu",
    r"l\s?(?:-|a)\s?v": "lun-vie",
    r"l\s?(?:-|a)\s?[sd]": "lun-sab",
    r"sa[/,]\s?su": "sat sun",
}
_AFTER_WORK = re.compile(r"\b(after (work|school|dinner)|despues del? (trabajo|la escuela|trabajar|cenar))\b")
_PASS_OVER = word_set(
    "and|y|or|o|e|the|on|in|at|of|de|del|la|las|los|el|por|en|para|most|is|are|available|disponible|good|best|"
    "works|only|solo|usually|generalmente|time|times|hours|horas|a|m|p|to|prefer|prefers|preferably|preferred|"
    "i|can|puedo|puede|am|pm|ok|fine|also|tambien|each|cada|if|possible|free|libre|libres|hrs|hr|h|s|around|"
    "about|como|casi|early|late|temprano|off|work|dia|dias|day"
)
_TOKEN = re.compile(r"\{[\d,]*\}|[a-z]+|\d+|[-–—]|[;\n,/.&+]")


@dataclass(frozen=True)
class WeekHours:
    """`hours`: 42 hex digits of `rules.availability`, "" when nothing was understood; `whole`: no word left over."""

    hours: str
    whole: bool


def read_hours(text: str) -> WeekHours:
    """Weekly hours in a text. Hours without a.m. or p.m. are as people mean them: 5 is the afternoon, 9 the morning.

    Days without a time are 8:00 to 21:00; times without a day are every day; part hours are left out. Never raises.
    """
    folded = re.sub(r"'s\b|’s\b", "", fold(text.replace("\n", " ; ")))
    allowed, _, forbidden = _cut(folded)
    bits, understood = _read(allowed)
    if forbidden:
        # "Any time except Wednesday"; alone, "not Fridays" means every other day.
        minus, minus_understood = _read(forbidden)
        if not minus:
            return WeekHours(to_hex(bits) if bits else "", False)
        if not bits and not allowed.strip(" ,;."):
            bits = _bits(_ALL_WEEK, set(_DAYTIME))
        bits, understood = bits & ~minus, understood and minus_understood
    return WeekHours(to_hex(bits) if bits else "", bool(bits) and understood)


def hour_range(text: str) -> tuple[int, int] | None:
    """(from hour, until hour) of the day for a text without days such as "9-5" or "after 5 pm"; None when unclear."""
    read = read_hours(text)
    if not read.whole or set(re.findall(r"[a-z]+", fold(text))) & (set(DAYS) | {"weekdays", "weekends"}):
        return None
    day = int(read.hours, 16) & ((1 << 24) - 1)
    hours = [hour for hour in range(24) if day >> hour & 1]
    return (hours[0], hours[-1] + 1) if hours and hours[-1] - hours[0] + 1 == len(hours) else None


def _cut(text: str) -> tuple[str, str, str]:
    match = _EXCEPT.search(text)
    return (text[: match.start()], match.group(), text[match.end() :]) if match else (text, "", "")


def _read(text: str) -> tuple[int, bool]:
    """Bits of a text without exceptions, and whether each word was understood."""
    for letters, days in _LETTERS.items():
        text = re.sub(rf"(?<![a-z/-]){letters}(?![a-z/-])", days, text)
    for word, clock in _NOON.items():
        text = re.sub(rf"\b{word}\b", clock, text)
    text = _AFTER_WORK.sub(_mark(range(17, 21)), text)
    for phrase in sorted((p for p in (*DAY_GROUPS, *PARTS) if " " in p), key=len, reverse=True):
        text = re.sub(rf"\b{phrase}\b", phrase.replace(" ", ""), text)
    # "la mañana" is the morning; "mañana y tarde" too. Clock times come first so that "5 de la tarde" keeps its part.
    text = re.sub(r"(\d{1,2}(?:[:.]\d{2})?)\s*(?:de|en|por) la (?:tarde|noche)", r"\1pm", text)
    text = re.sub(r"(\d{1,2}(?:[:.]\d{2})?)\s*(?:de|en|por) la manana", r"\1am", text)
    text = _RANGE.sub(lambda m: _mark(_between(m.groups()[:3], m.groups()[3:])), text)
    text = _AFTER.sub(lambda m: _mark(range(_hour(m.groups()), 21 if _hour(m.groups()) < 21 else 24)), text)
    text = _BEFORE.sub(lambda m: _mark(range(_DAY_START, _hour(m.groups(), ends=True))), text)
    text = _PLUS.sub(lambda m: _mark(range(_hour(m.groups()), 21 if _hour(m.groups()) < 21 else 24)), text)
    text = _AT.sub(lambda m: _mark(range(_hour(m.groups()), _hour(m.groups()) + 1)), text)
    text = _ANY.sub(_mark(range(_DAY_START, _DAY_END)), text)
    return _gather(_TOKEN.findall(text))


def _gather(tokens: list[str]) -> tuple[int, bool]:
    """Days collect until a time is said; a day after a time begins a new group: "Mon, Wed evenings, Sat"."""
    groups = {phrase.replace(" ", ""): days for phrase, days in DAY_GROUPS.items()}
    parts = {phrase.replace(" ", ""): names for phrase, names in PARTS.items()}
    bits = 0
    understood = True
    days: list[int] = []
    times: set[int] = set()
    for_no_day: set[int] = set()
    for place, token in enumerate(tokens):
        new_days = _days_of(tokens, place, groups, days)
        if new_days:
            if times:
                bits |= _bits(days, times)
                for_no_day |= set() if days else times
                days, times = [], set()
            days.extend(new_days)
        elif token.startswith("{"):
            times |= {int(hour) for hour in token[1:-1].split(",") if hour}
        elif token in parts:
            times |= {hour for name in parts[token] for hour in range(*DAY_PARTS[name])}
        elif times and token in (";", "\n"):
            bits |= _bits(days, times)
            for_no_day |= set() if days else times
            days, times = [], set()
        elif token.isalnum() and token not in _PASS_OVER:
            understood = False
        if token in parts and token in groups:
            times |= {hour for name in parts[token] for hour in range(*DAY_PARTS[name])}
    if days:
        bits |= _bits(days, times or set(_DAYTIME))
    else:
        for_no_day |= times
    # An unknown word may have been the day: then times without a day promise nothing.
    return bits | (_bits(_ALL_WEEK, for_no_day) if understood else 0), understood


def _days_of(tokens: list[str], place: int, groups: dict[str, tuple[int, ...]], days: list[int]) -> list[int]:
    """Days that a token adds; after "to", "a" or a dash, all days since the latest one."""
    token = tokens[place]
    if token in groups:
        return list(groups[token])
    if token not in DAYS:
        return []
    to = DAYS[token]
    if place > 1 and tokens[place - 1] in ("-", "–", "—", "to", "a", "al", "thru", "through", "hasta") and days:
        start = days[-1]
        return [(start + step) % 7 for step in range((to - start) % 7 + 1)]
    return [to]


def _between(start: tuple[str | None, ...], end: tuple[str | None, ...]) -> range:
    closes = _hour(end, ends=True)
    says_start, says_end = _half(start), _half(end)
    opens = _hour(start)
    if not says_start and says_end == "p" and int(start[0] or 0) < 12:
        # "5-8pm" is all afternoon, "9-5pm" begins in the morning.
        late = int(start[0] or 0) + 12 + bool(int(start[1] or 0))
        opens = late if late < closes else opens
    elif not says_start and says_end == "a":
        opens = int(start[0] or 0) % 12
    if closes <= opens and not says_end:
        closes += 12 if closes + 12 <= 24 else 0
    return range(min(opens, 24), min(closes, 24))


def _hour(clock: tuple[str | None, ...], ends: bool = False) -> int:
    """First whole hour (or, for an end, the last) of a clock time, 0 to 24."""
    hour, minutes = int(clock[0] or 0), int(clock[1] or 0)
    half = _half(clock)
    if (
        (half == "p" and hour < 12)
        or (not half and clock[1] is None and 1 <= hour <= 7)
        or (not half and 1 <= hour <= 6)
    ):
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    return min(24, hour + (1 if minutes and not ends else 0))


def _half(clock: tuple[str | None, ...]) -> str:
    return clock[2][0] if clock[2] and clock[2][0] in "ap" else ""


def _mark(hours: range) -> str:
    return " {" + ",".join(str(hour) for hour in hours if 0 <= hour < 24) + "} "


def _bits(days: list[int] | tuple[int, ...], hours: set[int]) -> int:
    return sum(1 << (day * 24 + hour) for day in set(days) for hour in hours)
