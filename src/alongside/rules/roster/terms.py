"""Words in a cell to codes of the vocabulary: lists by any separator; what is not known comes back as written."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alongside.rules.roster.synonyms import codes_by_words
from alongside.rules.roster.text import fold_words, word_set

# From the strongest separator to the weakest; a piece that is known as it stands is not cut further.
_SEPARATORS = (
    r"[;\n|•·▪]|(?<!\w)[-*](?=\s)",
    r",|/|\\|\+|&|\s[-–—]\s|>",
    r"\band\b|\by\b|\be\b|\bor\b|\bo\b|\bu\b|\bplus\b|\bmas\b",
)
_ACRONYM = re.compile(r"(?<!\w)[A-Z]{2,3}(?!\w)(?=.*[a-z])|(?<=[a-z] )[A-Z]{2,3}(?!\w)")
_PARENTHESES = re.compile(r"[()\[\]{}]")
_NOT = word_set("no|not|non|never|without|sin|nunca|except|excepto|ni|tampoco|nor|isn|t")
_LONGEST = 6


@dataclass(frozen=True)
class Terms:
    """Codes in the order in which they were written, once each; and the pieces that are no term of ours."""

    codes: tuple[str, ...]
    unknown: tuple[str, ...]


def read_terms(text: str, field: str, own_words: Mapping[str, str] | None = None) -> Terms:
    """Every code of a cell of `field`. `own_words`: folded words of this program -> code ("" means: pass over).

    >>> read_terms("Meth / heroin; kite flying", "experience")
    Terms(codes=('stimulants', 'opioids'), unknown=('kite flying',))
    """
    table: Mapping[str, Sequence[str]] = codes_by_words(field)
    if own_words:
        table = {**table, **{words: (code,) if code else () for words, code in own_words.items()}}
    codes: dict[str, None] = {}
    unknown: list[str] = []
    _read(text, 0, table, codes, unknown)
    return Terms(tuple(codes), tuple(unknown))


def _read(
    text: str, level: int, table: Mapping[str, Sequence[str]], codes: dict[str, None], unknown: list[str]
) -> None:
    words = fold_words(text)
    if not words:
        return
    if words in table:
        codes.update(dict.fromkeys(table[words]))
        return
    if level < len(_SEPARATORS):
        if level == 1:
            text = _PARENTHESES.sub(" , ", text)
        for piece in re.split(_SEPARATORS[level], text, flags=re.IGNORECASE):
            _read(piece, level + 1, table, codes, unknown)
        return
    found = _inside(words.split(), table, frozenset(map(fold_words, _ACRONYM.findall(text))))
    if found:
        codes.update(dict.fromkeys(found))
    else:
        unknown.append(" ".join(text.split()).strip(" .,"))


def _inside(tokens: list[str], table: Mapping[str, Sequence[str]], acronyms: frozenset[str]) -> list[str]:
    """Codes of known words inside a longer piece, the longest first; nothing where the piece says "no" or "without"."""
    if _NOT & set(tokens) or len(tokens) > 25:
        return []
    found: list[str] = []
    place = 0
    while place < len(tokens):
        for length in range(min(_LONGEST, len(tokens) - place), 0, -1):
            phrase = " ".join(tokens[place : place + length])
            # Short words such as "in", "va" and "el" mean a term only alone, or in capitals: "MAT friendly".
            if phrase in table and (len(phrase) > 3 or phrase in acronyms):
                found.extend(table[phrase])
                place += length - 1
                break
        place += 1
    return found
