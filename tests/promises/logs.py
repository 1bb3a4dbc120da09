"""What the product's own loggers write, and what must not be in it (G4).

The loggers are at their most talkative; the handler and its filter are the ones that `settings` sets up.
"""

import io
import logging
import logging.config
from copy import deepcopy

import pytest
from django.conf import settings
from tests.promises.whole_story import CANARIES

TYPED = {
    "note": "violet words of a form", "words": "scarlet words of a form", "body": "scarlet words of a form",
    "goes_by": "Xochiquetzaline", "name": "Xochiquetzaline", "legal_name": "Xochiquetzaline Tecolote",
    "phone": "+12135550187", "email": "xochi.tecolote@example.org", "own_words": "indigo words of a form",
    "text": "violet words of a form", "login": "Xochiquetzaline", "password": "Tecolote",
}  # fmt: skip
"""What somebody types into every form of every page, known to it or not. Of the story none of it is."""

MARKS = ("words of a form", "Xochiquetzaline", "Tecolote", "2135550187")


def found_in(text: str) -> list[str]:
    """Canaries of the story, and marks of what was typed, in a text."""
    text = text.lower()
    return [one for one in (*CANARIES, *MARKS) if one.lower() in text]


@pytest.fixture
def written():
    """All that the product's own loggers write, from the first debug line on.

    Only our handler gets what is below a warning: five more (of the settings, and pytest's) would make each of these
    lines, with its traceback, again for nobody.
    """
    text, root, django = io.StringIO(), logging.getLogger(), logging.getLogger("django")
    talkative = (root, django, logging.getLogger("django.request"))
    others = {*root.handlers, *django.handlers}
    before = [(one, one.level) for one in (*talkative, *others)]
    for one in others:
        one.setLevel(max(one.level, logging.WARNING))
    handler = logging.StreamHandler(text)
    wanted = deepcopy(settings.LOGGING)
    assert wanted["handlers"]["stderr"]["filters"] == ["ids_only"], "each line passes the filter"
    assert all(one["handlers"] == ["stderr"] for one in (wanted["root"], *wanted["loggers"].values()))
    handler.setFormatter(logging.Formatter(wanted["formatters"]["line"]["format"]))
    handler.addFilter(logging.config.DictConfigurator(wanted).configure_filter(wanted["filters"]["ids_only"]))
    root.addHandler(handler)
    django.addHandler(handler)
    for one in talkative:
        one.setLevel(logging.DEBUG)
    # Statements are shown by DEBUG only, never on a server.
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    yield text
    root.removeHandler(handler)
    django.removeHandler(handler)
    for one, level in before:
        one.setLevel(level)
