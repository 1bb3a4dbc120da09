"""What the browser tests share."""

import logging

import pytest

from tests.browser.house import tell_whole_story


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker, chromium):
    """One server with the whole story, shared by the tests of a module: they read, or change only their own corner."""
    with tell_whole_story(chromium, django_db_blocker) as made:
        yield made


@pytest.fixture(autouse=True)
def quiet(caplog):
    """Pages that answer 404 or 405 need no line each."""
    caplog.set_level(logging.CRITICAL, "django.request")
    caplog.set_level(logging.CRITICAL, "django.server")
