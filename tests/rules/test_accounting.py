"""The letter to an intermediary says what §2.24 lets a person ask for, in both languages."""

import pytest

from alongside.rules import accounting


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_letter_names_the_consent_and_what_the_section_gives(language):
    text = "\n".join(accounting.write_letter(language, number="K7M2-QX4R", day="May 3"))
    for words in ("K7M2-QX4R", "May 3", f"42 CFR {accounting.LETTER_SECTION}", str(accounting.YEARS),
                  str(accounting.INTERMEDIARY_DAYS)):  # fmt: skip
        assert words in text
    assert "{" not in text


def test_both_languages_have_the_same_paragraphs():
    assert len({len(paragraphs) for paragraphs in accounting.LETTER.values()}) == 1


def test_another_language_is_an_error():
    with pytest.raises(KeyError):
        accounting.write_letter("fr", number="1", day="2")
