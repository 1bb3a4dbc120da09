"""Words that are none of our terms: counted in bounded memory, with suggestions."""

import pytest

from alongside.rules.roster import own_words
from alongside.rules.roster.own_words import OwnWord, WordCounter, suggest_terms


def counted(rows, mapping) -> WordCounter:
    counter = WordCounter(mapping)
    for row in rows:
        counter.see(row)
    return counter


def test_the_most_common_come_first_and_count_rows_not_cells():
    rows = [("kites; Kites",), ("sky diving",), ("KITES, housing",), ("",), ("n/a",)]
    assert counted(rows, {0: "needs"}).most_common() == [
        OwnWord("needs", "kites", "kites", 2),
        OwnWord("needs", "sky diving", "sky diving", 1),
    ]


def test_only_lists_and_terms_are_asked_about():
    counter = counted([("Zorp", "Zorp", "Zorp")], {0: "notes", 1: "pathway", 2: None})
    assert [word.field for word in counter.most_common()] == ["pathway"]


def test_the_same_word_in_two_fields_may_mean_two_things():
    counter = counted([("Zorp", "Zorp")], {0: "pathway", 1: "experience"})
    assert {word.field for word in counter.most_common()} == {"pathway", "experience"}


def test_a_short_row_and_a_sentence_are_passed_over():
    assert counted([(), ("z" * 200,)], {0: "needs"}).most_common() == []


def test_a_column_of_free_text_keeps_memory_bounded(monkeypatch):
    monkeypatch.setattr(own_words, "MOST_KEPT", 10)
    counter = counted(((f"zorp{number}",) for number in range(100)), {0: "needs"})
    assert len(counter._counts) == 10 and len(counter._read) == 10
    assert len(counter.most_common(4)) == 4 and counter.count_others(4) == 96


@pytest.mark.parametrize(
    ("word", "about", "code"),
    [
        ("Metanfetamin", "experience", "stimulants"),
        ("Housing help", "needs", "housing"),
        ("vivienda urgente", "needs", "housing"),
        ("Espanyol", "language", "es"),
    ],
)
def test_a_word_close_to_one_of_ours_is_suggested(word, about, code):
    assert suggest_terms(word, about)[0] == code


def test_nothing_is_suggested_for_a_word_like_none_of_ours():
    assert suggest_terms("Zorp Quux", "experience") == []
