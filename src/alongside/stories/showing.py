"""A story ready to show: the same for its writer, its reader and everybody else. No queries here."""

from collections.abc import Iterable
from dataclasses import dataclass

from alongside.people.labels import spoken
from alongside.rules.plain_words import Suggestion, suggest
from alongside.rules.sound import TYPES
from alongside.rules.stories import PARTS, SPOKEN, Hint, find_private, what_is_missing

from . import wording
from .models import Story, StoryTurn

TEASER = 180
"""Letters of a story that a list shows."""


@dataclass(frozen=True)
class Shown:
    """What stands on the page of a story, and nothing else of it."""

    title: str
    alias: str
    language: str
    about: str
    parts: list[tuple[str, str]]
    spoken: str
    sound_type: str
    teaser: str


def show(story: Story) -> Shown:
    """The story in the reader's language, its own words as they are."""
    recording = getattr(story, "recording", None)
    parts = [(str(wording.HEADINGS[code]), story.parts[code]) for code in PARTS if story.parts.get(code)]
    said = story.parts.get(SPOKEN, "") if recording else ""
    first = " ".join((parts[0][1] if parts else said).split())
    return Shown(
        title=story.title, alias=story.alias, language=story.language, about=about(story), parts=parts, spoken=said,
        sound_type=TYPES[recording.kind] if recording else "",
        teaser=first if len(first) <= TEASER else first[:TEASER].rsplit(" ", 1)[0] + "…",
    )  # fmt: skip


def about(story: Story) -> str:
    """As whom its writer speaks, and on which pathway."""
    said = [str(wording.VOICES[story.voice])]
    return " · ".join([*said, spoken("pathway", story.pathway)] if story.pathway else said)


@dataclass(frozen=True)
class ToLookAt:
    """What to look at again: [(what, [words])], kinder words, and what is missing before it can be sent."""

    hints: list[tuple[str, list[str]]]
    plainer: list[Suggestion]
    missing: list[str]


def look_over(story: Story, *, keep_out: str = "") -> ToLookAt:
    """What stands in the words of a story that its writer may not want, or others should not have to read.

    `keep_out` is the writer's own list of words, and for nobody else: a reader is not told by a hint what is on it.
    """
    recording = getattr(story, "recording", None)
    text = "\n".join([story.title, *(story.parts.get(code, "") for code in (*PARTS, SPOKEN)), story.alias])
    missing = what_is_missing(alias=story.alias, title=story.title, parts=story.parts, has_sound=recording is not None)
    return ToLookAt(
        hints=_by_kind(find_private(text, keep_out=keep_out)),
        plainer=suggest(text),
        missing=[str(wording.MISSING[code]) for code in missing],
    )


def _by_kind(hints: Iterable[Hint]) -> list[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for hint in hints:
        found.setdefault(hint.kind, []).append(hint.word)
    return [(str(words), found[kind]) for kind, words in wording.HINTS.items() if kind in found]


def show_turn(turn: StoryTurn) -> dict:
    """{at, what, reasons, words} of one line of the history, to its writer."""
    reasons = [str(wording.RETURN_REASONS[code][1]) for code in turn.reasons]
    return {"at": turn.at, "what": str(wording.WHATS[turn.what]), "reasons": reasons, "words": turn.words}
