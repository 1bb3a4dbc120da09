"""Words that the reader takes as they stand: a cell in white brackets, `⟦Dr Ana Ruiz⟧`.

A roster is read kindly: "n/a" says nothing, a title goes, double blanks become one. What this house itself writes must
come back as it was, so a cell that would be read otherwise is put in these brackets, and what cleaning would take away
stands in it as `\\u` and four hex digits (`\\\\` for a backslash).
"""

import re

from alongside.rules.roster.text import clean

_OPEN, _CLOSE = "⟦", "⟧"
_ESCAPE = re.compile(r"\\(\\|u([0-9a-f]{4}))")
# Workbooks give `_x0041_` a meaning of their own.
_OF_WORKBOOKS = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# Where a spreadsheet program takes another separator for that of the file, a cell may begin here (H4).
_MAY_BEGIN_A_CELL = re.compile(r"([;|\n]\s*[\"']?)([=+@-])")

EXACT_FIELDS = frozenset(
    ("external_id", "goes_by", "legal_name", "pronouns", "phone", "email", "zip", "site", "supervisor", "notes",
     "limits", "own_words", "story", "name_to_use")
)  # fmt: skip
"""Fields of words: only these can be written so. Codes, dates and numbers have one plain form anyway."""


def is_plain(text: str) -> bool:
    """Whether a text comes through a file as it is: nothing to clean away, and no bracket of ours around it."""
    is_calm = not (_OF_WORKBOOKS.search(text) or _MAY_BEGIN_A_CELL.search(text))
    return is_calm and clean(text) == text and read_exact(text) is None


def write_exact(text: str) -> str:
    """The text in brackets.

    >>> write_exact("Dr Ana Ruiz"), write_exact("a  b")
    ('⟦Dr Ana Ruiz⟧', '⟦a \\\\u0020b⟧')
    """
    inside = _OF_WORKBOOKS.sub(r"\\u005f", text.replace("\\", "\\\\"))
    inside = _MAY_BEGIN_A_CELL.sub(lambda found: found[1] + _spell(found[2]), inside)
    if clean(f"{_OPEN}{inside}{_CLOSE}") != f"{_OPEN}{inside}{_CLOSE}":
        inside = "".join(_escape(letter, before) for letter, before in zip(inside, " " + inside, strict=False))
    if clean(f"{_OPEN}{inside}{_CLOSE}") != f"{_OPEN}{inside}{_CLOSE}":
        # Letters that change beside each other (an accent apart from its letter): all but the plain ones are spelled.
        inside = "".join(letter if letter.isascii() else _spell(letter) for letter in inside)
    return f"{_OPEN}{inside}{_CLOSE}"


def read_exact(text: str) -> str | None:
    """The words inside the brackets; None for every other cell.

    >>> read_exact("⟦a \\\\u0020b⟧"), read_exact("a b")
    ('a  b', None)
    """
    if not (text.startswith(_OPEN) and text.endswith(_CLOSE) and len(text) > 1):
        return None
    inside = _ESCAPE.sub(lambda found: "\\" if found[1] == "\\" else chr(int(found[2], 16)), text[1:-1])
    # Letters beyond the first plane are spelled as two; put together they are one again.
    return inside.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _escape(letter: str, before: str) -> str:
    if letter == " " and before not in " \n":
        return letter
    return letter if letter not in " \n" and clean(letter) == letter else _spell(letter)


def _spell(letter: str) -> str:
    units = letter.encode("utf-16-le", "surrogatepass")
    return "".join(f"\\u{int.from_bytes(units[place : place + 2], 'little'):04x}" for place in range(0, len(units), 2))
