"""What may leave is named twice: by the person who permits it, and by whoever reads of them."""

import re

import pytest
from django.utils import translation

from alongside.privacy.consent_words import OF_THEM, say_items, say_items_of_them
from alongside.rules.consent import ITEMS

FIRST_PERSON = re.compile(r"\b(I|my|me|mi|mis|me acompaña|conmigo|pedí)\b", re.IGNORECASE)


def test_everything_that_may_leave_has_both_names():
    assert list(OF_THEM) == list(ITEMS)


@pytest.mark.parametrize("language", ["en", "es"])
def test_only_the_person_says_my(language):
    with translation.override(language):
        mine, theirs = say_items(ITEMS), say_items_of_them(ITEMS)
    assert [words for words in theirs if FIRST_PERSON.search(words)] == []
    assert sum(bool(FIRST_PERSON.search(words)) for words in mine) > 3, "or the check is blind"
    assert len(set(theirs)) == len(ITEMS)
