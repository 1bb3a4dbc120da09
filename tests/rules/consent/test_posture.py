"""What a consent says depends on the law of its program: no sentence of it is untrue there (C9, B3)."""

import re
from dataclasses import replace
from itertools import product

import pytest
from tests.rules.consent.test_terms import say_day, whole

from alongside.rules.consent import KINDS, Posture, kinds_for, list_missing, write
from alongside.rules.consent.signing import PART2

POSTURES = [Posture(part2=part2, hipaa=hipaa) for part2, hipaa in product(PART2, (True, False))]

CLAIMS = {
    "Part 2 protects it": ("42 CFR|Part 2|Parte 2", lambda law, terms: law.part2 != "neither"),
    "HIPAA protects it here": (
        "rules of HIPAA|reglas de privacidad de HIPAA", lambda law, terms: law.part2 == "neither" and law.hipaa
    ),
    "only the program protects it": (
        "rules of this program|reglas de este programa", lambda law, terms: law.part2 == "neither" and not law.hipaa
    ),
    "not in proceedings against them": (
        "proceedings against you|en contra de usted",
        lambda law, terms: law.part2 != "neither" and terms.recipient_is_covered,
    ),
    "they may work under HIPAA": (
        "If they work under HIPAA|Si trabajan bajo HIPAA", lambda law, terms: terms.recipient_is_covered
    ),
    "a list is owed": ("They owe it|Se la deben", lambda law, terms: law.part2 != "neither"),
    "it cannot be taken back": (
        "You cannot take this back|No puede retirar esto",
        lambda law, terms: law.part2 != "neither" and KINDS[terms.kind].is_held,
    ),
    "letters for money can be refused": (
        "asking for donations|que pidan donaciones", lambda law, terms: law.fundraises
    ),
}  # fmt: skip
"""What a sentence may claim: by which words it is seen, and where it is true."""

LAW_WORDS = re.compile(r"\bCFR\b|Part 2|Parte 2|HIPAA|\bowe\b|\bdeben\b|[Ff]ederal")


def document(law: Posture, kind: str, purpose: str, language: str, *, version: int = 2, **values) -> list[str]:
    """Headings and texts, one paragraph after the other."""
    terms = whole(kind, purpose=purpose, statements=(), **values)
    blocks = write(terms, law, language=language, say_day=say_day, version=version)
    return [f"{block.heading}. {block.text}" for block in blocks]


def untrue(law: Posture, kind: str, purpose: str, language: str, **values) -> list[str]:
    """Claims in a document that are not so under this law."""
    terms, text = whole(kind, purpose=purpose, statements=(), **only_terms(values)), ""
    text = "\n".join(document(law, kind, purpose, language, **values))
    return [claim for claim, (words, holds) in CLAIMS.items() if re.search(words, text) and not holds(law, terms)]


def only_terms(values: dict) -> dict:
    return {name: value for name, value in values.items() if name != "version"}


@pytest.mark.parametrize("law", POSTURES, ids=lambda law: f"{law.part2}-{'hipaa' if law.hipaa else 'none'}")
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_untrue_sentence(law, language):
    for kind, fundraises, covered in product(kinds_for(law), (True, False), (True, False)):
        here = replace(law, fundraises=fundraises)
        for purpose in KINDS[kind].purposes:
            assert untrue(here, kind, purpose, language, recipient_is_covered=covered) == []
            for paragraph in document(here, kind, purpose, language, recipient_is_covered=covered):
                known = [words for words, _holds in CLAIMS.values() if re.search(words, paragraph)]
                assert known or not LAW_WORDS.search(paragraph), f"a claim nobody looked at: {paragraph}"


@pytest.mark.parametrize("law", POSTURES, ids=lambda law: f"{law.part2}-{'hipaa' if law.hipaa else 'none'}")
def test_under_every_law_what_2_31_asks_is_said(law):
    """The elements stay the same ones (B1): only their words follow the law."""
    for kind, fundraises in product(kinds_for(law), (True, False)):
        here = replace(law, fundraises=fundraises)
        for purpose in KINDS[kind].purposes:
            terms = whole(kind, purpose=purpose, fundraises=fundraises)
            said = tuple(block.code for block in write(terms, here, language="en", say_day=say_day))
            assert list_missing(replace(terms, statements=said)) == ()


def test_the_first_version_would_be_seen_to_say_what_is_not_so():
    """Or nothing above could fail."""
    outside = Posture(part2="neither", hipaa=False)
    assert untrue(outside, "tpo", "tpo", "en", version=1) == ["Part 2 protects it", "not in proceedings against them"]
    assert untrue(outside, "intermediary", "care", "es", version=1)[-1] == "a list is owed"
    assert untrue(outside, "criminal_justice", "monitoring", "en") == ["it cannot be taken back"]


def test_where_part_2_does_not_hold_nothing_is_held():
    """§2.35 is what lets a consent be held; 45 CFR 164.508(b)(5) lets nobody."""
    for law in POSTURES:
        assert ("criminal_justice" in kinds_for(law)) == (law.part2 != "neither")
        assert set(KINDS) - set(kinds_for(law)) <= {"criminal_justice"}


@pytest.mark.parametrize(
    ("law", "language", "words"),
    [
        (Posture(), "en", "the rules of 42 CFR Part 2 may no longer protect it"),
        (Posture(part2="holder"), "es", "las reglas de 42 CFR Parte 2 quizá ya no lo protejan"),
        (Posture(part2="neither"), "en", "the privacy rules of HIPAA may no longer protect it"),
        (Posture(part2="neither", hipaa=False), "es", "las reglas de este programa ya no lo protegen"),
    ],
)
def test_what_is_said_of_passing_it_on(law, language, words):
    assert words in "\n".join(document(law, "tpo", "tpo", language))


@pytest.mark.parametrize(("language", "words"), [
    ("en", "before the matter in court is over. When it is over, or on 2026-12-29 at the latest, you can stop it"),
    ("es", "antes de que termine el asunto en el tribunal. Cuando termine, o a más tardar el 2026-12-29, puede"),
])  # fmt: skip
def test_a_held_one_names_its_event_and_its_day(language, words):
    """B5, §2.35(c): until the end of the matter in court, and no later than a day."""
    assert words in "\n".join(document(Posture(), "criminal_justice", "monitoring", language, held_event="end_of_case"))
    assert words not in "\n".join(document(Posture(), "criminal_justice", "monitoring", language))


def test_only_a_held_one_has_such_an_event_and_only_one_that_we_know():
    held = whole("criminal_justice", held_event="end_of_case")
    assert list_missing(held) == ()
    assert list_missing(replace(held, held_event="end_of_days")) == ("held_until",)
    assert list_missing(replace(held, held_until=None)) == ("held_until",), "and the day must be there all the same"
    assert list_missing(replace(whole("specific"), held_event="end_of_case")) == ("held_until",)
