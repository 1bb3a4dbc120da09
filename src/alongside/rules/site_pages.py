"""The texts of a public page in two languages: what is missing, and in which one it is shown.

A text is a mapping of `PARTS` to words. A language is there where it has a title. Nothing here knows how a page looks.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence

from alongside.rules.neutral import reveals

LANGUAGES = ("en", "es")
PARTS = ("name", "title", "lead", "words")
"""What stands in the navigation, the heading, one or two sentences under it, and the page itself with its marks."""

LONGEST = {"name": 26, "title": 90, "lead": 320, "words": 12_000}
"""Letters at most. More than 26 do not fit beside each other in the navigation of a phone."""

Texts = Mapping[str, Mapping[str, str]]


def trim(texts: Texts) -> dict[str, dict[str, str]]:
    """Only known languages and parts, each tidied, without empty ones.

    >>> trim({"en": {"title": " Hello ", "lead": ""}, "es": {}})
    {'en': {'title': 'Hello'}}
    """
    kept = {}
    for language in LANGUAGES:
        text = texts.get(language, {})
        found = {part: words for part in PARTS if (words := _tidy(part, text.get(part, "")))}
        if found:
            kept[language] = found
    return kept


def find_missing(text: Mapping[str, str], *, is_own: bool) -> tuple[str, ...]:
    """Parts that a language needs before it can be shown; none where nothing at all is written in it.

    A page that does something, such as the finder of meetings, needs no words; a page of one's own is nothing else.

    >>> find_missing({"lead": "Come in."}, is_own=True), find_missing({}, is_own=True)
    (('name', 'title', 'words'), ())
    """
    if not text:
        return ()
    return tuple(part for part in ("name", "title", *(["words"] if is_own else [])) if not text.get(part))


def choose_language(texts: Texts, wanted: str) -> str:
    """The language in which a page is shown: the reader's, where it has a title in it, else the other.

    >>> choose_language({"en": {"title": "Hello"}}, "es"), choose_language({}, "es")
    ('en', '')
    """
    for language in (wanted, *LANGUAGES):
        if texts.get(language, {}).get("title"):
            return language
    return ""


def list_changes(before: Texts, after: Texts) -> list[str]:
    """Which parts differ, such as `lead_es`.

    >>> list_changes({"en": {"title": "A"}}, {"en": {"title": "B"}, "es": {"title": "C"}})
    ['title_en', 'title_es']
    """
    return [
        f"{part}_{language}" for language in LANGUAGES for part in PARTS
        if before.get(language, {}).get(part, "") != after.get(language, {}).get(part, "")
    ]  # fmt: skip


def make_slug(texts: Texts, taken: Collection[str]) -> str:
    """The end of a page's address, made from its name: small letters, nothing that tells what a reader looks for (E3).

    >>> make_slug({"en": {"name": "Who we are"}}, ()), make_slug({"es": {"name": "¿Quiénes?"}}, {"quienes"})
    ('who-we-are', 'quienes-2')
    >>> make_slug({"en": {"name": "Relapse and recovery"}}, ())
    'page'
    """
    name = next((texts[one]["name"] for one in LANGUAGES if texts.get(one, {}).get("name")), "")
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:30].strip("-")
    if not slug or reveals(slug.replace("-", " ")) or reveals(name):
        slug = "page"
    number, found = 1, slug
    while found in taken:
        number += 1
        found = f"{slug}-{number}"
    return found


def move(order: Sequence[str], slug: str, *, up: bool) -> list[str]:
    """The order with one page a place further up or down; unchanged at an end, or where it is not in it.

    >>> move(["a", "b", "c"], "c", up=True)
    ['a', 'c', 'b']
    """
    moved = list(order)
    if slug not in moved:
        return moved
    at = moved.index(slug)
    to = at - 1 if up else at + 1
    if 0 <= to < len(moved):
        moved[at], moved[to] = moved[to], moved[at]
    return moved


def _tidy(part: str, words: str) -> str:
    lines = [line.rstrip() for line in words.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    kept = "\n".join(lines).strip()
    return re.sub(r"\n{3,}", "\n\n", kept) if part == "words" else " ".join(kept.split())
