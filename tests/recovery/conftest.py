"""Rosa, who reads English today, and Dante beside her."""

import pytest


@pytest.fixture
def english(rosa):
    """Rosa, in English."""
    rosa.user.language = "en"
    rosa.user.save(update_fields=["language"])
    return rosa


@pytest.fixture
def text_of(signed_in):
    """`text_of(rosa, "/me/plan/")`: the page as this person gets it."""
    from html import unescape

    def read(persona, path):
        answer = signed_in(persona).get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return unescape(answer.content.decode())

    return read
