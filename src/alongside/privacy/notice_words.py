"""A program's notice (§2.22) from its settings and its law to what is read: paragraphs under their headings."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from alongside.people.models import Person, Program
from alongside.rules.consent import Posture
from alongside.rules.notice import LANGUAGES, VERSIONS, Facts, Paragraph, write

from .models import Notice

WHY_NOT = (
    ("did_not_want", _("They did not want to")),
    ("could_not", _("They could not then")),
    ("emergency", _("It was an emergency: as soon as we can")),
    ("other", _("Something else")),
)
SAID_WHY = dict(WHY_NOT) | {"not_now": _("They said: not now")}


def first_facts(program: Program, today: date) -> Facts:
    """What the first notice says until a director says more: the program itself is whom to ask."""
    return Facts(program.name, program.name, program.phone, "", today, 1)


def facts_of(notice: Notice, program: Program) -> Facts:
    """What a published one was filled in with."""
    return Facts(
        program.name, notice.contact, notice.contact_phone, notice.contact_email, notice.effective_on, notice.number
    )


def write_all(facts: Facts, posture: Posture) -> dict[str, tuple[Paragraph, ...]]:
    """The notice in each language."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = write(
                facts, posture, language=language, say_day=lambda day: date_format(day, "DATE_FORMAT")
            )
    return found


def language_with(person: Person) -> str:
    """The language of ours in which a person is spoken with."""
    return person.language if person.language in LANGUAGES else "en"


def to_keep(documents: Mapping[str, Sequence[Paragraph]]) -> dict[str, list[dict]]:
    """What is kept of a published one."""
    return {language: [asdict(part) for part in parts] for language, parts in documents.items()}


def paragraphs_of(notice: Notice, language: str) -> list[Paragraph]:
    """What was published, as it was kept (B8)."""
    return [Paragraph(**part) for part in notice.documents[language]]


def grouped(parts: Sequence[Paragraph], language: str, version: int) -> list[dict]:
    """[{heading, parts}] as a page shows it."""
    groups = VERSIONS[version].GROUPS
    return [
        {"heading": groups[code][language], "parts": list(several)}
        for code, several in groupby(parts, key=lambda part: part.group)
    ]
