"""Writes the document that is signed: numbered blocks of text in one language, from one version of the texts (B8).

Written once and kept; an earlier version can be written again byte for byte, for its texts are never changed.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any

from . import texts_1, texts_2, texts_3
from .kinds import KINDS
from .signing import BY_DIRECTOR, DIRECTOR, Posture
from .terms import Terms

VERSIONS = {1: texts_1, 2: texts_2, 3: texts_3}
LATEST = max(VERSIONS)


@dataclass(frozen=True)
class Block:
    """One paragraph: a code of `texts_n.STATEMENTS`, its section of the law, a short heading, and the text."""

    code: str
    section: str
    heading: str
    text: str


def write(
    terms: Terms, posture: Posture, *, language: str, say_day: Callable[[datetime], str], version: int = LATEST
) -> tuple[Block, ...]:
    """The document of these terms. `say_day` puts a moment into words in that language, in the program's time zone.

    Raises KeyError for a language or version that there is not.
    """
    texts = VERSIONS[version]
    values = _values(terms, texts, language, say_day)
    return tuple(
        Block(code, statement.section, statement.heading[language], statement.text[language].format(**values))
        for code, statement in statements_for(texts, posture, terms.held_event).items()
        if _is_said(code, terms, posture)
    )


def statements_for(texts: ModuleType, posture: Posture, held_event: str = "") -> Mapping[str, texts_1.Statement]:
    """The paragraphs of a version in a program under this law. The first version knew one law, and days only."""
    instead: dict[str, texts_1.Statement | None] = {}
    if posture.part2 == "neither" and hasattr(texts, "OUTSIDE"):
        instead |= {**texts.OUTSIDE["both"], **texts.OUTSIDE["hipaa" if posture.hipaa else "neither"]}
    if held_event:
        instead["right_to_revoke_held"] = texts.HELD_BY_EVENT[held_event]
    said = {code: instead.get(code, statement) for code, statement in texts.STATEMENTS.items()}
    return {code: statement for code, statement in said.items() if statement is not None}


def _is_said(code: str, terms: Terms, posture: Posture) -> bool:
    kind = KINDS[terms.kind]
    for_tpo = terms.kind == "tpo" or terms.purpose in ("care", "payment")
    only_when = {
        "recipient_class": terms.kind == "tpo",
        "recipient": terms.kind != "tpo",
        "members": kind.names_members,
        "list_right": kind.names_members,
        "right_to_revoke": not kind.is_held,
        "right_to_revoke_held": kind.is_held,
        "redisclosure": for_tpo,
        "refusing": for_tpo,
        "refusing_other": not for_tpo,
        "hipaa": for_tpo and terms.recipient_is_covered,
        "fundraising": posture.fundraises,
        BY_DIRECTOR: terms.signer == DIRECTOR,
        "only_monitors": kind.code == "criminal_justice",
        "only_this_case": kind.code == "legal",
    }
    return only_when.get(code, True)


def _values(terms: Terms, texts: ModuleType, language: str, say_day: Callable[[datetime], str]) -> Mapping[str, str]:
    if terms.expires_event:
        ends = texts.EVENTS[terms.expires_event][language]
    elif terms.expires_at:  # midnight after the last day
        ends = texts.LAST_DAY[language].format(day=say_day(terms.expires_at - timedelta(microseconds=1)))
    else:
        ends = ""
    return {
        "person": terms.person_name,
        "discloser": terms.discloser,
        "items": "; ".join(texts.ITEMS[item][language] for item in terms.items),
        "recipient": terms.recipient,
        "members": terms.members,
        "purpose": describe_purpose(terms.purpose, terms.purpose_words, language, texts),
        "ends": ends,
        "held_until": say_day(terms.held_until) if terms.held_until else "",
    }


def describe_purpose(purpose: str, words: str, language: str, texts: ModuleType = texts_1) -> str:
    """A purpose in words, with what was written about it."""
    said: str = texts.PURPOSES[purpose][language]
    return f"{said}: {words}" if words else said


def digest(blocks: Sequence[Block], preview: Sequence[Any]) -> str:
    """64 hex digits over exactly what was shown, the document and the preview: another word, another digest."""
    shown = {"document": [[block.code, block.text] for block in blocks], "preview": preview}
    return hashlib.sha256(json.dumps(shown, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
