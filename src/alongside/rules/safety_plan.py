"""What a safety plan still lacks, and the telephone numbers in it.

The six parts follow the steps of Stanley and Brown's safety planning intervention, in our own words (field notes S10;
their form is theirs and is not used). Three plans in ten lack a contact, and those without somebody to ask for help, or
without company, went with worse outcomes (odds ratios 2.11 and 2.45: Green and others, doi 10.1176/appi.ps.202100699).
So the page asks, kindly, for both kinds of contact. It asks; it refuses nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

CONTACT_PARTS = ("company", "ask")
"""The two kinds of contact that are often missing: people to be with, and people to ask for help."""

WITH_NUMBERS = ("company", "ask", "trained")

_NUMBER = re.compile(r"(?<![\w/.])\+?\(?\d[\d ().\u00a0-]{1,20}\d(?!\w)")


@dataclass(frozen=True)
class Line:
    """One line of a part. `number` is what a phone can dial, or ""."""

    words: str
    number: str


def read_lines(words: str) -> tuple[Line, ...]:
    """The lines of a part, each with the first telephone number in it: 3 to 15 digits, with a + where one was written.

    >>> read_lines("Ana, my sister 213-555-0142\\nThe library")
    (Line(words='Ana, my sister 213-555-0142', number='2135550142'), Line(words='The library', number=''))
    """
    lines = (line.strip() for line in words.splitlines())
    return tuple(Line(line, _number_in(line)) for line in lines if line)


def _number_in(line: str) -> str:
    for match in _NUMBER.finditer(line):
        digits = re.sub(r"\D", "", match.group())
        # A house number or a time of day is no telephone: short numbers are those of help lines, with three digits.
        if 7 <= len(digits) <= 15 or (len(digits) == 3 and match.group().isdigit()):
            return ("+" if match.group().startswith("+") else "") + digits
    return ""


def nudges(parts: Mapping[str, str]) -> tuple[str, ...]:
    """What to ask for next, as codes: `no_company`, `no_ask`, `no_number` (somebody to ask, and no way to call them).

    A page on which nothing stands yet gets none: whoever begins should not be met by a list of what is missing.

    >>> nudges({}), nudges({"signs": "I stop sleeping"}), nudges({"company": "Ana", "ask": "Ben"})
    ((), ('no_company', 'no_ask'), ('no_number',))
    """
    if not any(words.strip() for words in parts.values()):
        return ()
    found = [f"no_{part}" for part in CONTACT_PARTS if not read_lines(parts.get(part, ""))]
    asked = read_lines(parts.get("ask", ""))
    if asked and not any(line.number for line in asked):
        found.append("no_number")
    return tuple(found)
