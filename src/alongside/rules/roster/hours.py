"""Availability as people write it ("Mon/Wed evenings", "lunes a viernes después de las 5") to the hours of one week."""

import re
from dataclasses import dataclass, field

from alongside.rules.availability import to_hex
from alongside.rules.roster.clock_times import hours_of, mark_times
from alongside.rules.roster.day_words import DAY_GROUPS, DAYS, PARTS
from alongside.rules.roster.text import fold, word_set
from alongside.rules.vocabulary import DAY_PARTS

_ALL_WEEK = tuple(range(7))
_WEEKEND = (5, 6)
_DAYTIME = range(8, 21)
_EXCEPT = re.compile(r"\b(?:except|but not|excepto|menos|salvo|pero no|not|no)\b(?: on| los?| el| las?)?")
# Some weeks only, or perhaps: nothing that a week of hours can promise.
_NOT_WEEKLY = re.compile(
    r"\b(every other|alternat\w+|biweekly|month|monthly|varies|vary|rotating|some|mes|mensual|cada dos|varia\w*|"
    r"algun\w*|rotativ\w+|quincenal|"
    r"((1st|2nd|3rd|first|second|third|last|primer[oa]?|segund[oa]|tercer[oa]?|ultim[oa]) (and \w+ |y \w+ )?"
    r"(mon|tue|wed|thu|fri|sat|sun|week|lun|mar|mie|jue|vie|sab|dom|semana)\w*))\b"
)
# Days in single letters, as calendars and class schedules have them; a letter alone could be two days and stays unread.
_LETTERS = {
    r"m\s?-\s?f": "mon-fri",
    r"m\s?-\s?th": "mon-thu",
    r"m\s?-\s?sa?": "mon-sat",
    r"m\s?-\s?su": "mon-sun",
    r"m[/, ]?\s?w[/, ]?\s?f": "mon wed fri",
    r"m[/,]\s?w": "mon wed",
    r"tu?[/,]?\s?th": "tue thu",
    r"l(?:\s?-\s?|\s+a\s+)v": "lun-vie",
    r"l(?:\s?-\s?|\s+a\s+)s": "lun-sab",
    r"l(?:\s?-\s?|\s+a\s+)d": "lun-dom",
    r"sa[/,]\s?su": "sat sun",
}
_GROUPS = {phrase.replace(" ", ""): days for phrase, days in DAY_GROUPS.items()}
_PARTS = {
    phrase.replace(" ", ""): {hour for name in names for hour in range(*DAY_PARTS[name])}
    for phrase, names in PARTS.items()
}
_PHRASES = sorted((phrase for phrase in (*DAY_GROUPS, *PARTS) if " " in phrase), key=len, reverse=True)
_PASS_OVER = word_set(
    "or|o|e|the|on|in|at|of|de|del|la|las|los|el|por|en|para|most|is|are|available|disponible|good|best|to|al|thru|through|"
    "works|only|solo|usually|generalmente|time|times|hours|horas|a|m|p|prefer|prefers|preferably|preferred|"
    "i|can|puedo|puede|ok|fine|also|tambien|each|cada|possible|free|libre|libres|hrs|hr|h|s|around|"
    "about|como|casi|early|late|temprano|off|work|dia|dias|day"
)
_TOKEN = re.compile(r"\{[\d,]*\}|[a-z]+|\d+|[-–—]|[;\n,/.&+]")
_CUTS = frozenset((",", "/", "&", "+", "and", "y"))
_LINKS = frozenset(("-", "–", "—", "to", "a", "al", "thru", "through", "hasta"))


@dataclass(frozen=True)
class WeekHours:
    """`hours`: 42 hex digits of `rules.availability`, "" when nothing was understood; `whole`: no word left over."""

    hours: str
    whole: bool


def read_hours(text: str) -> WeekHours:
    """Weekly hours in a text. Never raises.

    Days without a time are 8:00 to 21:00, times without a day are every day, both only where every word was understood:
    an unknown word may have been the day or the time. Parts of the day are those of `vocabulary.DAY_PARTS`.
    """
    folded = re.sub(r"'s\b|’s\b", "", fold(text.replace("\n", " ; ")))
    if _NOT_WEEKLY.search(folded):
        return WeekHours("", False)
    exception = _EXCEPT.search(folded)
    bits, understood = _read(folded[: exception.start()] if exception else folded)
    if exception:
        minus, minus_understood = _read(folded[exception.end() :], range(24))
        # Alone, "not Fridays" means every other day.
        if not re.search(r"\w", folded[: exception.start()]):
            bits = _bits(_ALL_WEEK, set(_DAYTIME))
        # An exception that cannot be read takes the promise away with it.
        bits, understood = (bits & ~minus, understood and minus_understood) if minus else (0, False)
    return WeekHours(to_hex(bits) if bits else "", bool(bits) and understood)


