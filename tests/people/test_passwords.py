"""Passwords: long, not known, not about this house; anything else goes."""

import pytest
from django.core.exceptions import ValidationError

from alongside.people import known_passwords
from alongside.people.passwords import ALONE, BESIDE_SECOND_FACTOR, LongAndUncommon, why_not


@pytest.mark.parametrize(
    "password",
    ["correct horse battery staple", "otros caballos verdes", "ñandú en la niebla", "河边的绿色马匹在早晨慢慢地走路吗",
     "x" * 3 + "river stone 9 moss", " blanks at both ends "],
)  # fmt: skip
def test_long_words_of_any_kind_are_fine(password):
    assert why_not(password, shortest=ALONE) is None


@pytest.mark.parametrize(
    "password",
    ["aaaaaaaaaaaaaaaa", "abcabcabcabcabcabc", "1234567890123456", "qwertyuiopasdfgh", "passwordpassword",
     "P@ssw0rdP@ssw0rd", "alongsidealongside", "sidebyside123456", "river-27river-27",
     "unbelievableunbelievable"],
)  # fmt: skip
def test_what_anybody_would_try_is_refused(password):
    assert why_not(password, shortest=ALONE, username="river-27")


def test_lengths_are_those_of_the_rule():
    words = "moss stone river lamp"
    assert why_not(words[:14], shortest=ALONE)
    assert why_not(words[:15], shortest=ALONE) is None
    assert why_not(words[:11], shortest=BESIDE_SECOND_FACTOR)
    assert why_not(words[:12], shortest=BESIDE_SECOND_FACTOR) is None
    longest = " ".join(f"{number} lamps" for number in range(100, 120))
    assert why_not(longest[:128], shortest=ALONE) is None
    assert why_not(longest[:129], shortest=ALONE)


def test_the_account_decides_how_long(rosa, dante):
    LongAndUncommon().validate("river stones", dante.user)
    for user in (rosa.user, None):
        with pytest.raises(ValidationError):
            LongAndUncommon().validate("river stones", user)


@pytest.mark.parametrize(
    "password",
    ["1q2w3e4r5t6y", "q1w2e3r4t5y6", "123qweasdzxc", "motherfucker", "leavemealone", "finalfantasy", "sonyericsson",
     "1qaz2wsx3edc4rfv", "Unbelievable", "JustinBieber", "administrator", "Administrator123!", "leave me alone",
     "supernatural2026"],
)  # fmt: skip
def test_long_ones_that_are_known_are_refused(password):
    assert why_not(password, shortest=BESIDE_SECOND_FACTOR)


def test_the_file_is_whole():
    """Sorted, each once, more than ASVS asks for, and with its licence beside it."""
    content = known_passwords.FILE.read_bytes()
    digests = known_passwords._digests()
    assert len(content) == 6 * len(digests) and digests == sorted(set(digests)) and len(digests) > 3000
    licence = known_passwords.FILE.with_suffix(".LICENSE").read_text()
    assert "Seantis" in licence and "Daniel Miessler" in licence and "Permission is hereby granted" in licence


def test_it_is_made_of_what_is_known_and_most_used(tmp_path, monkeypatch):
    made = known_passwords.digests_of(
        ["Long Enough One", "longenoughtwo", "short"], ["longenoughone", "LONGENOUGHONE", "short"]
    )
    (tmp_path / "few.bin").write_bytes(made)
    monkeypatch.setattr(known_passwords, "_digests", lambda: [made])
    assert (
        len(made) == 6 and known_passwords.is_known("longenoughone") and not known_passwords.is_known("longenoughtwo")
    )


def test_other_words_are_no_known_ones():
    words = [
        f"{one} {two} {three}" for one in ("moss", "lamp") for two in ("river", "stone") for three in range(500, 600)
    ]
    assert [word for word in words if known_passwords.is_known(known_passwords.plain(word))] == []
