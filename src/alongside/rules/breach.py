"""An incident that may be a breach: presumed to be one until four factors show otherwise, with the clocks of the law.

45 CFR 164.402 (what a breach is), 164.404 (people), 164.406 (media), 164.408 (the Secretary of HHS); 42 CFR 2.16(b)
applies them to Part 2 programs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

FACTORS: Mapping[str, str] = {
    "what_kind": "164.402(2)(i)",
    "who_got_it": "164.402(2)(ii)",
    "was_it_seen": "164.402(2)(iii)",
    "what_was_done": "164.402(2)(iv)",
}
"""The four factors of the assessment, each answered in words."""

DECISIONS = ("low_probability", "breach")
"""Until somebody decided, it is presumed to be a breach, and its clocks run (164.402(2))."""

INFORMATION = ("name", "reach", "birth_date", "being_here", "contacts", "notes", "messages", "plan", "answers", "other")
"""Kinds of information that a letter names (164.404(c)(1)(B))."""

HOW_TOLD = ("mail", "own_page", "in_person", "telephone", "substitute")
"""How a person was told: mail first; on their own page where they agreed to that; by another way where mail cannot
reach them (164.404(d))."""

DAYS = timedelta(days=60)
MANY = 500
"""From 500 persons on HHS hears at once (164.408(b)); more than 500 of one state: the media too (164.406(a))."""

WARN_DAYS = (30, 14, 7, 3, 1)
"""So many days before a clock ends, those who answer for it are told; and each day when it is over."""


@dataclass(frozen=True)
class Clock:
    """One duty with the last day on which it may be done: people, hhs, hhs_yearly, media."""

    code: str
    due_on: date
    section: str


@dataclass(frozen=True)
class State:
    """How far an incident is: when it was discovered, how many are affected and not told yet, what was done."""

    discovered_on: date
    affected: int
    untold: int
    decision: str = ""
    hhs_told: bool = False
    media_told: bool = False


def list_clocks(state: State) -> list[Clock]:
    """What is still to be done, the earliest first; all of it without unreasonable delay. Nothing where the risk was
    found to be low.
    """
    if state.decision == "low_probability":
        return []
    soon = state.discovered_on + DAYS
    clocks = []
    if state.untold or not state.affected:
        clocks.append(Clock("people", soon, "164.404(b)"))
    if not state.hhs_told and state.affected >= MANY:
        clocks.append(Clock("hhs", soon, "164.408(b)"))
    if not state.hhs_told and state.affected < MANY:
        clocks.append(Clock("hhs_yearly", date(state.discovered_on.year, 12, 31) + DAYS, "164.408(c)"))
    if not state.media_told and state.affected > MANY:
        clocks.append(Clock("media", soon, "164.406(b)"))
    return sorted(clocks, key=lambda clock: clock.due_on)


def warn_step(due_on: date, today: date) -> str:
    """By which name those who answer are told today, "" where not yet: a step of `WARN_DAYS`, or each day overdue.

    >>> warn_step(date(2026, 3, 31), date(2026, 3, 20)), warn_step(date(2026, 3, 31), date(2026, 4, 2))
    ('14', 'late2')
    """
    left = (due_on - today).days
    if left < 0:
        return f"late{-left}"
    passed = [days for days in WARN_DAYS if left <= days]
    return str(min(passed)) if passed else ""


def list_missing(factors: Mapping[str, str]) -> list[str]:
    """Factors without words."""
    return [factor for factor in FACTORS if not factors.get(factor, "").strip()]


def may_close(state: State) -> bool:
    """Whether nothing is left to be done: decided, and each clock answered."""
    return state.decision in DECISIONS and not list_clocks(state)
