"""Every test begins in English: a page answered in Spanish leaves its language behind in the process."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def begin_in_english():
    """A request sets its own language; a test that asks for another one says so itself."""
    with translation.override("en"):
        yield
