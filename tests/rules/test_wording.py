"""Words that hurt, and words of the clinic."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.wording import CLINICAL, LISTS, SOURCES, STIGMATIZING, TERMS, find_words


def words(text: str, language: str, *lists: str) -> list[str]:
    return [found.word for found in find_words(text, lists=lists or LISTS, language=language)]


@pytest.mark.parametrize(("text", "found"), [
    ("Addicts and ALCOHOLICS are welcome", ["Addicts", "ALCOHOLICS"]),
    ("after a relapse he stayed clean", ["relapse", "stayed clean"]),
    ("six months clean and sober", ["months clean"]),
    ("a history of drug abuse", ["abuse"]),
    ("non-compliant patients", ["non-compliant", "patients"]),
    ("your case manager", ["case manager"]),
    ("a client with a substance use disorder", ["client", "substance use disorder"]),
    ("he committed suicide", ["committed suicide"]),
])  # fmt: skip
def test_english_words_are_found(text: str, found: list[str]):
    assert words(text, "en") == found


@pytest.mark.parametrize(("text", "found"), [
    ("Los adictos y la ALCOHÓLICA", ["adictos", "ALCOHÓLICA"]),
    ("una recaída, o recaida", ["recaída", "recaida"]),
    ("lleva dos meses limpio", ["lleva dos meses limpio"]),
    ("abuso de sustancias", ["abuso de sustancias"]),
    ("el paciente y su diagnóstico", ["paciente", "diagnóstico"]),
    ("trastorno por consumo de sustancias", ["trastorno por consumo de sustancias"]),
])  # fmt: skip
def test_spanish_words_are_found(text: str, found: list[str]):
    assert words(text, "es") == found


@pytest.mark.parametrize("text", [
    "In case you need it, just in case", "in this case", "Is the page clean up to date? Clean up old drafts.",
    "upper case",
    "Please be patient", "your e-mail client", "Alcoholics Anonymous", "non-alcoholic drinks", "a safe showcase",
    "report child abuse", "Substance Abuse and Mental Health Services Administration", "non-clinical support",
    "substance", "addiction", "return to use", "clean water", "a person in recovery", "suspicious",
])  # fmt: skip
def test_harmless_english_is_left_alone(text: str):
    assert words(text, "en") == []


@pytest.mark.parametrize("text", [
    "En caso de emergencia, por si el caso", "en ese caso", "sea paciente, por favor", "Alcohólicos Anónimos",
    "bebidas sin alcohol", "limpie la pantalla", "ocasión", "apoyo no clínico", "regreso al consumo",
])  # fmt: skip
def test_harmless_spanish_is_left_alone(text: str):
    assert words(text, "es") == []


def test_only_the_asked_lists_are_searched():
    text = "The patient is an addict"
    assert words(text, "en", STIGMATIZING) == ["addict"]
    assert words(text, "en", CLINICAL) == ["patient"]
    with pytest.raises(KeyError):
        find_words(text, lists=["unkind"])


def test_a_finding_names_the_kinder_word_and_its_source():
    (found,) = find_words("su recaída", language="es")
    assert (found.entry, found.alternative, found.list_name) == ("recaída", "regreso al consumo", STIGMATIZING)
    assert found.source in SOURCES


def test_every_term_is_found_by_its_own_pattern_or_plainly_named():
    for term in TERMS:
        assert term.source in SOURCES and term.alternative and term.list_name in LISTS
    assert len({(term.language, term.list_name, term.word) for term in TERMS}) == len(TERMS)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: f"{term.language}-{term.word}")
def test_no_kinder_word_is_itself_on_a_list(term):
    assert words(term.alternative, term.language) == []


@given(st.text(), st.sampled_from(["relapse", "RECAÍDA", "Addict", "alcohólico"]), st.text())
def test_places_point_at_the_text_in_any_script_and_form(before: str, word: str, after: str):
    text = f"{before} {unicodedata.normalize('NFD', word)} {after}"
    for found in find_words(text):
        assert text[found.start : found.end] == found.word
    assert find_words(text)
