"""May this leave? One function decides: who, what, what for, under which law and consents, at which moment (C1, C2).

It answers with a reason for the log. Whoever asked from outside gets one answer for every no: "no consent" and "no such
person" are told alike (A1).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from alongside.rules.consent.kinds import KINDS, items_for
from alongside.rules.consent.lasting import state_at
from alongside.rules.consent.signing import Posture

STATEMENTS = {"program": "long", "holder": "long", "neither": ""}
"""§2.32 holds for a Part 2 program and a lawful holder of its records; from others the statement would be untrue."""

REASONS = ("covered", "no_consent", "not_live", "other_recipient", "other_purpose", "nothing_covered")


@dataclass(frozen=True)
class Asked:
    """What somebody wants to let out: about whom, to whom, what, what for. Ids and names are compared as they are."""

    person: str
    recipient: str
    purpose: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Given:
    """One consent, as far as the decision needs it."""

    key: str
    person: str
    kind: str
    status: str
    recipient: str
    purpose: str
    items: tuple[str, ...]
    expires_at: datetime | None = None


@dataclass(frozen=True)
class Decision:
    """Whether it may leave, why, under which consent, and which items: the others are left out without a trace."""

    reason: str
    consent: str = ""
    items: tuple[str, ...] = ()
    statement: str = ""
    """Which statement of §2.32(a) goes with it: `long`, or none where the records are not under Part 2."""

    @property
    def may_leave(self) -> bool:
        """Whether something leaves."""
        return self.reason == "covered"


def decide(asked: Asked, consents: Sequence[Given], posture: Posture, now: datetime) -> Decision:
    """The first consent that covers most of what is asked; else the nearest reason why none does.

    The posture loosens nothing: also a program outside of Part 2 shares by consent. It says which statement is true.
    """
    nearest, best = "no_consent", Decision("no_consent")
    for given in consents:
        if given.person != asked.person:
            continue
        decision = _under(given, asked, now)
        if decision.may_leave and len(decision.items) > len(best.items):
            best = decision
        if REASONS.index(decision.reason) > REASONS.index(nearest):
            nearest = decision.reason
    return replace(best, statement=STATEMENTS[posture.part2]) if best.may_leave else Decision(nearest)


def _under(given: Given, asked: Asked, now: datetime) -> Decision:
    if state_at(given.status, given.expires_at, now) != "active":
        return Decision("not_live")
    if given.recipient != asked.recipient:
        return Decision("other_recipient")
    if given.purpose != asked.purpose or asked.purpose not in KINDS[given.kind].purposes:
        return Decision("other_purpose")
    # Minimum necessary once more (C4): what the kind does not allow is out, whatever was written down.
    allowed = items_for(given.kind, given.purpose)
    items = tuple(item for item in asked.items if item in given.items and item in allowed)
    return Decision("covered", given.key, items) if items else Decision("nothing_covered")
