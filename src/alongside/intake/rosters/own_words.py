"""Words of the program's lists in our terms: what was decided, and what waits to be decided for one list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from alongside.audit.fields import blind_index, every_index
from alongside.intake.models import ProgramWord, Roster
from alongside.rules.roster.own_words import OwnWord, WordCounter, suggest_terms

NOTES = ""
"""The code of a word that stays as it is, in the notes."""


@dataclass(frozen=True)
class AskedWord:
    """One word of a list as it is asked about. `code` None: nobody has decided so far."""

    key: str
    word: OwnWord
    suggestions: Sequence[str]
    code: str | None


def load_own_words() -> dict[str, dict[str, str]]:
    """Field -> folded words -> code for the current program, as `rules.Options.own_words` takes it. One query."""
    found: dict[str, dict[str, str]] = {}
    for one in ProgramWord.objects.exclude(code=NOTES):
        found.setdefault(one.field, {})[one.word] = one.code
    return found


def list_asked(roster: Roster) -> list[AskedWord]:
    """The counted words of a roster with suggestions and with what was decided before. One query."""
    words = [OwnWord(*one) for one in roster.words.get("words", [])]
    indexes = {(one.field, one.words): word_index(one.field, one.words) for one in words}
    # What was decided before keys changed is found by the earlier key; the latest word holds.
    kept = ProgramWord.objects.filter(word_index__in=every_index(*indexes.values()))
    decided = {(one.field, one.word_index): (one.decided_at, one.code) for one in kept}
    return [
        AskedWord(
            key=f"word_{one.field}_{indexes[one.field, one.words][:24]}",
            word=one,
            suggestions=suggest_terms(one.words, one.field),
            code=max(
                (
                    decided[one.field, index]
                    for index in every_index(indexes[one.field, one.words])
                    if (one.field, index) in decided
                ),
                default=(None, None),
            )[1],
        )
        for one in words
    ]


def count_undecided(roster: Roster) -> int:
    """How many of the words nobody has decided about. At most one query."""
    if not roster.words.get("words"):
        return 0
    return sum(one.code is None for one in list_asked(roster))


def save_words(roster: Roster, decided: Mapping[tuple[str, str], str], now: datetime) -> None:
    """Remember (field, folded words) -> code for the program, in the caller's transaction. One query."""
    ProgramWord.objects.bulk_create(
        [
            ProgramWord(
                program_id=roster.program_id, field=about, word=words if code else None,
                word_index=word_index(about, words), code=code, decided_at=now,
            )
            # In one order always, so that two coordinators wait for each other instead of locking each other out.
            for (about, words), code in sorted(decided.items())
        ],
        update_conflicts=True, unique_fields=["program", "field", "word_index"],
        update_fields=["word", "code", "decided_at"],
    )  # fmt: skip


def word_index(about: str, words: str) -> str:
    """The keyed digest of a folded word of a field."""
    return blind_index(words, f"roster_word_{about}")


def keep_counted(roster: Roster, counter: WordCounter) -> None:
    """Keep the most common words of a whole file on the roster (the caller saves `words`)."""
    roster.words = {
        "words": [[one.field, one.words, one.written, one.rows] for one in counter.most_common()],
        "others": counter.count_others(),
    }
