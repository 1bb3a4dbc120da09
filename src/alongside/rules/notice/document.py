"""Writes the notice of a program in one language, from one version of the texts, its law, and whom to ask (§2.22)."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from alongside.rules.consent.signing import Posture

from . import texts_1

VERSIONS = {1: texts_1}
LATEST = max(VERSIONS)
LANGUAGES = ("en", "es")

ELEMENTS: Mapping[str, tuple[str, ...]] = {
    "2.22(a)": ("law_program",),
    "2.22(b)(1)(i)": ("header",),
    "2.22(b)(1)(ii)(A)": (
        "within", "providers", "emergency", "child", "crime", "audit", "research", "public_health", "capacity", "death",
        "proceedings_order",
    ),
    "2.22(b)(1)(ii)(D)": ("with_consent",),
    "2.22(b)(1)(ii)(E)": ("single",),
    "2.22(b)(1)(ii)(F)": ("others_only",),
    "2.22(b)(1)(ii)(G)": ("revoke",),
    "2.22(b)(1)(ii)(H)": ("proceedings", "proceedings_order", "proceedings_subpoena"),
    "2.22(b)(1)(iii)(A)": ("redisclosure",),
    "2.22(b)(1)(iii)(B)": ("fundraising",),
    "2.22(b)(1)(iv)(A)": ("right_restrict",),
    "2.22(b)(1)(iv)(B)": ("right_plan",),
    "2.22(b)(1)(iv)(C)": ("right_accounting",),
    "2.22(b)(1)(iv)(D)": ("right_list",),
    "2.22(b)(1)(iv)(E)": ("right_copy",),
    "2.22(b)(1)(iv)(F)": ("right_discuss",),
    "2.22(b)(1)(iv)(G)": ("right_no_fundraising",),
    "2.22(b)(1)(v)(A)": ("duty_keep",),
    "2.22(b)(1)(v)(B)": ("duty_follow",),
    "2.22(b)(1)(v)(C)": ("duty_change",),
    "2.22(b)(1)(vi)": ("complain_here", "complain_hhs", "no_retaliation"),
    "2.22(b)(1)(vii)": ("contact",),
    "2.22(b)(1)(viii)": ("effective",),
}  # fmt: skip
"""Each required element with the statements that say it; (iii)(B) only where the program raises money."""


@dataclass(frozen=True)
class Facts:
    """What a program fills in: its name, whom to ask (name or title), how to reach them, the first day, the number."""

    program: str
    contact: str
    phone: str
    email: str
    effective_on: date
    number: int


@dataclass(frozen=True)
class Paragraph:
    """One statement in one language, with its group's code and its section of the law."""

    code: str
    section: str
    group: str
    heading: str
    text: str


def write(
    facts: Facts, posture: Posture, *, language: str, say_day: Callable[[date], str], version: int = LATEST
) -> tuple[Paragraph, ...]:
    """The notice in one language; `say_day` puts a day into its words. KeyError for an unknown language or version."""
    texts = VERSIONS[version]
    values = {
        "program": facts.program, "contact": facts.contact, "number": str(facts.number),
        "reach": " · ".join(part for part in (facts.phone, facts.email) if part), "day": say_day(facts.effective_on),
    }  # fmt: skip
    return tuple(
        Paragraph(code, one.section, one.group, one.heading[language].format(**values),
                  one.text[language].format(**values))
        for code, one in texts.STATEMENTS.items()
        if is_said(code, posture)
    )  # fmt: skip


def is_said(code: str, posture: Posture) -> bool:
    """Whether a program under this law says this. What the law does not make somebody do, the page does not claim."""
    only_when = {
        "law_program": posture.part2 == "program",
        "law_holder": posture.part2 == "holder",
        "law_neither": posture.part2 == "neither",
        "header_hipaa": posture.hipaa,
        "right_access": posture.hipaa,
        "right_amend": posture.hipaa,
        "right_reach": posture.hipaa,
        "fundraising": posture.fundraises,
        "duty_keep": posture.part2 == "program" or posture.hipaa,
        "duty_keep_promise": posture.part2 != "program" and not posture.hipaa,
    }
    return only_when.get(code, True)


def list_missing(facts: Facts) -> tuple[str, ...]:
    """What §2.22(b)(1)(vii) still wants of the contact: `contact`, `phone`, `email`."""
    return tuple(name for name in ("contact", "phone", "email") if not getattr(facts, name).strip())


def digest(documents: Mapping[str, Sequence[Paragraph]]) -> str:
    """64 hex digits over the notice in all its languages: another word, another digest."""
    said = {language: [[one.code, one.heading, one.text] for one in parts] for language, parts in documents.items()}
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
