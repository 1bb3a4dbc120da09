"""Plainer words for a note: found in both languages, offered once, and never for somebody's own words."""

import pytest

from alongside.rules.plain_words import _NOTES_EN, _NOTES_ES, FOR_A_NOTE, MOST, NOT_IN_NOTES, suggest
from alongside.rules.wording import SOURCES, TERMS, find_words


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("Pt denies use and refused the group.", ["Pt", "denies", "refused"]),
        ("He is an addict and non-compliant.", ["addict", "non-compliant"]),
        ("El pte niega consumo. Tuvo una recaída.", ["pte", "niega", "recaída"]),
        ("Refiere que usó; se rehusó a venir.", ["Refiere", "se rehusó"]),
        ("A&O x3, flat affect, SI/HI", ["A&O x3", "flat affect", "SI/HI"]),
        ("We laughed, and walked by the river.", []),
        ("Nos reímos y caminamos junto al río.", []),
        ("In case he calls, please be patient.", []),
        ("She filled in the intake and the screening.", []),
        ("", []),
    ],
)
def test_what_is_found(note, found):
    assert [one.word for one in suggest(note)] == found


@pytest.mark.parametrize("quote", ['"I was an addict"', "“I was an addict”", "«yo era adicto»", '"a junkie," he said'])
def test_somebodys_own_words_are_left_alone(quote):
    assert [one.word for one in suggest(f"He said {quote} and laughed")] == []


def test_a_word_is_offered_once_and_a_page_is_no_correction():
    assert len(suggest("relapse, relapse, Relapse")) == 1
    many = " ".join(term.word for term in TERMS)
    assert len(suggest(many)) == MOST


@pytest.mark.parametrize("term", [*_NOTES_EN, *_NOTES_ES], ids=lambda term: term.word)
def test_every_term_is_found_by_its_own_pattern_and_has_a_source(term):
    assert term.source in SOURCES
    assert find_words(term.alternative, language=term.language, lists=["stigmatizing"]) == []
    for word in term.word.split(", "):
        found = suggest(f"x {word} y")
        assert found, word
        assert found[0].instead == term.alternative


def test_where_it_stands_is_told_and_nothing_is_changed():
    note = "Ayer él tuvo una RECAÍDA, y lo dijo."
    (one,) = suggest(note)
    assert note[one.start : one.end] == one.word == "RECAÍDA"


def test_kinder_words_for_a_note_belong_to_entries_that_exist():
    words = {term.word for term in TERMS}
    assert set(FOR_A_NOTE) <= words
    assert words >= NOT_IN_NOTES
    assert "your" not in " ".join(
        suggest("the case, an episode, a disorder and a symptom").__str__().split("instead")[1:]
    )
