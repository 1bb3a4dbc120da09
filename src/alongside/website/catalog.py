"""The pages that come with the product: where they are, and the texts they come with, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alongside.rules.site_pages import LANGUAGES, PARTS

FOLDER = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class BuiltIn:
    """A page that comes with the product. `url_name` is its page, `icon` stands beside its name.

    `takes_words`: visitors may be let write beneath it. Not beneath forms, nor where somebody needs help at once;
    stories have words of their own.
    """

    slug: str
    url_name: str
    icon: str
    in_menu: bool = True
    takes_words: bool = False
    needs_open: bool = False


HOME, HELP = "home", "help"
BUILT_IN = {
    page.slug: page
    for page in (
        BuiltIn(HOME, "public_home", "house", in_menu=False, takes_words=True),
        BuiltIn("refer", "refer", "send", in_menu=False, needs_open=True),
        BuiltIn("what-peers-do", "what_peers_do", "heart-handshake", takes_words=True),
        BuiltIn("ask", "ask", "hand-heart", needs_open=True),
        BuiltIn("become-a-peer", "apply", "footprints", needs_open=True),
        BuiltIn("meetings", "meetings", "calendar-days", takes_words=True),
        BuiltIn("events", "events", "star", takes_words=True),
        BuiltIn("places", "places", "map-pin", takes_words=True),
        BuiltIn("stories", "stories", "book-open"),
        BuiltIn("figures", "public_figures", "chart-column", takes_words=True),
        BuiltIn(HELP, "help_now", "life-buoy"),
    )
}
"""In the order in which the navigation shows them at first. `needs_open`: only where the program takes new asks."""

BY_URL_NAME = {page.url_name: page for page in BUILT_IN.values()}
OWN_ICON = "file-text"
RESERVED = frozenset({*BUILT_IN, "new"})
"""Ends of addresses that no page of a program's own gets."""


@cache
def come_with(slug: str) -> Mapping[str, Mapping[str, str]]:
    """The texts a page comes with, by language. An own page comes with none."""
    return {language: _read(FOLDER / language / f"{slug}.txt") for language in LANGUAGES} if slug in BUILT_IN else {}


def _read(path: Path) -> dict[str, str]:
    """Lines `name: …`, `title: …`, `lead: …`; after an empty line the words of the page with their marks."""
    head, _, words = path.read_text(encoding="utf-8").partition("\n\n")
    text = {name: value.strip() for name, _, value in (line.partition(":") for line in head.splitlines())}
    return {part: value for part in PARTS if (value := (text | {"words": words.strip()}).get(part, ""))}
