"""Passwords: long, not known, not about this house; anything else goes."""

import pytest
from django.core.exceptions import ValidationError

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
