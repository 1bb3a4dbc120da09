"""The steps of a warm handover to a place, as a program agrees on them: which, in what order, and steps of its own.

The policy in force says what a way begins with; each way keeps the list it began with. `rules.referrals.STEPS` are the
steps that we have words for. One of a program's own is written in both languages and read by the person, so it says
nothing that hurts (`rules.wording`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .policy_values import PolicyInvalid, check_names
from .referrals import STEPS
from .wording import find_words

MOST_STEPS, LONGEST_WORDS = 12, 120
OWN = re.compile(r"own_[a-z0-9_]{1,11}")
LANGUAGES = ("en", "es")


@dataclass(frozen=True)
class Step:
    """One step. `words` by language where it is one of the program's own, empty where we have them."""

    code: str
    words: Mapping[str, str]


@dataclass(frozen=True)
class HandoverPolicy:
    """The steps in their order; none where a program goes without a list."""

    steps: tuple[Step, ...] = tuple(Step(code, {}) for code in STEPS)

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "HandoverPolicy":
        """Read `{"steps": ["called_together", {"code": "own_bus", "en": …, "es": …}]}`.

        Raises `PolicyInvalid` with `not_an_object`, `unknown_field`, `too_many`, `not_a_code`, `twice`,
        `words_missing` or `words_that_hurt`.
        """
        check_names(cls, values)
        told = values.get("steps", list(STEPS))
        if not isinstance(told, list):
            raise PolicyInvalid("not_an_object", "steps")
        if len(told) > MOST_STEPS:
            raise PolicyInvalid("too_many", "steps")
        steps = tuple(_read(one, f"steps.{number}") for number, one in enumerate(told))
        if len({one.code for one in steps}) != len(steps):
            raise PolicyInvalid("twice", "steps")
        return cls(steps)

    def to_values(self) -> dict[str, Any]:
        """The JSON form; `from_values` gives the same policy back."""
        return {"steps": [{"code": one.code, **one.words} if one.words else one.code for one in self.steps]}


def _read(told: object, at: str) -> Step:
    if isinstance(told, str):
        if told not in STEPS:
            raise PolicyInvalid("not_a_code", at)
        return Step(told, {})
    if not isinstance(told, Mapping):
        raise PolicyInvalid("not_an_object", at)
    if unknown := told.keys() - {"code", *LANGUAGES}:
        raise PolicyInvalid("unknown_field", f"{at}.{min(map(str, unknown))}")
    code = told.get("code")
    if not isinstance(code, str) or not OWN.fullmatch(code):
        raise PolicyInvalid("not_a_code", at)
    words: dict[str, str] = {}
    for language in LANGUAGES:
        one = told.get(language)
        words[language] = " ".join(one.split()) if isinstance(one, str) else ""
        if not words[language] or len(words[language]) > LONGEST_WORDS:
            raise PolicyInvalid("words_missing", f"{at}.{language}")
        if find_words(words[language], language=language):
            raise PolicyInvalid("words_that_hurt", f"{at}.{language}")
    return Step(code, words)
