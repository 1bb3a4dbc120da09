"""Sentences for long lists: looked up once for each language instead of for each row.

Django looks a sentence up in the catalogue of each package in turn, which for the thousand sentences of a waiting list
is a tenth of the page. Use it like `django.utils.translation`; elsewhere use that.
"""

from django.utils import translation

SMALL_NUMBER = 100
"""Sentences with numbers below it are kept."""

_said: dict[str | None, dict[object, str]] = {}


def gettext(sentence: str) -> str:
    """The sentence in the reader's language."""
    said = said_in(translation.get_language())
    text = said.get(sentence)
    if text is None:
        text = said[sentence] = translation.gettext(sentence)
    return text


def ngettext(one: str, many: str, number: int) -> str:
    """The sentence for this number, in the reader's language."""
    said = said_in(translation.get_language())
    text = said.get((one, number))
    if text is None:
        text = translation.ngettext(one, many, number)
        if number < SMALL_NUMBER:
            said[one, number] = text
    return text


def said_in(language: str | None) -> dict[object, str]:
    """What was looked up in this language. Sentences are those of our sources, so there is an end to them."""
    return _said.setdefault(language, {})
