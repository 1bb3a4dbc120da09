"""Lists of a state's own fields for reports that the law demands (J3): what a program may set, within federal law.

A state may want more in a first report of abuse than the short list of `mandated_report`, or need something that stands
there as a choice. A program sets that as a policy and names the statute; each question of its own names the section
that asks it. What it can never do: leave out what is needed, ask for the record itself (§2.12(c)(6) opens the report
and nothing else), make a quiet report say that somebody is with us (§2.13(a)), or add to what may be told of a crime,
which federal law says whole (§2.12(c)(5)). Without a list of its own the one of federal law holds.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .mandated_report import KINDS, OWN, Kind, list_telling
from .policy_values import PolicyInvalid, check_names
from .wording import fold

MOST_QUESTIONS, LONGEST_QUESTION, LONGEST_SOURCE = 8, 160, 200
_CODE = re.compile(r"[a-z][a-z_]{1,19}")
_OF_THE_RECORD = re.compile(
    r"\b(records?|files?|charts?|notes?|diagnos\w*|treatments?|therap\w*|counsel\w*|plans?"
    r"|historial\w*|expedientes?|notas?|tratamientos?|terapias?|consejer\w*|plan(es)?)\b"
)
"""Words by which a question would ask for what is written here instead of what somebody saw or heard."""


@dataclass(frozen=True)
class Question:
    """One question of a state's law, in both languages, with the section that asks it."""

    code: str
    en: str
    es: str
    section: str
    needed: bool = False

    @property
    def name(self) -> str:
        """As a field of a report."""
        return OWN + self.code


@dataclass(frozen=True)
class OwnList:
    """What a state wants in one kind of report: the statute, which fields it needs or does not ask, and questions."""

    source: str
    needed: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()

    def over(self, kind: Kind) -> Kind:
        """The list that holds."""
        asked = [name for name in kind.more if name not in self.left_out]
        needed = [name for name in asked if name in self.needed] + [one.name for one in self.questions if one.needed]
        more = [name for name in asked if name not in self.needed]
        more += [one.name for one in self.questions if not one.needed]
        return replace(kind, needed=(*kind.needed, *needed), more=tuple(more))


@dataclass(frozen=True)
class ReportPolicy:
    """The lists in force; none: those of federal law alone."""

    lists: Mapping[str, OwnList] = field(default_factory=dict)

    def kind(self, code: str) -> Kind:
        """What may be told in this kind of report. KeyError: there is no such kind."""
        kind = KINDS[code]
        return self.lists[code].over(kind) if code in self.lists else kind

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "ReportPolicy":
        """Read `{"lists": {"child_abuse": {"source": …, "needed": […], "left_out": […], "questions": […]}}}`.

        Raises `PolicyInvalid` with `not_an_object`, `unknown_field`, `source_missing`, `always_needed`,
        `fixed_by_federal_law`, `too_many`, `not_a_code`, `words_missing`, `asks_for_the_record` or `would_reveal`.
        """
        check_names(cls, values)
        lists = values.get("lists", {})
        if not isinstance(lists, Mapping):
            raise PolicyInvalid("not_an_object", "lists")
        return cls({code: _read_list(str(code), one) for code, one in lists.items()})

    def to_values(self) -> dict[str, Any]:
        """The JSON form; `from_values` gives the same policy back."""
        return {
            "lists": {
                code: {
                    "source": one.source, "needed": list(one.needed), "left_out": list(one.left_out),
                    "questions": [
                        {"code": each.code, "en": each.en, "es": each.es, "section": each.section,
                         "needed": each.needed}
                        for each in one.questions
                    ],
                }
                for code, one in self.lists.items()
            }
        }  # fmt: skip


def _read_list(code: str, values: Any) -> OwnList:
    at = f"lists.{code}"
    if code not in KINDS:
        raise PolicyInvalid("unknown_field", at)
    _check(OwnList, values, at)
    kind, source = KINDS[code], _text(values.get("source"), LONGEST_SOURCE)
    if not re.search(r"[^\W\d_]{2}.*\d", source):
        raise PolicyInvalid("source_missing", f"{at}.source")  # a statute has a name and a number
    needed, left_out = (_names(kind, values.get(name, []), f"{at}.{name}") for name in ("needed", "left_out"))
    if set(left_out) & set(kind.needed) or set(left_out) & set(needed):
        raise PolicyInvalid("always_needed", f"{at}.left_out")
    asked = values.get("questions", [])
    if not isinstance(asked, list):
        raise PolicyInvalid("not_an_object", f"{at}.questions")
    if asked and not kind.may_ask_more:
        raise PolicyInvalid("fixed_by_federal_law", f"{at}.questions")
    if len(asked) > MOST_QUESTIONS:
        raise PolicyInvalid("too_many", f"{at}.questions")
    questions = tuple(_read_question(kind, one, f"{at}.questions.{number}") for number, one in enumerate(asked))
    if len({one.code for one in questions}) != len(questions):
        raise PolicyInvalid("not_a_code", f"{at}.questions")
    return OwnList(source, needed, left_out, questions)


def _read_question(kind: Kind, values: Any, at: str) -> Question:
    _check(Question, values, at)
    code, needed = values.get("code"), values.get("needed", False)
    if not isinstance(code, str) or not _CODE.fullmatch(code) or not isinstance(needed, bool):
        raise PolicyInvalid("not_a_code", at)
    words = {name: _text(values.get(name), LONGEST_QUESTION) for name in ("en", "es", "section")}
    if not all(words.values()) or not any(sign.isdigit() for sign in words["section"]):
        raise PolicyInvalid("words_missing", at)
    for language in ("en", "es"):
        if _OF_THE_RECORD.search(fold(words[language])[0]):
            raise PolicyInvalid("asks_for_the_record", f"{at}.{language}")
        if not kind.may_reveal and list_telling({language: words[language]}):
            raise PolicyInvalid("would_reveal", f"{at}.{language}")
    return Question(code, words["en"], words["es"], words["section"], needed)


def _check(what: type, values: Any, at: str) -> None:
    try:
        check_names(what, values)
    except PolicyInvalid as problem:
        raise PolicyInvalid(problem.code, f"{at}.{problem.field}".rstrip(".")) from None


def _names(kind: Kind, names: Any, at: str) -> tuple[str, ...]:
    if not isinstance(names, list):
        raise PolicyInvalid("not_an_object", at)
    for name in names:
        if name not in kind.fields:
            raise PolicyInvalid("unknown_field", f"{at}.{name}")
    return tuple(dict.fromkeys(names))


def _text(value: Any, longest: int) -> str:
    """One line, or nothing."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text if len(text) <= longest else ""
