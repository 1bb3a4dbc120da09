"""What a check-in asks, and how often: a policy of the program's council. A check-in takes less than a minute.

Each question is answered on one scale from 1 to `scale`, where more is always better: for the pull to use, the top is
"none". Nothing has to be answered. Field notes: seven areas of life in under a minute ("going well" to "very
challenging"; section (a), MentorPRO), feature 47 (mood, craving, "do you want a call?"); the areas are SAMHSA's four
dimensions (S5). All numbers are starting values that a council changes.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from alongside.rules.policy_values import PolicyInvalid, check_names, check_whole_number

QUESTIONS = ("mood", "craving", "connection", "health", "home", "purpose", "community")
"""Every question that a policy may ask, in the order in which a page asks it."""

OF_OWN_RECOVERY = frozenset({"craving"})
"""Asked of those who are here for their own recovery, not of those who love somebody."""

WAYS_IN = ("page", "text")
"""How a check-in reaches us."""

BOUNDS = {
    "scale": (3, 9), "every_days": (1, 60), "silence_days": (3, 120), "silence_times": (1, 9),
    "drop_percent": (5, 100), "drop_surety": (1, 9), "enough": (3, 20),
}  # fmt: skip
"""Lowest and highest allowed value of each number."""


@dataclass(frozen=True)
class CheckInPolicy:
    """`every_days`: how often somebody who wishes it is reminded. The others are numbers of `rules.pulse`.

    silence_days, silence_times: the earliest silence that is noticed, and how many of the person's own longest pauses
    it must last · drop_percent, drop_surety: the smallest fall (percent of the scale), and how many times what is usual
    for this person · enough: check-ins before anything is noticed at all.
    """

    questions: tuple[str, ...] = QUESTIONS
    scale: int = 5
    every_days: int = 7
    silence_days: int = 14
    silence_times: int = 2
    drop_percent: int = 25
    drop_surety: int = 3
    enough: int = 5

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "CheckInPolicy":
        """Read a JSON object such as `{"questions": ["mood", "home"], "scale": 5}`; fields left out keep defaults.

        Raises `PolicyInvalid` with `not_an_object`, `unknown_field`, `not_a_list`, `nothing_asked`,
        `unknown_question`, `asked_twice`, `not_a_whole_number` or `out_of_range`.
        """
        check_names(cls, values)
        read: dict[str, Any] = {}
        for name, value in values.items():
            if name == "questions":
                read[name] = _questions(value)
            else:
                check_whole_number(name, value, BOUNDS)
                read[name] = value
        return cls(**read)

    def to_values(self) -> dict[str, Any]:
        """The JSON form; `from_values` gives the same policy back."""
        return asdict(self) | {"questions": list(self.questions)}

    def questions_for(self, kind: str) -> tuple[str, ...]:
        """What is asked in an episode of this kind.

        >>> CheckInPolicy(questions=("mood", "craving")).questions_for("loved_one")
        ('mood',)
        """
        return tuple(one for one in self.questions if kind == "own_recovery" or one not in OF_OWN_RECOVERY)


def _questions(value: object) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)):
        raise PolicyInvalid("not_a_list", "questions")
    if not value or set(value) <= OF_OWN_RECOVERY:
        raise PolicyInvalid("nothing_asked", "questions")  # of somebody, nothing would be asked
    for one in value:
        if one not in QUESTIONS:
            raise PolicyInvalid("unknown_question", f"questions.{one}")
        if list(value).count(one) > 1:
            raise PolicyInvalid("asked_twice", f"questions.{one}")
    return tuple(value)
