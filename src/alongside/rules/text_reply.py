"""Reads the answer to a check-in that came as a text message: numbers in the order of the questions, or a few words.

    4 3 5          the first three questions
    4353424        all questions, when each has a number
    4 - 5          the second one is left out (a dash, an x or a 0)
    4 3 5 call     and please call me
    call, skip, stop, start

STOP and START are read from every number, whether or not a check-in is asked by text (`read_wish`). Spanish words and
accents count alike. Whatever is not understood as a whole is not understood at all: no half of a sentence is ever taken
for an answer, and the words themselves are kept nowhere.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from alongside.rules.wording import fold

CALL = frozenset({"call", "llamada", "llama", "llamar", "llamame", "llamenme"})
SKIP = frozenset({"skip", "saltar", "paso"})
STOP = frozenset({
    "stop", "stopall", "stop-all", "unsubscribe", "cancel", "end", "quit", "optout", "opt-out", "revoke",
    "alto", "parar", "basta", "baja", "cancelar",
})  # fmt: skip
"""English words of ending are those that carriers act on as well."""

CLEAR = STOP - {"end", "quit", "basta"}
"""Words of ending that say the same beside others: "end all" may be said in despair, and is left to be answered."""

COMES_BACK_WITHIN = timedelta(days=30)
"""How long after a STOP a START from the same number brings the texts back. Telephone companies give a number that was
given up to somebody else after 45 days at the earliest (47 CFR 52.15(f)(1)(ii)): later it may be a stranger."""

TEXTS = frozenset({
    "text", "texts", "texting", "message", "messages", "messaging", "sms", "mensaje", "mensajes", "texto", "textos",
})  # fmt: skip
BESIDE_STOP = frozenset({"please", "all", "por", "favor", "porfa", "porfavor", "todo", "todos", "dar", "darme", "de"})
START = frozenset({"start", "unstop", "activar", "empezar", "reanudar"})

LEFT_OUT = frozenset({"-", "x", "0"})
POLITE = frozenset({"me", "please", "por", "favor", "si", "yes", "porfa", "porfavor"})
"""Words beside "call" that change nothing."""
LONGEST = 160


@dataclass(frozen=True)
class Reply:
    """`kind`: `answers`, `skip`, `stop`, `start`, `not_understood`. A wish for a call alone is `answers`, empty."""

    kind: str
    answers: Mapping[str, int] = field(default_factory=dict)
    wants_call: bool = False


NOT_UNDERSTOOD = Reply("not_understood")


def read_wish(text: str) -> str:
    """`stop`, `start`, or nothing: whether somebody wants no more texts, or wants them again. Never raises.

    >>> [read_wish(one) for one in ("STOP.", "please stop texting me", "darme de baja", "opt out", "Unstop")]
    ['stop', 'stop', 'stop', 'stop', 'start']
    >>> [read_wish(one) for one in ("I cannot stop", "end me", "stop by at 4", "start again tomorrow", "")]
    ['', '', '', '', '']
    """
    words = _words(text)
    if len(words) == 1:
        return "stop" if words[0] in STOP else "start" if words[0] in START else ""
    said = set(words)
    if said == {"opt", "out"}:
        return "stop"
    aside = BESIDE_STOP | TEXTS | ({"me"} if said & TEXTS else set())
    return "stop" if said & CLEAR and said <= CLEAR | aside else ""


def _words(text: str) -> list[str]:
    """The words of a text message, folded; none of one that is too long."""
    if len(text) > LONGEST:
        return []
    return [one for one in re.split(r"[\s,;.!/¡\"'“”]+", fold(text)[0]) if one]


def read_reply(text: str, questions: Sequence[str], scale: int) -> Reply:
    """What somebody answered by text. Never raises.

    >>> read_reply("4, 2 llámame por favor", ["mood", "connection", "home"], 5)
    Reply(kind='answers', answers={'mood': 4, 'connection': 2}, wants_call=True)
    >>> read_reply("my 2 kids are fine", ["mood"], 5).kind
    'not_understood'
    """
    words = _words(text)
    if wish := read_wish(text):
        return Reply(wish)
    if len(words) == 1 and words[0] in SKIP:
        return Reply("skip")
    wants_call = bool(CALL & set(words))
    rest = [one for one in words if not wants_call or one not in CALL | POLITE]
    if not rest:
        return Reply("answers", {}, wants_call) if wants_call else NOT_UNDERSTOOD
    if len(rest) == 1 and rest[0].isascii() and rest[0].isdigit() and len(rest[0]) == len(questions):
        rest = list(rest[0])
    return _numbers(rest, questions, scale, wants_call)


def _numbers(given: Sequence[str], questions: Sequence[str], scale: int, wants_call: bool) -> Reply:
    if len(given) > len(questions):
        return NOT_UNDERSTOOD
    answers = {}
    for question, one in zip(questions, given, strict=False):
        if one in LEFT_OUT:
            continue
        if not (len(one) == 1 and one.isascii() and one.isdigit() and 1 <= int(one) <= scale):
            return NOT_UNDERSTOOD
        answers[question] = int(one)
    return Reply("answers", answers, wants_call) if answers or wants_call else NOT_UNDERSTOOD
