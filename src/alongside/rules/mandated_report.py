"""Reports that the law demands: for each kind a fixed list of what may be told, and nothing else (J3).

Child abuse: the initial report under state law (§2.12(c)(6)); the records themselves stay protected. A crime on the
premises or against staff, or a threat of one: §2.12(c)(5). Whatever else a state wants to know (abuse of an elder, a
threat) is told without revealing that the person is with us, or goes another way: consent, medical emergency, order.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.rules.wording import fold

VERSION = 1

_TAKES_PART = re.compile(
    r"\b(participants?|participantes?|mentee\w*|mentor\w*|peer (support|specialists?|workers?)|apoyo (de|entre) pares"
    r"|(in|with) (our|the|a) programs?|(en|con) (nuestro|el|un) programas?|clients?|clientes?|patients?|pacientes?"
    r"|recover(y|ing)|recuperacion|treatments?|tratamientos?|rehab\w*|detox\w*|desintoxica\w*|sober|sobri[oa]s?"
    r"|(12|twelve|doce) (steps?|pasos))\b"
)
"""Words by which a report would say that somebody takes part. Not those of what was seen: somebody hurt or drunk."""

MOST_BY_WORD = timedelta(days=30)
"""An agency that asks only by word of mouth may keep the accounting silent so long (45 CFR 164.528(a)(2)(ii)(C))."""


@dataclass(frozen=True)
class Kind:
    """One kind: its section, its fields (the required ones first), and whether it may say that somebody is with us."""

    code: str
    section: str
    needed: tuple[str, ...]
    more: tuple[str, ...] = ()
    may_reveal: bool = False
    may_ask_more: bool = True
    """Whether a state's own law may want more than stands here; of a crime federal law says all that may be told."""

    @property
    def fields(self) -> tuple[str, ...]:
        """All that may be told."""
        return self.needed + self.more


_ABOUT_HARM = ("who_is_harmed", "what_was_seen")
_QUIET_MORE = ("where_they_are", "who_may_have_done_it", "when_and_where")

KINDS: Mapping[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("child_abuse", "2.12(c)(6)", ("child", "what_was_seen"),
             ("child_whereabouts", "who_may_have_done_it", "when_and_where", "other_children"), may_reveal=True),
        Kind("crime", "2.12(c)(5)", ("circumstances", "name"),
             ("address", "last_whereabouts", "patient_status"), may_reveal=True, may_ask_more=False),
        Kind("elder_abuse", "2.13(a)", _ABOUT_HARM, _QUIET_MORE),
        Kind("threat", "2.13(a)", ("who_is_in_danger", "what_was_said"), ("who_may_do_it", "where_they_are")),
        Kind("other", "2.13(a)", _ABOUT_HARM, _QUIET_MORE),
    )
}  # fmt: skip

TOLD_FIRST = ("supervisor", "not_reached", "not_safe")
"""Whom whoever reports told here before: their supervisor; nobody was reached in time; telling was not safe. Nobody
reports alone: in the two last cases the supervisor hears of it at once when it is written down."""

HELD_BACK: Mapping[str, str] = {
    "no": "",
    "danger": "164.512(c)(2)",
    "agency_wrote": "164.528(a)(2)(i)",
    "agency_said": "164.528(a)(2)(ii)",
}
"""Why the person does not read of it at once. Each has a day on which they do."""


@dataclass(frozen=True)
class Facts:
    """One report as it was made: what was told by field, to which agency, when, by whom."""

    kind: str = ""
    told: Mapping[str, str] | None = None
    agency: str = ""
    made_by: str = ""
    made_at: datetime | None = None
    told_first: str = ""
    held_back: str = "no"
    held_until: datetime | None = None


OWN = "own_"
"""Before the code of a question that a state's own law asks (`rules.report_lists`)."""


def is_within(kind: Kind) -> bool:
    """Whether a list keeps to what federal law lets be told: what is needed stays so, what may not be revealed as well,
    and only questions of a state's own law come beside the fields there are.
    """
    base = KINDS.get(kind.code)
    if base is None or (kind.section, kind.may_reveal) != (base.section, base.may_reveal):
        return False
    added = set(kind.fields) - set(base.fields)
    asks = base.may_ask_more and all(field.startswith(OWN) for field in added)
    return set(base.needed) <= set(kind.needed) and (asks or not added)


def list_wrong(
    facts: Facts, now: datetime, *, names: tuple[str, ...] = (), kind: Kind | None = None
) -> list[str]:  # fmt: skip
    """What is missing or too much: codes of fields, `agency`, `made_by`, `made_at`, `told_first`, `held_until`,
    `not_in_the_list`, and `reveals` where a quiet report says that somebody is with us (`names`: those of the program).
    `kind`: the list of the program's state, else that of federal law.
    """
    kind = kind or KINDS.get(facts.kind)
    if kind is None or kind.code != facts.kind or not is_within(kind):
        return ["kind"]
    told = {field: words.strip() for field, words in (facts.told or {}).items() if words.strip()}
    wrong = [field for field in kind.needed if field not in told]
    if told.keys() - set(kind.fields):
        wrong.append("not_in_the_list")
    if not kind.may_reveal and list_telling(told, names):
        wrong.append("reveals")
    wrong += [name for name in ("agency", "made_by") if not getattr(facts, name).strip()]
    if facts.made_at is None or facts.made_at > now:
        wrong.append("made_at")
    if facts.told_first not in TOLD_FIRST:
        wrong.append("told_first")
    return wrong + _wrong_about_telling(facts, now)


def list_telling(told: Mapping[str, str], names: tuple[str, ...] = ()) -> list[str]:
    """Fields whose words would tell that the person takes part: a telling word, or the name of the program."""
    known = [_plain(name) for name in names if name.strip()]
    plain = {field: _plain(words) for field, words in told.items()}
    return [
        field
        for field, words in plain.items()
        if _TAKES_PART.search(words) or any(re.search(rf"\b{re.escape(name)}\b", words) for name in known)
    ]


def _plain(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", fold(words)[0]).strip()


def _wrong_about_telling(facts: Facts, now: datetime) -> list[str]:
    if facts.held_back not in HELD_BACK:
        return ["held_back"]
    if facts.held_back == "no":
        return ["held_until"] if facts.held_until else []
    if facts.held_until is None or facts.held_until <= now:
        return ["held_until"]
    if facts.held_back == "agency_said" and facts.held_until > now + MOST_BY_WORD:
        return ["held_until"]
    return []