def hour_range(text: str) -> tuple[int, int] | None:
    """(from hour, until hour) of the day for a text without days such as "9-5" or "after 5 pm"; None when unclear."""
    read = read_hours(text)
    day = int(read.hours or "0", 16) & ((1 << 24) - 1)
    if not read.whole or int(read.hours, 16) != sum(day << (24 * number) for number in _ALL_WEEK):
        return None
    hours = [hour for hour in range(24) if day >> hour & 1]
    return (hours[0], hours[-1] + 1) if hours[-1] - hours[0] + 1 == len(hours) else None


@dataclass
class _Group:
    """Days and times said together; `times` is None where none was said."""

    days: list[int] = field(default_factory=list)
    times: set[int] | None = None
    time_first: bool = False

    def add_days(self, days: list[int]) -> None:
        self.days.extend(days)

    def add_times(self, hours: set[int]) -> None:
        if self.times is None:
            self.times, self.time_first = set(hours), not self.days
        else:
            # "Nights after 7" is both at once; "mornings 14-16" can only mean one or the other.
            self.times = self.times & hours or self.times | hours


def _read(text: str, day_hours: range = _DAYTIME) -> tuple[int, bool]:
    """Bits of a text without exceptions, and whether each word was understood; `day_hours` of a day without a time."""
    for letters, days in _LETTERS.items():
        text = re.sub(rf"(?<![a-z/-]){letters}(?![a-z/-])", days, text)
    text = mark_times(text)
    for phrase in _PHRASES:
        text = text.replace(phrase, phrase.replace(" ", ""))
    bits = 0
    understood = True
    weak = 0
    for block in re.split(r"[;\n]", text):
        tokens = _TOKEN.findall(block)
        understood = understood and all(_is_understood(token) for token in tokens)
        sure, by_default = _join([_groups(clause) for clause in _clauses(tokens)], set(day_hours))
        bits |= sure
        weak |= by_default
    return bits | weak if understood else bits, understood


def _is_understood(token: str) -> bool:
    known = token in DAYS or token in _GROUPS or token in _PARTS or token in _PASS_OVER or token in _CUTS
    return token != "{}" and (known or not token.isalnum())  # noqa: S105  a mark, no secret


def _clauses(tokens: list[str]) -> list[list[str]]:
    clauses: list[list[str]] = [[]]
    for token in tokens:
        if token in _CUTS:
            clauses.append([])
        else:
            clauses[-1].append(token)
    return clauses


def _groups(tokens: list[str]) -> list[_Group]:
    """One clause: "Mon evenings Sat" begins a new group at a day after a time, "mornings Mon evenings Sat" not."""
    groups = [_Group()]
    for place, token in enumerate(tokens):
        days = list(_GROUPS.get(token, ()))
        if token in DAYS:
            linked = place > 1 and tokens[place - 1] in _LINKS and tokens[place - 2] in DAYS
            start = DAYS[tokens[place - 2]] if linked else DAYS[token]
            days = [(start + step) % 7 for step in range((DAYS[token] - start) % 7 + 1)]
        if days:
            if groups[-1].times is not None and not groups[-1].time_first:
                groups.append(_Group())
            groups[-1].add_days(days)
        hours = hours_of(token) if token.startswith("{") else _PARTS.get(token)
        if hours is not None:
            if groups[-1].days and groups[-1].time_first:
                groups.append(_Group())
            groups[-1].add_times(hours)
    return [group for group in groups if group.days or group.times is not None]


def _join(clauses: list[list[_Group]], day_hours: set[int]) -> tuple[int, int]:
    """(bits that were said, bits that follow by default) of clauses that lean on each other.

    "Mon, Wed evenings": days wait for a time. "Mon 9-12, 1-3": a time leans on the days before. "Evenings Mon, Wed":
    days lean on a time that came first. "Evenings, weekends" are two things.
    """
    said = by_default = 0
    days: list[int] = []
    times: set[int] | None = None
    latest: _Group | None = None
    for group in (group for clause in clauses for group in clause):
        if group.days and group.times is not None:
            if times is not None and group.time_first:
                group.times |= times
            elif times is not None:
                by_default |= _bits(_ALL_WEEK, times)
            if days and group.time_first:
                by_default |= _bits(days, day_hours)
            elif days:
                group.days = days + group.days
            days, times, latest = [], None, group
            said |= _bits(group.days, group.times)
        elif group.days:
            is_weekend = set(group.days) <= set(_WEEKEND) and len(group.days) == len(_WEEKEND)
            if times is not None and not is_weekend:
                latest, times = _Group(group.days, times, True), None
                said |= _bits(latest.days, latest.times or set())
            elif latest and latest.time_first and latest.times and not days:
                said |= _bits(group.days, latest.times)
            else:
                by_default |= _bits(_ALL_WEEK, times or set())
                times = None
                days = days + group.days
        elif group.times is not None:
            if days:
                latest, days = _Group(days, group.times), []
                said |= _bits(latest.days, group.times)
            elif latest and not latest.time_first:
                said |= _bits(latest.days, group.times)
            else:
                times = (times or set()) | group.times
    return said, by_default | _bits(days, day_hours) | _bits(_ALL_WEEK, times or set())


def _bits(days: list[int] | tuple[int, ...], hours: set[int]) -> int:
    return sum(1 << (day * 24 + hour) for day in set(days) for hour in hours)
