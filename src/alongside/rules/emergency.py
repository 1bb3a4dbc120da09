"""A medical emergency (§2.51(a)), or an error in a product of which the FDA warns (§2.51(b)): what must be written down
at once, when it may be told, who looks at it later."""

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

FDA_ELEMENTS: Mapping[str, str] = {
    "recipient": "2.51(c)(1)",
    "facility": "2.51(c)(1)",
    "disclosed_by": "2.51(c)(2)",
    "disclosed_at": "2.51(c)(3)",
    "product": "2.51(b)",
    "nature": "2.51(b)",
    "only_to_notify": "2.51(b)",
    "told": "2.51(b)",
}
"""The same of what is told to medical personnel of the FDA: `nature` is the error that they assert, in manufacture,
labeling or sale, and why it may threaten somebody's health. Nobody had to be asked before; what for is fixed."""

KINDS: Mapping[str, Mapping[str, str]] = {"medical": ELEMENTS, "fda": FDA_ELEMENTS}
"""Told to medical personnel because a life or health is at risk · to those of the FDA, to warn of a product."""

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
    """One disclosure to medical personnel, as it is written down. The last three are of the FDA alone."""

    recipient: str = ""
    facility: str = ""
    disclosed_by: str = ""
    disclosed_at: datetime | None = None
    nature: str = ""
    no_consent: str = ""
    told: str = ""
    kind: str = "medical"
    product: str = ""
    only_to_notify: bool = False
    """They said that it is used for nothing but to notify patients or their physicians of dangers."""


def list_missing(facts: Facts, now: datetime) -> list[str]:
    """Elements of its kind that are not there, in their order; a moment that has not come is none. Of an unknown kind,
    and of what belongs to the other one, `kind`.
    """
    if facts.kind not in KINDS:
        return ["kind"]
    there = {
        "recipient": facts.recipient.strip(),
        "facility": facts.facility.strip(),
        "disclosed_by": facts.disclosed_by.strip(),
        "disclosed_at": facts.disclosed_at is not None and facts.disclosed_at <= now,
        "product": facts.product.strip(),
        "nature": facts.nature.strip(),
        "no_consent": facts.no_consent in NO_CONSENT,
        "only_to_notify": facts.only_to_notify,
        "told": facts.told.strip(),
    }
    missing = [element for element in KINDS[facts.kind] if not there[element]]
    mixed = facts.no_consent if facts.kind == "fda" else facts.product.strip() or facts.only_to_notify
    return [*missing, "kind"] if mixed else missing


def may_review(*, discloser: object, reviewer: object) -> bool:
    """Nobody looks at what they told themself; an account that is not known is nobody's."""
    return reviewer is not None and discloser != reviewer
