"""An incident that may be a breach: presumed to be one until four factors show otherwise, with the clocks of the law.

45 CFR 164.402 (what a breach is), 164.404 (people), 164.406 (media), 164.408 (the Secretary of HHS), 164.412 (law
enforcement asks to wait); 42 CFR 2.16(b) applies them to Part 2 programs.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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

DELAY_KINDS = ("written", "spoken")
"""How law enforcement said that telling would hinder them: in writing, with its time; or by word of mouth."""

SPOKEN_DAYS = 30
"""The most that words by mouth may delay, from the day on which they were said (164.412(b))."""

MOST_DELAY_DAYS = 3 * 365
"""A longer time in a written statement is a slip of the pen: it is asked for again."""

DELAY_REASONS = ("investigation", "security")
"""It would impede a criminal investigation, or cause damage to national security (164.412)."""

UNREACHED = 10
"""From so many people on whom no letter reaches, a notice is posted for all to see (164.404(d)(2)(ii))."""

POSTED_DAYS = 90
"""So long it stands on the home page, and so long its toll-free number answers (164.404(d)(2)(ii))."""

WHERE_POSTED = ("home_page", "media")
"""On the home page of the site, or in major print or broadcast media where the people likely live."""

TOLL_FREE = ("800", "833", "844", "855", "866", "877", "888")
"""The first three digits of numbers that cost nothing to call."""

WARN_DAYS = (30, 14, 7, 3, 1)
"""So many days before a clock ends, those who answer for it are told; and each day when it is over."""


@dataclass(frozen=True)
class Delay:
    """Law enforcement asked to wait: how, on which day, and for how many days from that day on."""

    kind: str
    asked_on: date
    days: int

    @property
    def until(self) -> date:
        """The last day on which nobody is told."""
        return self.asked_on + timedelta(days=self.days)


def delay_refused(kind: str, asked_on: date, until: date) -> str:
    """Why this delay cannot be: `order` (it ends before it was asked), `too_long` (by word of mouth, more than 30 days;
    in writing, years), or "".

    >>> [delay_refused("spoken", date(2026, 3, 1), until) for until in (date(2026, 4, 1), date(2026, 3, 31))]
    ['too_long', '']
    """
    if until < asked_on:
        return "order"
    most = SPOKEN_DAYS if kind == "spoken" else MOST_DELAY_DAYS
    return "too_long" if (until - asked_on).days > most else ""


def delayed_until(delays: Iterable[Delay], today: date) -> date | None:
    """The last day of the delay in which today lies; None on a day when people may be told."""
    running = [one.until for one in delays if one.asked_on <= today <= one.until]
    return max(running, default=None)


@dataclass(frozen=True)
class Posted:
    """A notice for all to see: its first day, and the last on which its number answers."""

    posted_on: date
    until: date


@dataclass(frozen=True)
class Clock:
    """One duty with the last day on which it may be done: people, substitute, hhs, hhs_yearly, media.

    `held` where the last day moved because law enforcement asked to wait.
    """

    code: str
    due_on: date
    section: str
    held: bool = False


@dataclass(frozen=True)
class State:
    """How far an incident is: when it was discovered, how many are affected and not told yet, what was done; how many
    were told in another way because no letter reaches them, and the notice for all to see that stands or stood long
    enough.
    """

    discovered_on: date
    affected: int
    untold: int
    decision: str = ""
    hhs_told: bool = False
    media_told: bool = False
    unreached: int = 0
    posted: Posted | None = None
    delays: tuple[Delay, ...] = ()


def list_clocks(state: State) -> list[Clock]:
    """What is still to be done, the earliest first; all of it without unreasonable delay. Nothing where the risk was
    found to be low.

    A delay that law enforcement asked for stops no clock: what would fall into it falls on the day after it (164.412).
    """
    if state.decision == "low_probability":
        return []
    soon = state.discovered_on + DAYS
    clocks = []
    if state.untold or not state.affected:
        clocks.append(Clock("people", soon, "164.404(b)"))
    if state.unreached >= UNREACHED and state.posted is None:
        clocks.append(Clock("substitute", soon, "164.404(d)(2)(ii)"))
    if not state.hhs_told and state.affected >= MANY:
        clocks.append(Clock("hhs", soon, "164.408(b)"))
    if not state.hhs_told and state.affected < MANY:
        clocks.append(Clock("hhs_yearly", date(state.discovered_on.year, 12, 31) + DAYS, "164.408(c)"))
    if not state.media_told and state.affected > MANY:
        clocks.append(Clock("media", soon, "164.406(b)"))
    return sorted((_held(clock, state.delays) for clock in clocks), key=lambda clock: clock.due_on)


def _held(clock: Clock, delays: tuple[Delay, ...]) -> Clock:
    """Its last day, moved out of every delay that it falls into: one may follow another."""
    due_on = clock.due_on
    for one in sorted(delays, key=lambda delay: delay.asked_on):
        if one.asked_on <= due_on <= one.until:
            due_on = one.until + timedelta(days=1)
    return clock if due_on == clock.due_on else replace(clock, due_on=due_on, held=True)


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


def may_close(state: State, today: date) -> bool:
    """Whether nothing is left to be done: decided, each clock answered, and a notice for all has had its days."""
    stands = state.posted is not None and today <= state.posted.until and state.decision != "low_probability"
    return state.decision in DECISIONS and not list_clocks(state) and not stands


def is_toll_free(number: str) -> bool:
    """Whether a telephone number costs nothing to call.

    >>> [is_toll_free(one) for one in ("1-800-555-0100", "(888) 555 0100", "555-0100", "916-555-0100")]
    [True, True, False, False]
    """
    digits = re.sub(r"[\s().+-]", "", number)
    digits = digits.removeprefix("1") if len(digits) == 11 else digits
    return digits.isascii() and digits.isdigit() and len(digits) == 10 and digits[:3] in TOLL_FREE


def name_in(words: str, names: Iterable[str]) -> str:
    """The first of these names that stands in the words as a word of its own, or "". Not within another word;
    and of two letters at least, as "A" would be in every sentence.

    >>> name_in("Call us if you know Rosa.", ["Dante", "Rosa"]), name_in("Santa Rosalia", ["Rosa"])
    ('Rosa', '')
    """
    for name in names:
        if len(name.strip()) > 1 and re.search(rf"(?<!\w){re.escape(name.strip())}(?!\w)", words):
            return name.strip()
    return ""
