"""How hard what people sign and are told is to read, measured (B3): 6th grade in English, fairly easy in Spanish."""

import pytest

from alongside.rules import limits, notice
from alongside.rules.consent.document import VERSIONS as CONSENT
from alongside.rules.reading import count, ease, english_syllables, grade, spanish_syllables

ENGLISH = {
    "take": 1, "needed": 2, "stopped": 1, "people": 2, "privacy": 3, "treatment": 2, "operations": 4, "consent": 2,
    "emergency": 4, "agencies": 3, "secret": 2, "sentence": 2, "because": 2, "federal": 3, "rights": 1, "written": 2,
    "somebody": 3, "permission": 3, "changes": 2, "we": 1,
}  # fmt: skip
SPANISH = {
    "quien": 1, "leer": 2, "policía": 4, "usted": 2, "cuidado": 3, "expediente": 4, "muy": 1, "ciudad": 2, "según": 2,
    "oído": 3, "aquí": 2, "privacidad": 4, "tribunal": 3, "guardan": 2, "qué": 1, "distinto": 3, "leyó": 2, "ley": 1,
    "y": 1, "pingüino": 3,
}  # fmt: skip
"""Syllables as a dictionary parts them."""

WORDS = {"person": "", "discloser": "", "items": "", "recipient": "", "members": "", "purpose": "", "ends": "",
         "held_until": "May", "program": "Riverbend", "contact": "Dolores", "reach": "", "day": "May",
         "number": ""}  # fmt: skip
OF_THE_LAW = {"header", "header_hipaa", "hipaa"}
"""Word for word from a regulation: ours to explain, not to change."""

TEXTS = [(f"{name} {number}", texts) for name, versions in
         (("consent", CONSENT), ("notice", notice.VERSIONS), ("limits", limits.VERSIONS))
         for number, texts in versions.items()]  # fmt: skip


def paragraphs(texts, language: str) -> dict[str, str]:
    """Each paragraph of ours that says a sentence: what is only filled in says what somebody wrote."""
    said = {code: one.text[language].format(**WORDS) for code, one in texts.STATEMENTS.items()
            if code not in OF_THE_LAW}  # fmt: skip
    return {code: text for code, text in said.items() if len(text.split()) > 4}


@pytest.mark.parametrize(("name", "texts"), TEXTS)
def test_in_english_it_is_read_in_the_sixth_grade(name, texts):
    said = paragraphs(texts, "en")
    assert len(said) > 5 and grade("\n".join(said.values())) <= 6
    assert {code: round(grade(text), 1) for code, text in said.items() if grade(text) > 8} == {}


@pytest.mark.parametrize(("name", "texts"), TEXTS)
def test_in_spanish_it_is_fairly_easy(name, texts):
    said = paragraphs(texts, "es")
    assert len(said) > 5 and ease("\n".join(said.values())) >= 65
    assert {code: round(ease(text), 1) for code, text in said.items() if ease(text) < 55} == {}


def test_hard_texts_are_found_hard():
    """The statement that goes with a disclosure, as the regulation has it, and a sentence of an office."""
    assert grade(CONSENT[1].ACCOMPANY["long"]) > 14
    assert ease(
        "La divulgación subsiguiente de información confidencial perteneciente a expedientes terapéuticos requiere "
        "autorización administrativa debidamente documentada por las instituciones correspondientes."
    ) < 15  # fmt: skip


def test_syllables_are_counted_as_a_dictionary_parts_them():
    assert {word: english_syllables(word) for word in ENGLISH if abs(english_syllables(word) - ENGLISH[word]) > 1} == {}
    assert sum(english_syllables(word) == many for word, many in ENGLISH.items()) >= 18
    assert {word: spanish_syllables(word) for word in SPANISH} == SPANISH


def test_the_formulas_are_the_published_ones():
    text = "We keep it. You can ask."
    assert (count(text, "en").words, count(text, "en").sentences, count(text, "en").syllables) == (6, 2, 6)
    assert grade(text) == pytest.approx(0.39 * 3 + 11.8 * 1 - 15.59)
    assert ease("Lo guarda. Pida.") == pytest.approx(206.835 - 62.3 * 5 / 3 - 3 / 2)
    assert (grade(""), ease("")) == (0.0, 100.0)
    assert count("42 CFR 2.31, to ask.", "en").words == 3, "numbers are not read in syllables"
