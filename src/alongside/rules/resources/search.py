"""What a search means: words to find, needs that the words speak of in either language, a place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .needs import fold, of_text

WORD = re.compile(r"\w+")
SMALL = frozenset([
    "a", "an", "and", "are", "at", "for", "help", "i", "in", "me", "my", "near", "need", "of", "on", "or", "some",
    "that", "the", "to", "with", "where", "who", "want", "al", "ayuda", "busco", "como", "con", "cerca", "de", "del",
    "donde", "el", "en", "es", "la", "las", "lo", "los", "mi", "necesito", "o", "para", "por", "que", "quiero", "un",
    "una", "y",
])  # fmt: skip
"""Words that find nothing, in both languages."""
MOST = 8


@dataclass(frozen=True)
class Asked:
    """What somebody looks for. `spoken` are needs that the words name; the others are what was chosen."""

    words: tuple[str, ...] = ()
    spoken: frozenset[str] = frozenset()
    place: tuple[str, ...] = ()
    need: str = ""
    group: str = ""
    language: str = ""
    is_open: bool = False
    age: int | None = None
    is_free: bool = False
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_everything(self) -> bool:
        """Whether nothing was asked."""
        return not (self.words or self.place or self.is_open or self.is_narrow)

    @property
    def is_narrow(self) -> bool:
        """Whether one of the narrower choices was made."""
        return bool(self.need or self.group or self.language or self.is_free or self.age is not None)


def words_of(text: str) -> list[str]:
    """The words of a text, folded, each once.

    >>> words_of("Comida, ropa y MÁS comida")
    ['comida', 'ropa', 'y', 'mas']
    """
    return list(dict.fromkeys(WORD.findall(fold(text))))


def as_searched(text: str, most: int) -> str:
    """The words of a text with a blank before each, so that " foo" finds all that begins so.

    >>> as_searched("Food, good food", 100)
    ' food good'
    """
    kept, length = [], 0
    for word in words_of(text):
        length += len(word) + 1
        if length > most:
            break
        kept.append(word)
    return "".join(f" {word}" for word in kept)


def ask(
    *,
    words: str = "",
    place: str = "",
    need: str = "",
    group: str = "",
    language: str = "",
    is_open: bool = False,
    age: int | None = None,
    is_free: bool = False,
) -> Asked:
    """What a form means, as `Asked`.

    >>> asked = ask(words="Necesito comida para mi familia")
    >>> asked.words, sorted(asked.spoken)
    (('comida', 'familia'), ['food'])
    """
    return Asked(
        tuple(word for word in words_of(words) if word not in SMALL)[:MOST], of_text(words),
        tuple(words_of(place))[:MOST], need, group, language, is_open, age, is_free, {"words": words, "place": place},
    )  # fmt: skip
