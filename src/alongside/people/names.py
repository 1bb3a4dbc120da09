"""Folding names for search: no accents, lower case, single blanks."""

import unicodedata


def fold(name: str) -> str:
    """The searchable form of a name.

    >>> fold("  José  Ñandú ")
    'jose nandu'
    """
    plain = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())
