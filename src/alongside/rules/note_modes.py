"""How much is written down about a talk: one of four modes, which a program's council decides.

none      that somebody was in touch, how and when: no words are asked, and none are kept
count     also how long, and what kind of support: still no words
together  words too, and they are read together before they are kept; the person may add a line of their own
billable  what a payer of peer support asks: start, end, service, place and the goal worked on, with a few words

A mode says what is asked of a *new* note. It never touches what was written before. Sources: field notes, (b) 4 (a
switch per program, because notes are power and can harm: wildfloweralliance.org/writing-notes) and standards M3 and M4
(start, end, place, mode and goal of each contact that is billed; one service code for one person, one for groups).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from alongside.rules.policy_values import PolicyInvalid, check_names

MODES = ("none", "count", "together", "billable")

ALWAYS = ("outcome", "mode", "next_day", "next_step_on", "happened", "happened_on", "also")
"""Asked in every mode: whether, how and when, and the day of the next call, so that nobody is forgotten."""

ASKED: Mapping[str, tuple[str, ...]] = {
    "none": (),
    "count": ("minutes", "kinds_of_support"),
    "together": ("minutes", "kinds_of_support", "note", "next_step", "read_together", "their_line"),
    "billable": ("started", "ended", "service", "place", "goal", "kinds_of_support", "note", "next_step"),
}
"""Beside those of `ALWAYS`: the names of fields that a mode asks."""

WORDS = ("note", "next_step", "their_line")
"""Fields that hold somebody's words."""

FIELDS = tuple(dict.fromkeys(name for names in ASKED.values() for name in names))
"""Every field that some mode asks and another does not."""

SERVICES = ("one_person", "group", "skills_group", "not_billed")
"""What a contact counts as for a payer; `not_billed` needs no goal and no place (field notes, M3)."""

PLACES = ("office", "home", "community", "shelter", "hospital", "custody", "phone", "video")
"""Where it took place. Payers have numbers of their own for these; a rule pack of a payer names them."""

REFUSED = ("words_in_this_mode", "not_read_together", "billing_not_whole", "ends_before_it_starts")
"""Why a note is not kept as it is. Nothing typed is lost by it: the page shows it again."""


@dataclass(frozen=True)
class NotePolicy:
    """The mode in force."""

    mode: str = "together"

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "NotePolicy":
        """Read a JSON object such as `{"mode": "count"}`; `{}` is the default.

        Raises `PolicyInvalid` with `not_an_object`, `unknown_field` or `unknown_mode`.
        """
        check_names(cls, values)
        mode = values.get("mode", cls.mode)
        if mode not in MODES:
            raise PolicyInvalid("unknown_mode", "mode")
        return cls(mode)

    def to_values(self) -> dict[str, Any]:
        """The JSON form; `from_values` gives the same policy back."""
        return {"mode": self.mode}


def fields_of(mode: str) -> tuple[str, ...]:
    """Names of all fields that are asked in a mode. Raises KeyError for an unknown one."""
    return (*ALWAYS, *ASKED[mode])


def keeps_words(mode: str) -> bool:
    """Whether a mode keeps anybody's words.

    >>> [mode for mode in MODES if keeps_words(mode)]
    ['together', 'billable']
    """
    return any(name in WORDS for name in ASKED[mode])


def list_unasked(mode: str, written: Collection[str]) -> tuple[str, ...]:
    """Of the fields somebody filled in, perhaps while another mode was in force, those that this one does not ask.

    They are shown again with the reason, never thrown away.
    """
    return tuple(name for name in FIELDS if name in written and name not in ASKED[mode])


@dataclass(frozen=True)
class Written:
    """What is looked at before a note is kept. Times are minutes since midnight of the day of the contact."""

    reached: bool
    has_words: bool = False
    read_together: bool = False
    has_their_line: bool = False
    service: str = ""
    place: str = ""
    has_goal: bool = False
    starts_at: int | None = None
    ends_at: int | None = None


def check_note(mode: str, written: Written) -> str:
    """Why a note may not be kept in this mode, one of `REFUSED`; empty when it may.

    Somebody who was not reached can read nothing: an attempt needs no reading together and no billing.

    >>> check_note("together", Written(reached=True, has_words=True))
    'not_read_together'
    """
    words = written.has_words or written.has_their_line
    if words and not keeps_words(mode):
        return "words_in_this_mode"
    if not written.reached:
        return ""
    if mode == "together" and words and not written.read_together:
        return "not_read_together"
    return _check_billing(written) if mode == "billable" else ""


def _check_billing(written: Written) -> str:
    if written.service not in SERVICES or written.starts_at is None or written.ends_at is None:
        return "billing_not_whole"
    if written.ends_at <= written.starts_at:
        return "ends_before_it_starts"
    if written.service != "not_billed" and not (written.place in PLACES and written.has_goal):
        return "billing_not_whole"
    return ""
