"""Words of a program's own in lists and terms: which stand in a file, how often, and what each may mean.

What is counted here is shown to a person once per word; what they decide comes back in `Options.own_words`.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from alongside.rules.roster.synonyms import codes_by_words
from alongside.rules.roster.text import fold_words
from alongside.rules.roster.values import Context, read_cell
from alongside.rules.vocabulary import (
    EXPERIENCES,
    GENDERS,
    INTERESTS,
    KINDS,
    LANGUAGES,
    LIFE_STAGES,
    MODES,
    NEEDS,
    RACES,
)
from alongside.rules.vocabulary import PATHWAYS as PATHWAY_CODES

TERM_FIELDS: Mapping[str, Sequence[str]] = {
    "language": LANGUAGES,
    "gender": GENDERS,
    "race": RACES,
    "pathway": PATHWAY_CODES,
    "experience": EXPERIENCES,
    "life_stage": LIFE_STAGES,
    "needs": NEEDS,
    "interests": INTERESTS,
    "mode": MODES,
    "kind": KINDS,
    "serves": KINDS,
}
"""Field of a roster -> the codes that its words may mean."""

MOST_KEPT = 5_000
"""So many different words are counted; a column of free text has more, and then the rest are only told of."""

MOST_SHOWN = 100
LONGEST_WORD = 120
"""Characters; longer pieces are sentences, which no term of ours can stand for."""


@dataclass(frozen=True)
class OwnWord:
    """A word that is none of our terms. `words`: folded, as `Options.own_words` takes it; `rows`: how many hold it."""

    field: str
    words: str
    written: str
    rows: int


@dataclass
class WordCounter:
    """Counts the words of one file that are none of our terms, row by row, in bounded memory.

    Whether the program has decided about a word makes no difference: a decision can be looked at again.
    """

    mapping: Mapping[int, str | None]
    more: int = 0
    _counts: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    _read: dict[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._columns = [(place, about) for place, about in self.mapping.items() if about in TERM_FIELDS]
        # No term depends on the day.
        self._context = Context(dt.date.min)

    def see(self, cells: Sequence[str]) -> None:
        """Count one row."""
        found: dict[tuple[str, str], str] = {}
        for place, about in self._columns:
            text = cells[place] if place < len(cells) else ""
            if text and about:
                for written in self._unknown(place, about, text):
                    found.setdefault((about, fold_words(written)), written)
        for key, written in found.items():
            if key in self._counts:
                first, rows = self._counts[key]
                self._counts[key] = (first, rows + 1)
            elif len(self._counts) < MOST_KEPT:
                self._counts[key] = (written, 1)
            else:
                self.more += 1

    def _unknown(self, place: int, about: str, text: str) -> tuple[str, ...]:
        known = self._read.get((place, text))
        if known is None:
            cell = read_cell(about, text, self._context)
            said = (str(one.params["text"]) for one in cell.problems if one.code == "unknown_word")
            known = tuple(one for one in said if len(one) <= LONGEST_WORD and fold_words(one))
            if len(self._read) < MOST_KEPT:
                self._read[place, text] = known
        return known

    def most_common(self, limit: int = MOST_SHOWN) -> list[OwnWord]:
        """The words in most rows, those first; of the same number as they stand in the file."""
        ordered = sorted(self._counts.items(), key=lambda one: -one[1][1])
        return [OwnWord(about, words, written, rows) for (about, words), (written, rows) in ordered[:limit]]

    def count_others(self, limit: int = MOST_SHOWN) -> int:
        """How many different words there are beyond the `limit`; a lower bound in very long lists of free text."""
        return max(0, len(self._counts) - limit) + self.more


def suggest_terms(word: str, about: str, limit: int = 3) -> list[str]:
    """Codes of the field `about` that a word may mean, the likeliest first; a person decides.

    >>> suggest_terms("Metanfetamin", "experience")
    ['stimulants']
    """
    table = codes_by_words(about)
    folded = fold_words(word)
    phrases = get_close_matches(folded, table, n=5, cutoff=0.75)
    for token in folded.split():
        if len(token) >= 4:
            phrases += [token] if token in table else get_close_matches(token, table, n=2, cutoff=0.8)
    codes = dict.fromkeys(code for phrase in phrases if len(table[phrase]) == 1 for code in table[phrase])
    return [code for code in codes if code in TERM_FIELDS[about]][:limit]
