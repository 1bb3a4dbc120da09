"""The units that come with the product: whole in both languages, kind, short, with their sources."""

from re import findall

import pytest

from alongside.rules.skills import CODES, LINE, LINES
from alongside.rules.wording import STIGMATIZING, find_words
from alongside.skills.units import BUILT_IN, BY_CODE, LANGUAGES

EACH = [(unit, language) for unit in BUILT_IN for language in LANGUAGES]


def all_texts(words) -> list[str]:
    """Every sentence of a unit."""
    return [words.title, words.why, *words.ideas, words.practice, *words.questions]


def test_sources_have_no_such_word_either():
    assert [
        found.word for unit in BUILT_IN for source in unit.sources for found in find_words(source, lists=[STIGMATIZING])
    ] == []


def test_each_source_is_one_work():
    """Two works in one line would give the year of the one to the other: SAMHSA's two on peers are of 2015 and 2022."""
    sources = {source for unit in BUILT_IN for source in unit.sources}
    assert [source for source in sources if len(findall(r"\(\D*\d{4}", source)) > 1 or " and Core " in source] == []
    assert set(BY_CODE["asking"].sources) == {
        "SAMHSA, Core Competencies for Peer Workers in Behavioral Health Services (2015)",
        "SAMHSA, Advisory: Peer Support Services in Crisis Care (June 2022)",
    }


def test_the_rules_and_the_texts_name_the_same_units():
    assert tuple(BY_CODE) == CODES


@pytest.mark.parametrize(("unit", "language"), EACH, ids=lambda one: getattr(one, "code", one))
def test_each_is_whole_and_short_in_each_language(unit, language):
    words, other = unit.words[language], unit.words["en"]
    assert all(text.strip() == text and text for text in all_texts(words))
    assert (len(words.ideas), len(words.questions)) == (len(other.ideas), len(other.questions))
    assert 4 <= len(words.ideas) <= LINES and 2 <= len(words.questions) <= LINES
    assert all(len(line) <= LINE for line in (*words.ideas, *words.questions))
    assert sum(len(text.split()) for text in all_texts(words)) < 260, "two minutes"
    assert unit.sources


@pytest.mark.parametrize(("unit", "language"), EACH, ids=lambda one: getattr(one, "code", one))
def test_no_word_of_them_hurts_or_belongs_to_a_clinic(unit, language):
    assert [
        found.word for text in all_texts(unit.words[language]) for found in find_words(text, language=language)
    ] == []
