"""Folding names for search: no accents, lower case, single blanks."""

import unicodedata

ERASED = "A person · Una persona"
"""What stands where the name of somebody stood who was erased, in both languages: a list reads the name from the row,
in no language. Nobody is called so, and no list of records shows it (`privacy.queries`)."""


def fold(name: str) -> str:
    """The searchable form of a name.

    >>> fold("  José  Ñandú ")
    'jose nandu'
    """
    plain = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())
