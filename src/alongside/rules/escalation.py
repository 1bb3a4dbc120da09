"""A worry about somebody's safety: who is told when, by which clock, and what ends it. Peers do not assess risk.

The ladder is climbed rung by rung: whoever is on duty, their deputy, everybody on the rota, the director; nobody on a
rung, or nobody whom a notice can reach, and the next is told at once. The top is asked again and again. An owner has a
clock too; when it runs out the ladder is climbed on. It ends only with words and with a contact that somebody confirmed
(privacy rule J2). Numbers and the program's own path are a policy ("safety"); a quarter of an hour is common for a
person on call, and four hours bring an answer within the same day.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from alongside.rules.policy_values import PolicyInvalid, check_names, check_whole_number

RUNGS = ("on_duty", "deputy", "rota", "director")
"""Who may be told. `rota`: everybody on it, and the supervisor of whoever is worried."""

SOURCES = ("worry", "note", "message", "call", "check_in", "answers")
"""What the worry came from: a record or a talk, a note, a message, a telephone call, a check-in,
an answer in a questionnaire."""

CONFIRMED = ("spoke", "with_them")
"""How contact was confirmed: one of us spoke with or saw the person, or somebody who is with them told us."""

MEASURES = ("own_plan", "chosen", "crisis_team", "emergency", "police")
"""What may be done toward a person, the least invasive first: we spoke with them and went by their own plan; somebody
they chose came in; a crisis line or team came, with their yes; medical help was called; the police was called."""

WHATS = (
    "raised", "told", "taken", "handed", "hand_taken", "hand_lapsed", "taken_over", "added", "overdue", "resolved",
    "debriefed",
)  # fmt: skip
"""What the history of a worry may say."""

BOUNDS = {
    "acknowledge_minutes": (1, 24 * 60), "next_minutes": (1, 24 * 60), "again_minutes": (5, 24 * 60),
    "resolve_minutes": (15, 7 * 24 * 60), "debrief_hours": (1, 14 * 24),
}  # fmt: skip
LONGEST_PATH = 2000


@dataclass(frozen=True)
class SafetyPolicy:
    """Minutes until it is taken, between rungs, between reminders at the top, and until it is resolved; hours until
    somebody has sat down with whoever raised it.

    `ladder` names rungs in order and ends with the director, so that no worry ends up with nobody. `path_en` and
    `path_es` are the program's own words on what a peer does; empty, the page has its own.
    """

    acknowledge_minutes: int = 15
    next_minutes: int = 15
    again_minutes: int = 60
    resolve_minutes: int = 240
    debrief_hours: int = 72
    ladder: tuple[str, ...] = RUNGS
    path_en: str = ""
    path_es: str = ""

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "SafetyPolicy":
        """Read a JSON object such as `{"acknowledge_minutes": 10}`; fields left out keep their defaults.

        Raises `PolicyInvalid` with `not_an_object`, `unknown_field`, `not_a_whole_number`, `out_of_range`,
        `not_a_text`, `not_a_list`, `unknown_rung`, `rung_twice` or `must_end_with_director`.
        """
        check_names(cls, values)
        read = dict(values)
        for name, value in values.items():
            if name in BOUNDS:
                check_whole_number(name, value, BOUNDS)
            elif name == "ladder":
                read[name] = _read_ladder(value)
            elif not isinstance(value, str) or len(value) > LONGEST_PATH:
                raise PolicyInvalid("not_a_text", name)
        return cls(**read)

    def to_values(self) -> dict[str, Any]:
        """The JSON form; `from_values` gives the same policy back."""
        return asdict(self) | {"ladder": list(self.ladder)}

    def rung_at(self, number: int) -> str:
        """Who is told on this rung, counted from 0. Above the top it is the top again: a reminder.

        >>> [SafetyPolicy().rung_at(number) for number in (0, 3, 9)]
        ['on_duty', 'director', 'director']
        """
        return self.ladder[min(number, self.top)]

    @property
    def top(self) -> int:
        """The number of the highest rung."""
        return len(self.ladder) - 1

    def acknowledge_by(self, now: datetime) -> datetime:
        """When a worry told now has to have an owner."""
        return now + timedelta(minutes=self.acknowledge_minutes)

    def resolve_by(self, now: datetime) -> datetime:
        """When a worry that is taken now has to be resolved."""
        return now + timedelta(minutes=self.resolve_minutes)

    def debriefed_until(self, now: datetime) -> datetime:
        """Whoever raised a worry that was resolved until this moment should have been talked with by now."""
        return now - timedelta(hours=self.debrief_hours)

    def look_again_at(self, rung: int, now: datetime) -> datetime:
        """When to look again after this rung was told and nothing happened. The first has the time to take it."""
        if rung >= self.top:
            return now + timedelta(minutes=self.again_minutes)
        return now + timedelta(minutes=self.next_minutes if rung > 0 else self.acknowledge_minutes)


def list_skipped(measure: str, taken: Collection[str]) -> list[str]:
    """What is less invasive than this measure and was not taken before, the least first.

    >>> list_skipped("crisis_team", ["own_plan"]), list_skipped("own_plan", [])
    (['chosen'], [])
    """
    return [one for one in MEASURES[: MEASURES.index(measure)] if one not in taken]


def needs_why(measure: str, taken: Collection[str]) -> bool:
    """Whether it has to say why nothing less was enough: where something less was left out, and always for the police,
    who are the last resort (J2). It is asked of what is written down; nobody waits with a call for it.
    """
    return measure == "police" or bool(list_skipped(measure, taken))


def is_overdue(status: str, now: datetime, *, acknowledge_by: datetime, resolve_by: datetime | None) -> bool:
    """Whether the clock that runs has run out: that of taking it while open, that of resolving it while owned."""
    if status == "open":
        return now >= acknowledge_by
    return status == "owned" and resolve_by is not None and now >= resolve_by


def _read_ladder(value: object) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)) or not value:
        raise PolicyInvalid("not_a_list", "ladder")
    for index, rung in enumerate(value):
        if rung not in RUNGS:
            raise PolicyInvalid("unknown_rung", f"ladder.{index}")
    if len(set(value)) != len(value):
        raise PolicyInvalid("rung_twice", "ladder")
    if value[-1] != "director":
        raise PolicyInvalid("must_end_with_director", "ladder")
    return tuple(value)
