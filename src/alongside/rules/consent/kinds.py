"""The kinds of consent, which never mix in one signature (B2), and what each may be for, share and end with.

SUD counseling notes (§2.31(b)) have no kind: we keep none, and nothing of that sort has a way out (C4).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .signing import Posture

ITEMS = ("being_here", "reach", "birth_date", "walks_with", "contacts", "times", "wishes", "notes")
"""What may be shared, from the least to the most. Boundaries, safety plans and reflections are not among them (C4)."""

SPECIFIC_PURPOSES = ("care", "housing", "work_or_school", "benefits", "close_person", "payment", "at_request", "other")
PURPOSES = (*SPECIFIC_PURPOSES, "tpo", "legal", "monitoring", "research")

EVENTS = ("end_of_support", "end_of_treatment", "end_of_case", "end_of_study", "none")
"""What may end a consent instead of a day (§2.31(a)(7)). `end_of_support` the house notices by itself."""

RECIPIENT_CLASSES = ("provider", "plan", "payer", "helper")
"""Whom one consent for all care may reach without their names (§2.31(a)(4)(i)): treating providers, health plans,
third-party payers, and people helping to operate the program."""

HELD_EVENTS = ("end_of_case",)
"""What may let a person take a held consent back before its day (§2.35(c)): the case in connection with which it was
given is over."""


@dataclass(frozen=True)
class Kind:
    """What one kind allows: its purposes (one is signed), its items, its events, and what it must say besides."""

    code: str
    purposes: tuple[str, ...]
    items: tuple[str, ...]
    events: tuple[str, ...]
    section: str
    names_members: bool = False
    names_matter: bool = False
    """Whether the matter must be named in words: which case, which study, which other purpose."""
    needs_day: bool = False
    """Whether it must have a last day: the period of §2.35(b)."""
    is_held: bool = False
    """Whether it can be taken back only from a stated day on (§2.35(c))."""
    joins: bool = False
    """Whether one signature may name several recipients: of the same kind and purpose, each a consent of its own."""
    classes: tuple[str, ...] = ()
    """Of `RECIPIENT_CLASSES`: whom it reaches besides the one it names."""


_ALL = (
    Kind("specific", SPECIFIC_PURPOSES, ITEMS, ("end_of_support", "end_of_treatment"), "2.31(a)", joins=True),
    Kind("tpo", ("tpo",), ITEMS, ("end_of_support", "end_of_treatment", "none"), "2.31(a)(4)(i), 2.33(a)(2)",
         joins=True, classes=RECIPIENT_CLASSES),
    Kind("intermediary", ("care", "payment"), ITEMS, ("end_of_support", "end_of_treatment"), "2.31(a)(4)(ii), 2.24",
         names_members=True),
    Kind("legal", ("legal",), ("being_here", "walks_with", "contacts", "notes"), ("end_of_case",), "2.31(d)",
         names_matter=True),
    # Only what somebody needs who monitors how the person is doing (§2.35(a)(1)).
    Kind("criminal_justice", ("monitoring",), ("being_here", "contacts", "times"), (), "2.35",
         names_matter=True, needs_day=True, is_held=True),
    Kind("research", ("research",), ("being_here", "birth_date", "contacts", "wishes"), ("end_of_study",),
         "2.31(a)(7), 2.52", names_matter=True),
)  # fmt: skip

KINDS: Mapping[str, Kind] = {kind.code: kind for kind in _ALL}

PURPOSE_ITEMS: Mapping[str, tuple[str, ...]] = {
    # Minimum necessary (45 CFR 164.502(b), C4): what somebody needs for this and no more.
    "housing": ("being_here", "reach", "birth_date", "walks_with", "times"),
    "work_or_school": ("being_here", "reach", "walks_with", "times"),
    "benefits": ("being_here", "reach", "birth_date", "contacts"),
    "close_person": ("being_here", "reach", "walks_with", "times"),
    "payment": ("being_here", "birth_date", "contacts"),
}
"""Purposes that need less than their kind allows."""


def items_for(kind: str, purpose: str) -> tuple[str, ...]:
    """The items that may be chosen for this kind and purpose."""
    allowed = PURPOSE_ITEMS.get(purpose, ITEMS)
    return tuple(item for item in KINDS[kind].items if item in allowed)


def kinds_for(posture: Posture) -> tuple[str, ...]:
    """The kinds a program may offer. Only §2.35 lets a consent be held: where Part 2 does not hold, there is none such,
    for whoever signs under 45 CFR 164.508(b)(5) can take it back at any time."""
    outside = posture.part2 == "neither"
    return tuple(kind.code for kind in KINDS.values() if not (kind.is_held and outside))


def events_for(kind: str) -> tuple[str, ...]:
    """The events that may end a consent of this kind."""
    return KINDS[kind].events
