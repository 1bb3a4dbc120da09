"""Sentences for long lists: looked up once for each language instead of for each row.

Django looks a sentence up in the catalogue of each package in turn, which for the thousand sentences of a waiting list
is a tenth of the page. Use it like `django.utils.translation`; elsewhere use that.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from django.utils import translation

Given = ParamSpec("Given")
Said = TypeVar("Said")

MOST_KEPT = 4096

SMALL_NUMBER = 100
"""Sentences with numbers below it are kept."""

_said: dict[str | None, dict[object, str]] = {}
_steady: ContextVar[tuple[str | None] | None] = ContextVar("steady_language", default=None)


@contextmanager
def one_language() -> Iterator[None]:
    """While a list is made the reader's language does not change, so it is asked for once.

    Asking Django takes some microseconds, and a page of the waiting list has a thousand sentences. Inside, do not
    change the language.
    """
    token = _steady.set((translation.get_language(),))
    try:
        yield
    finally:
        _steady.reset(token)


def language() -> str | None:
    """The reader's language."""
    steady = _steady.get()
    return translation.get_language() if steady is None else steady[0]


def gettext(sentence: str) -> str:
    """The sentence in the reader's language."""
    said = said_in(language())
    text = said.get(sentence)
    if text is None:
        text = said[sentence] = translation.gettext(sentence)
    return text


def ngettext(one: str, many: str, number: int) -> str:
    """The sentence for this number, in the reader's language."""
    said = said_in(language())
    text = said.get((one, number))
    if text is None:
        text = translation.ngettext(one, many, number)
        if number < SMALL_NUMBER:
            said[one, number] = text
    return text


def said_in(named: str | None) -> dict[object, str]:
    """What was looked up in this language. Sentences are those of our sources, so there is an end to them."""
    return _said.get(named) or _said.setdefault(named, {})


def kept(say: Callable[Given, Said]) -> Callable[Given, Said]:
    """Keep what a function says for what it is given, in each language; the oldest goes where there is too much.

    For words about codes, days and numbers. Never for names, nor for anything that somebody wrote: that is not kept in
    memory beyond its page.
    """

    @lru_cache(maxsize=MOST_KEPT)
    def remember(_language: str | None, given: tuple, named: tuple) -> Said:
        return say(*given, **dict(named))

    @wraps(say)
    def recall(*given: Given.args, **named: Given.kwargs) -> Said:
        return remember(language(), given, tuple(named.items()))

    return recall
