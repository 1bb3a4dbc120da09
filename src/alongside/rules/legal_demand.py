"""A demand for records by law: what came, what an order must say, and when records may go out (42 CFR 2.61-2.67).

Records leave only with an authorizing order of a court **and** a mandate that compels (§2.61(b)), both on file and in
force, every question of the section answered with yes, for the person, the recipient and the items that the order
names. Whatever is asked without them is answered by the neutral letter (§2.13(c)).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from alongside.rules.consent.kinds import ITEMS

KINDS = ("subpoena", "search_warrant", "arrest_warrant", "court_order", "investigator", "other")
"""What may come. None of them is enough alone."""

MANDATES = ("subpoena", "search_warrant", "summons", "court_order", "other")
"""What may compel, beside the order that authorizes (§2.61(a))."""

PURPOSES: Mapping[str, str] = {
    "noncriminal": "2.64",
    "patient": "2.65",
    "program": "2.66",
    "undercover": "2.67",
}
"""What an order may be for: not criminal, against the person, against the program, an undercover agent in it."""

QUESTIONS: Mapping[str, Mapping[str, str]] = {
    "noncriminal": {
        "part2": "2.61(a)",
        "notice": "2.64(b)",
        "closed_hearing": "2.64(c)",
        "no_other_way": "2.64(d)(1)",
        "outweighs": "2.64(d)(2)",
        "only_parts": "2.64(e)(1)",
        "only_who_needs": "2.64(e)(2)",
        "other_limits": "2.64(e)(3)",
    },
    "patient": {
        "part2": "2.61(a)",
        "notice": "2.65(b)",
        "closed_hearing": "2.65(c)",
        "serious_crime": "2.65(d)(1)",
        "substantial_value": "2.65(d)(2)",
        "no_other_way": "2.65(d)(3)",
        "outweighs": "2.65(d)(4)",
        "own_counsel": "2.65(d)(5)",
        "only_parts": "2.65(e)(1)",
        "only_officials": "2.65(e)(2)",
        "other_limits": "2.65(e)(3)",
    },
    "program": {
        "part2": "2.61(a)",
        "has_jurisdiction": "2.66(a)(1)",
        "may_seek_change": "2.66(b)",
        "no_other_way": "2.66(c), 2.64(d)(1)",
        "outweighs": "2.66(c), 2.64(d)(2)",
        "only_parts": "2.66(c), 2.64(e)(1)",
        "only_who_needs": "2.66(c), 2.64(e)(2)",
        "names_deleted": "2.66(d)(1)",
        "not_against_patients": "2.66(d)(2)",
    },
    "undercover": {
        "part2": "2.61(a)",
        "director_told": "2.67(b)",
        "crime_of_staff": "2.67(c)(1)",
        "no_other_way": "2.67(c)(2)",
        "outweighs": "2.67(c)(3)",
        "placement": "2.67(d)(1)",
        "twelve_months": "2.67(d)(2)",
        "tells_nobody": "2.67(d)(3)",
        "other_limits": "2.67(d)(4)",
    },
}
"""What is asked of an order for each purpose, each with its section. All are answered, and all with yes."""

CONFIDENTIAL: Mapping[str, str] = {
    "none": "",
    "threat_to_life": "2.63(a)(1)",
    "serious_crime": "2.63(a)(2)",
    "testified": "2.63(a)(3)",
}
"""On which ground the order lets out what the person said in confidence (§2.63)."""

CONFIDENTIAL_ITEMS = frozenset({"notes", "wishes"})
"""Items that hold what the person said."""

REASONS = (
    "no_order", "no_mandate", "undercover", "criteria", "other_person", "other_recipient", "confidential",
    "nothing_covered",
)  # fmt: skip
"""Why nothing goes out."""


@dataclass(frozen=True)
class Paper:
    """An order or a mandate on file, as far as the decision needs it. `ended`: quashed, stayed, vacated, withdrawn."""

    valid_until: datetime | None = None
    ended: bool = False

    def is_live(self, now: datetime) -> bool:
        """Whether it is in force at this moment."""
        return not self.ended and (self.valid_until is None or now < self.valid_until)


@dataclass(frozen=True)
class Ordered:
    """What a court ordered: under which section, of whom, to whom, which items, with which answers (code -> yes)."""

    key: str
    person: str
    recipient: str
    purpose: str
    items: tuple[str, ...]
    confidential: str
    answers: Mapping[str, bool]
    order: Paper
    mandate: Paper | None = None


def list_unanswered(purpose: str, answers: Mapping[str, bool]) -> list[str]:
    """Questions of this purpose that nobody answered, in the order of the section."""
    return [code for code in QUESTIONS[purpose] if answers.get(code) is None]


def list_failed(purpose: str, answers: Mapping[str, bool]) -> list[str]:
    """Questions answered with no: with one of them the order does not do, and counsel asks the court to mend it."""
    return [code for code in QUESTIONS[purpose] if answers.get(code) is False]


def why_not(ordered: Ordered, *, person: str, recipient: str, items: Sequence[str], now: datetime) -> str:
    """The first reason of `REASONS` why nothing may go out, or "" where something may."""
    if not ordered.order.is_live(now):
        return "no_order"
    if ordered.mandate is None or not ordered.mandate.is_live(now):
        return "no_mandate"
    if ordered.purpose == "undercover":
        return "undercover"
    if list_unanswered(ordered.purpose, ordered.answers) or list_failed(ordered.purpose, ordered.answers):
        return "criteria"
    if not person or ordered.person != person:
        return "other_person"
    if not recipient or ordered.recipient != recipient:
        return "other_recipient"
    if any(item in CONFIDENTIAL_ITEMS for item in items) and ordered.confidential in ("", "none"):
        return "confidential"
    return "" if covered(ordered, items) else "nothing_covered"


def covered(ordered: Ordered, items: Sequence[str]) -> tuple[str, ...]:
    """Those of the items that the order names: never one that has no path out (C4)."""
    return tuple(item for item in ITEMS if item in items and item in ordered.items)


def may_tell(*, forbidden: bool, from_moment: datetime | None, now: datetime) -> bool:
    """Whether the person may read of it now: where the order forbids it, from the moment the law allows."""
    return not forbidden or (from_moment is not None and from_moment <= now)
