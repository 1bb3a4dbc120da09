"""Codes of a row as bits of one number: asked in one comparison, whatever the database."""

from collections.abc import Iterable

from alongside.rules.resources.needs import GROUPS, NEEDS
from alongside.rules.vocabulary import LANGUAGES

NEED_BITS = (
    "housing", "recovery_home", "food", "things", "money", "work", "school", "legal", "papers", "health", "mind",
    "recovery", "harm_reduction", "family", "safety", "transport",
)  # fmt: skip
"""The place of a need is what is stored: a new one comes at the end, none goes away or moves."""
GROUP_BITS = ("women", "men", "families", "youth", "older", "veterans", "coming_home", "lgbtq")
LANGUAGE_BITS = ("en", "es", "vi", "zh", "ko", "tl", "ru", "ar", "hy", "fa", "ht", "fr", "pt", "ase")

if set(NEED_BITS) != set(NEEDS) or set(GROUP_BITS) != set(GROUPS) or set(LANGUAGE_BITS) != set(LANGUAGES):
    raise RuntimeError("each code of the rules needs its bit here, at the end of its list")


def to_bits(codes: Iterable[str], places: tuple[str, ...]) -> int:
    """One bit for each code.

    >>> to_bits(["food", "housing"], NEED_BITS)
    5
    """
    return sum(1 << places.index(code) for code in set(codes))


def from_bits(bits: int, places: tuple[str, ...]) -> list[str]:
    """The codes of the bits that are set, in the order of the list."""
    return [code for place, code in enumerate(places) if bits >> place & 1]
