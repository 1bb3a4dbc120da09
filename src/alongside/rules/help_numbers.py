"""Whom to call in a hard moment, by country. Plain data, so that an operator can add a country (docs/run/settings.md).

Numbers change: whoever runs a program dials each one before it goes live. Sources: 988lifeline.org and
the National Domestic Violence Hotline (US), 988.ca (CA), gob.mx Linea de la Vida (MX). A country that is not
listed shows the program's own lines and its own emergency number only, never those of another country.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

CALL, TEXT, CHAT = "call", "text", "chat"
WAYS = (CALL, TEXT, CHAT)
NAMES = ("crisis", "home")
"""`crisis` any hard moment, thoughts of suicide too · `home` somebody at home hurts you."""

DIALED = re.compile(r"\+?\d{3,15}\Z")
WEB = re.compile(r"[a-z0-9.-]+\.[a-z]{2,}(?:/[\w/.-]*)?\Z")
MOST_LINES = 20


class NumbersInvalid(ValueError):
    """What an operator wrote cannot be help numbers; says which country and what is wrong."""


@dataclass(frozen=True)
class Line:
    """One way to reach one service. `number` is dialed or typed into the address line; `word` is what to text."""

    name: str
    way: str
    number: str
    word: str = ""
    word_es: str = ""
    press_es: str = ""

    @property
    def href(self) -> str:
        """`tel:` or `sms:`; "" for a chat: nothing outside learns where somebody came from (E6)."""
        return {CALL: "tel:", TEXT: "sms:", CHAT: ""}[self.way] + (self.number if self.way != CHAT else "")


@dataclass(frozen=True)
class Numbers:
    """The numbers of one country. `emergency` is the one for danger to life, or ""."""

    emergency: str
    lines: tuple[Line, ...]

    def first(self, name: str, way: str) -> Line | None:
        """The first line of this name and way."""
        return next((line for line in self.lines if (line.name, line.way) == (name, way)), None)


NOWHERE = Numbers("", ())
NUMBERS: Mapping[str, Numbers] = {
    "US": Numbers(
        "911",
        (
            Line("crisis", CALL, "988", press_es="2"),
            Line("crisis", TEXT, "988", word_es="AYUDA"),
            Line("crisis", CHAT, "988lifeline.org"),
            Line("home", CALL, "18007997233"),
            Line("home", TEXT, "88788", word="START", word_es="START"),
        ),
    ),
    "CA": Numbers("911", (Line("crisis", CALL, "988"), Line("crisis", TEXT, "988"))),
    "MX": Numbers("911", (Line("crisis", CALL, "8009112000"),)),
}


def numbers_for(country: str, own: Mapping[str, Numbers] | None = None) -> Numbers:
    """The numbers of a country (ISO 3166-1, two letters), those of the operator first.

    >>> numbers_for("us").emergency, numbers_for("ZZ").lines
    ('911', ())
    """
    code = country.upper()
    return (own or {}).get(code) or NUMBERS.get(code) or NOWHERE


def spoken_number(number: str) -> str:
    """A number as people read it: long ones in groups, short ones and addresses as they are.

    >>> spoken_number("18007997233"), spoken_number("8009112000"), spoken_number("988")
    ('1-800-799-7233', '800-911-2000', '988')
    """
    if not number.isdigit() or len(number) not in (10, 11):
        return number
    groups = (number[-10:-7], number[-7:-4], number[-4:])
    return "-".join((number[:-10], *groups) if len(number) == 11 else groups)


def read_numbers(values: object) -> dict[str, Numbers]:
    """An operator's numbers: `{"NZ": {"emergency": "111", "lines": [{"name": "crisis", "way": "call", "number":
    "1737"}]}}`. A country listed here replaces the one that is shipped. Raises `NumbersInvalid`.
    """
    if not isinstance(values, Mapping):
        raise NumbersInvalid("not an object of countries")
    return {code: _country(code, one) for code, one in values.items()}


def _country(code: object, values: object) -> Numbers:
    if not isinstance(code, str) or not re.fullmatch(r"[A-Z]{2}", code):
        raise NumbersInvalid(f"{code!r} is no country of two capital letters")
    if not isinstance(values, Mapping) or values.keys() - {"emergency", "lines"}:
        raise NumbersInvalid(f"{code}: takes emergency and lines, nothing else")
    emergency, lines = values.get("emergency", ""), values.get("lines", [])
    if not isinstance(emergency, str) or (emergency and not DIALED.match(emergency)):
        raise NumbersInvalid(f"{code}: emergency is no telephone number")
    if not isinstance(lines, list) or len(lines) > MOST_LINES:
        raise NumbersInvalid(f"{code}: lines is no list of at most {MOST_LINES}")
    return Numbers(emergency, tuple(_line(code, one) for one in lines))


def _line(code: str, values: object) -> Line:
    known = {"name", "way", "number", "word", "word_es", "press_es"}
    if not isinstance(values, Mapping) or values.keys() - known or not {"name", "way", "number"} <= values.keys():
        raise NumbersInvalid(f"{code}: a line has name, way and number")
    if not all(isinstance(one, str) and len(one) <= 60 for one in values.values()):
        raise NumbersInvalid(f"{code}: a line holds short texts")
    line = Line(**values)
    if line.name not in NAMES or line.way not in WAYS or not (WEB if line.way == CHAT else DIALED).match(line.number):
        raise NumbersInvalid(f"{code}: {line.name} {line.way} cannot be reached so")
    return line
