"""The notice of §2.22: every element for every posture, both languages, a version that never changes (J6, B8)."""

import hashlib
import json
import re
from dataclasses import replace
from datetime import date

import pytest

from alongside.rules import limits
from alongside.rules.consent import Posture
from alongside.rules.consent.signing import PART2
from alongside.rules.notice import ELEMENTS, LANGUAGES, VERSIONS, Facts, digest, list_missing, write
from alongside.rules.wording import find_words

FROZEN = {
    ("notice", 1): "3a142a3e06fe95417b14a194f3c068fdc23c854dac9ca0d42889634af5093a7f",
    ("limits", 1): "519b9797888cfa15616b54f50eea4abcf1b0dd4b17d881433c5c85582dad3b67",
}
"""SHA-256 over all words of each version. One that may have been shown to anybody stays: write the next one."""

FACTS = Facts("Riverbend", "Dolores Ruiz, director", "(213) 555-0100", "ask@riverbend.example", date(2026, 12, 1), 3)
POSTURES = [Posture(part2=part2, hipaa=hipaa, fundraises=raises)
            for part2 in PART2 for hipaa in (True, False) for raises in (True, False)]  # fmt: skip
SECTION = re.compile(r"^(2\.\d+|45 CFR 1\d\d\.\d+|our own promise)")


def say_day(day: date) -> str:
    return day.isoformat()


def codes(posture: Posture, language: str = "en") -> set[str]:
    return {one.code for one in write(FACTS, posture, language=language, say_day=say_day)}


def fingerprint(texts) -> str:
    words = {
        code: [one.group, one.section, dict(one.heading), dict(one.text)] for code, one in texts.STATEMENTS.items()
    }
    groups = dict(getattr(texts, "GROUPS", {}))
    return hashlib.sha256(json.dumps([words, groups], sort_keys=True, ensure_ascii=False).encode()).hexdigest()


TEXTS = [("notice", number, texts) for number, texts in VERSIONS.items()]
TEXTS += [("limits", number, texts) for number, texts in limits.VERSIONS.items()]


@pytest.mark.parametrize(("what", "number", "texts"), TEXTS)
def test_a_version_that_was_used_is_never_changed(what, number, texts):
    assert fingerprint(texts) == FROZEN[what, number]


@pytest.mark.parametrize(("what", "number", "texts"), TEXTS)
def test_both_languages_say_everything_with_its_section_and_no_word_hurts(what, number, texts):
    for code, one in texts.STATEMENTS.items():
        assert SECTION.match(one.section), code
        for part in (one.heading, one.text):
            assert part.keys() == {"en", "es"} and all(part.values()), code
            assert sorted(re.findall(r"{\w+}", part["en"])) == sorted(re.findall(r"{\w+}", part["es"])), code
            for language, words in part.items():
                assert [found.word for found in find_words(words, language=language)] == [], code


@pytest.mark.parametrize("posture", [one for one in POSTURES if one.part2 == "program"])
def test_a_part_2_program_says_every_element_of_the_section(posture):
    for language in LANGUAGES:
        said = codes(posture, language)
        for section, needed in ELEMENTS.items():
            if section == "2.22(b)(1)(iii)(B)" and not posture.fundraises:
                assert "fundraising" not in said, "a program that raises no money does not say that it may"
            else:
                assert set(needed) <= said, section


def test_the_header_is_the_regulations():
    """§2.22(b)(1)(i), word for word, with the blanks filled in; that of HIPAA beside it (45 CFR 164.520(b)(1)(i))."""
    said = {one.code: one for one in write(FACTS, Posture(), language="en", say_day=say_day)}
    header = said["header"]
    assert next(iter(said)) == "header", "it stands first"
    assert header.heading == "Notice of Privacy Practices of Riverbend"
    assert header.text == (
        "This notice describes:\n• HOW HEALTH INFORMATION ABOUT YOU MAY BE USED AND DISCLOSED\n"
        "• YOUR RIGHTS WITH RESPECT TO YOUR HEALTH INFORMATION\n"
        "• HOW TO FILE A COMPLAINT CONCERNING A VIOLATION OF THE PRIVACY OR SECURITY OF YOUR HEALTH INFORMATION, OR OF "
        "YOUR RIGHTS CONCERNING YOUR INFORMATION\n"
        "YOU HAVE A RIGHT TO A COPY OF THIS NOTICE (IN PAPER OR ELECTRONIC FORM) AND TO DISCUSS IT WITH "
        "Dolores Ruiz, director AT (213) 555-0100 · ask@riverbend.example IF YOU HAVE ANY QUESTIONS."
    )
    assert said["header_hipaa"].text.startswith("THIS NOTICE DESCRIBES HOW MEDICAL INFORMATION ABOUT YOU MAY BE USED")


@pytest.mark.parametrize("posture", POSTURES)
def test_what_is_said_follows_from_the_law_of_the_program(posture):
    said = codes(posture)
    assert {f"law_{one}" for one in PART2} & said == {f"law_{posture.part2}"}
    assert ("header_hipaa" in said) == ("right_access" in said) == ("right_amend" in said) == posture.hipaa
    assert ("fundraising" in said) == posture.fundraises
    # A duty that no law gives is told as a promise.
    bound = posture.part2 == "program" or posture.hipaa
    assert ("duty_keep" in said) == bound and ("duty_keep_promise" in said) == (not bound)


def test_the_strictest_holds_by_default():
    assert Posture().part2 == "program" and Posture().hipaa


def test_nothing_is_left_to_fill_in_and_the_contact_and_the_day_are_there():
    for language in LANGUAGES:
        parts = write(FACTS, Posture(fundraises=True), language=language, say_day=say_day)
        assert [one.code for one in parts if "{" in one.text + one.heading] == []
        text = {one.code: one.text for one in parts}
        assert text["contact"] == "Dolores Ruiz, director: (213) 555-0100 · ask@riverbend.example"
        assert "2026-12-01" in text["effective"] and "3" in text["effective"]
        assert "1-800-368-1019" in text["complain_hhs"]


def test_what_the_contact_still_lacks():
    assert list_missing(FACTS) == ()
    assert list_missing(replace(FACTS, email="", phone=" ")) == ("phone", "email")


def test_another_word_is_another_digest():
    one = {language: write(FACTS, Posture(), language=language, say_day=say_day) for language in LANGUAGES}
    other = {language: write(replace(FACTS, contact="Lien"), Posture(), language=language, say_day=say_day)
             for language in LANGUAGES}  # fmt: skip
    assert len(digest(one)) == 64 and digest(one) != digest(other) and digest(one) != digest({"en": one["en"]})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_limits_name_what_cannot_stay_and_are_said_in_two_minutes(language):
    said = limits.write(language=language)
    assert {"stays", "inside", "life", "child", "crime", "court", "choose"} == {one.code for one in said}
    assert sum(len(one.text.split()) for one in said) < 300
