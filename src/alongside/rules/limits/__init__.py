"""The limits of confidentiality (J1): what somebody is told at the first meeting, word for word, in both languages."""

from dataclasses import dataclass

from . import texts_1

VERSIONS = {1: texts_1}
LATEST = max(VERSIONS)
HOW = ("spoken", "paper", "screen")
"""How they were told: aloud, on paper, or on the person's own page."""


@dataclass(frozen=True)
class Limit:
    """One paragraph with its section of the law."""

    code: str
    section: str
    heading: str
    text: str


def write(*, language: str, version: int = LATEST) -> tuple[Limit, ...]:
    """The limits in one language. KeyError for a language or version that there is not."""
    statements = VERSIONS[version].STATEMENTS
    return tuple(
        Limit(code, one.section, one.heading[language], one.text[language]) for code, one in statements.items()
    )
