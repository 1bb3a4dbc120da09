"""A medical emergency (§2.51): what must be written down at once, when it may be told, who looks at it later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

ELEMENTS: Mapping[str, str] = {
    "recipient": "2.51(c)(1)",
    "facility": "2.51(c)(1)",
    "disclosed_by": "2.51(c)(2)",
    "disclosed_at": "2.51(c)(3)",
    "nature": "2.51(c)(4)",
    "no_consent": "2.51(a)",
    "told": "2.51(a)",
}
"""What the record has to hold, each with its section: no more may be told than the emergency needs, so it says what."""

NO_CONSENT: Mapping[str, str] = {
    "cannot_answer": "2.51(a)(1)",
    "cannot_reach": "2.51(a)(1)",
    "closed": "2.51(a)(2)",
}
"""Why nobody could ask the person before: they could not answer, could not be reached, or the program was closed in a
state of emergency that an authority declared."""

FINDINGS = ("right", "too_much", "no_emergency")
"""What whoever looks at it afterwards finds."""


@dataclass(frozen=True)
class Facts:
    """One disclosure to medical personnel, as it is written down."""

    recipient: str = ""
    facility: str = ""
    disclosed_by: str = ""
    disclosed_at: datetime | None = None
    nature: str = ""
    no_consent: str = ""
    told: str = ""


def list_missing(facts: Facts, now: datetime) -> list[str]:
    """Elements that are not there, in the order of `ELEMENTS`; a moment that has not come is none."""
    there = {
        "recipient": facts.recipient.strip(),
        "facility": facts.facility.strip(),
        "disclosed_by": facts.disclosed_by.strip(),
        "disclosed_at": facts.disclosed_at is not None and facts.disclosed_at <= now,
        "nature": facts.nature.strip(),
        "no_consent": facts.no_consent in NO_CONSENT,
        "told": facts.told.strip(),
    }
    return [element for element in ELEMENTS if not there[element]]


def may_review(*, discloser: object, reviewer: object) -> bool:
    """Nobody looks at what they told themself; an account that is not known is nobody's."""
    return reviewer is not None and discloser != reviewer
