"""A page of the public site ready to show: in the reader's language, or in the other one, said kindly. No queries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.urls import reverse

from alongside.rules.marked_text import BUTTONS, HEADING, Block, plain, read
from alongside.rules.neutral import reveals
from alongside.rules.plain_words import Suggestion
from alongside.rules.reading import ease, grade
from alongside.rules.site_pages import LANGUAGES, Texts, choose_language
from alongside.rules.wording import find_words

from .catalog import OWN_ICON
from .queries import Place

CLOSED = {"ask": "/ask/", "become-a-peer": "/become-a-peer/"}
"""Where no button leads while a program takes no new asks."""

HARD_GRADE, HARD_EASE = 8.0, 55.0
"""From here on a text is hard to read: school grade in English, INFLESZ in Spanish (`rules.reading`)."""


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; the first one may have none."""

    heading: Block | None
    blocks: tuple[Block, ...]

    @property
    def is_wide(self) -> bool:
        """Whether it is a list of steps, which takes the whole width of the front page."""
        return any(block.kind == "numbers" for block in self.blocks)


@dataclass(frozen=True)
class Text:
    """What a reader gets of a page. `language` is that of the words; `is_other`: not the one they asked for."""

    name: str = ""
    title: str = ""
    lead: str = ""
    blocks: tuple[Block, ...] = ()
    language: str = ""
    is_other: bool = False
    sections: tuple[Section, ...] = field(default=())


def show_text(texts: Texts, wanted: str, closed: Collection[str] = ()) -> Text:
    """A text in the language wanted, where it is there. `closed`: paths to which no button leads now."""
    language = choose_language(texts, wanted)
    text = texts.get(language, {})
    blocks = tuple(filter(None, (_open(block, closed) for block in read(text.get("words", "")))))
    return Text(
        name=text.get("name", "") or text.get("title", ""), title=text.get("title", ""), lead=text.get("lead", ""),
        blocks=blocks, language=language, is_other=bool(language) and language != wanted, sections=_sections(blocks),
    )  # fmt: skip


def closed_paths(*, is_open: bool) -> tuple[str, ...]:
    """Paths of the forms that a program does not show while it takes no new asks."""
    return () if is_open else tuple(CLOSED.values())


def _open(block: Block, closed: Collection[str]) -> Block | None:
    if block.kind != BUTTONS or not closed:
        return block
    lines = tuple(line for line in block.lines if not line[0].address.startswith(tuple(closed)))
    return Block(BUTTONS, lines) if lines else None


def _sections(blocks: tuple[Block, ...]) -> tuple[Section, ...]:
    found: list[Section] = []
    heading, under = None, []
    for block in (*blocks, None):
        if block is None or block.kind == HEADING:
            if heading or under:
                found.append(Section(heading, tuple(under)))
            heading, under = block, []
        else:
            under.append(block)
    return tuple(found)


def tab_title(text: Text) -> str:
    """What a browser's history keeps of a page: its name, where that tells nothing of who reads it (E3)."""
    return "" if reveals(text.name) else text.name


def show_menu(places: Collection[Place], wanted: str, path: str, *, is_open: bool) -> list[dict]:
    """The navigation: [{slug, label, language, url, icon, current, lead}]. `is_open`: the program takes new asks."""
    rows = []
    for place in places:
        if not (place.in_menu and place.is_shown) or (place.built_in and place.built_in.needs_open and not is_open):
            continue
        text = show_text(place.texts, wanted)
        if not text.title:
            continue
        url = url_of(place)
        rows.append({
            "slug": place.slug, "label": text.name, "url": url, "lead": text.lead,
            "language": text.language if text.is_other else "", "icon": place.built_in.icon if place.built_in else
            OWN_ICON, "current": path == url or (url != "/" and path.startswith(url)),
        })  # fmt: skip
    return rows


def url_of(place: Place) -> str:
    """Where visitors find it."""
    return reverse(place.built_in.url_name) if place.built_in else reverse("own_page", args=[place.slug])


@dataclass(frozen=True)
class ToLookAt:
    """What an editor may want to look at again in one language; nothing of it stands in the way of publishing."""

    language: str
    words: list[Suggestion]
    is_hard: bool


def look_over(texts: Texts) -> list[ToLookAt]:
    """Words that hurt or belong to a clinic, and long sentences (tenet 7), for each language that is written."""
    found = []
    for language in LANGUAGES:
        if text := texts.get(language):
            said = _all_words(text)
            words = list({one.word.casefold(): Suggestion(one.word, one.alternative, one.source, one.start, one.end)
                          for one in find_words(said, language=language)}.values())  # fmt: skip
            is_hard = grade(said) > HARD_GRADE if language == "en" else ease(said) < HARD_EASE
            if words or is_hard:
                found.append(ToLookAt(language, words, is_hard))
    return found


def _all_words(text: Mapping[str, str]) -> str:
    return "\n".join([text.get("title", ""), text.get("lead", ""), plain(text.get("words", ""))]).strip()
