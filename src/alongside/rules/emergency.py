"""A medical emergency (§2.51(a)), an error in a product of which the FDA warns (§2.51(b)), or a minor in danger who
asks for services and cannot decide (§2.14(c)): what must be written down at once, when it may be told, who looks at it
later."""

from collections.abc import Collection, Mapping
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

PARENT_ELEMENTS: Mapping[str, str] = {
    "recipient": "2.14(c)",
    "acts_as": "2.14(c)",
    "disclosed_by": "2.14(c)",
    "disclosed_at": "2.14(c)",
    "asks_for_services": "2.14(c)(1)",
    "no_capacity": "2.14(c)(1)",
    "judged_no_capacity": "2.14(c)(1)",
    "nature": "2.14(c)(2)",
    "threat_to": "2.14(c)(2)",
    "judged_threat": "2.14(c)(2)",
    "told": "2.14(c)",
}
"""The same of what is told to whoever acts for a minor: `nature` is the threat. The section wants a judgment of the
director and no record; what it wants judged is written down here as each of the others is."""

KINDS: Mapping[str, Mapping[str, str]] = {"medical": ELEMENTS, "fda": FDA_ELEMENTS, "parent": PARENT_ELEMENTS}
"""Told to medical personnel because a life or health is at risk · to those of the FDA, to warn of a product · to
whoever acts for a minor who cannot decide, to make a substantial threat smaller."""

_ALL = frozenset(element for elements in KINDS.values() for element in elements)

NO_CONSENT: Mapping[str, str] = {
    "cannot_answer": "2.51(a)(1)",
    "cannot_reach": "2.51(a)(1)",
    "closed": "2.51(a)(2)",
}
"""Why nobody could ask the person before: they could not answer, could not be reached, or the program was closed in a
state of emergency that an authority declared."""

ACTS_AS = ("parent", "guardian", "other")
"""By what right they act for the minor: a parent, a guardian, another individual whom state law authorizes."""

NO_CAPACITY = ("youth", "condition")
"""Why the minor cannot decide: extreme youth; a mental or physical condition."""

THREAT_TO = ("minor", "other")
"""To whose life or physical well-being: the minor's, or any other individual's."""

_CODES: Mapping[str, Collection[str]] = {
    "no_consent": NO_CONSENT, "acts_as": ACTS_AS, "no_capacity": NO_CAPACITY, "threat_to": THREAT_TO,
}  # fmt: skip

FINDINGS = ("right", "too_much", "no_emergency")
"""What whoever looks at it afterwards finds."""


@dataclass(frozen=True)
class Facts:
    """One disclosure as it is written down. Which of the facts a kind has is in `KINDS`; the others stay empty."""

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
    acts_as: str = ""
    no_capacity: str = ""
    threat_to: str = ""
    asks_for_services: bool = False
    """The director says that the minor asks for services, or just came."""
    judged_no_capacity: bool = False
    """The director judges that they cannot decide rationally whether that person is told."""
    judged_threat: bool = False
    """The director judges that the threat is substantial, and that telling it may reduce it."""


def list_missing(facts: Facts, now: datetime) -> list[str]:
    """Elements of its kind that are not there, in their order; a moment that has not come is none. Of an unknown kind,
    and of what belongs to another one, `kind`.
    """
    if facts.kind not in KINDS:
        return ["kind"]
    own = KINDS[facts.kind]
    missing = [element for element in own if not _is_there(facts, element, now)]
    return [*missing, "kind"] if any(_says(facts, element) for element in _ALL - own.keys()) else missing


def _is_there(facts: Facts, element: str, now: datetime) -> bool:
    if element == "disclosed_at":
        return facts.disclosed_at is not None and facts.disclosed_at <= now
    if element in _CODES:
        return getattr(facts, element) in _CODES[element]
    return _says(facts, element)


def _says(facts: Facts, element: str) -> bool:
    value = getattr(facts, element)
    return bool(value.strip() if isinstance(value, str) else value)


def may_review(*, discloser: object, reviewer: object) -> bool:
    """Nobody looks at what they told themself; an account that is not known is nobody's."""
    return reviewer is not None and discloser != reviewer
