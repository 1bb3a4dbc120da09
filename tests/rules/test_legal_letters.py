"""The neutral letter says nothing of anybody; what goes on top of a release says its limits. Both languages alike."""

import pytest

from alongside.rules.legal_demand import PURPOSES
from alongside.rules.legal_letters import COVER, NEUTRAL, VERSION, write_cover, write_neutral


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_neutral_letter_cites_and_neither_confirms_nor_denies(language):
    text = " ".join(write_neutral(language, day="May 1"))
    for section in ("290dd-2", "2.13(c)(2)", "2.61", "2.63", "2.67", "May 1"):
        assert section in text
    assert ("neither confirm nor deny" if language == "en" else "confirmar ni negar") in text
    assert "{" not in text


def test_languages_have_the_same_paragraphs():
    for texts in NEUTRAL.values():
        assert len(texts["en"]) == len(texts["es"])
    for version in COVER.values():
        assert version["en"].keys() == version["es"].keys() == {"all", *PURPOSES} - {"undercover"}
        assert [len(one) for one in version["en"].values()] == [len(one) for one in version["es"].values()]
    assert VERSION == max(NEUTRAL) == max(COVER)


@pytest.mark.parametrize(
    ("purpose", "section"), [("noncriminal", "2.64(e)"), ("patient", "2.65(e)"), ("program", "2.66(d)")]
)
def test_the_cover_carries_the_limits_of_its_section(purpose, section):
    for language in ("en", "es"):
        texts = write_cover(language, purpose, court="A court", number="C-1", mandate="S-2", recipient="D.A. Ruiz")
        whole = " ".join(texts)
        for part in ("A court", "C-1", "S-2", "D.A. Ruiz", section, "2.12(d)", "290dd-2"):
            assert part in whole


def test_there_is_no_cover_for_what_is_never_released():
    with pytest.raises(KeyError):
        write_cover("en", "undercover", court="", number="", mandate="", recipient="")
    with pytest.raises(KeyError):
        write_neutral("vi", day="May 1")
