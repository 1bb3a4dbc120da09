"""Reads the answer to a check-in that came as a text message: numbers in the order of the questions, or a few words.

    4 3 5          the first three questions
    4353424        all questions, when each has a number
    4 - 5          the second one is left out (a dash, an x or a 0)
    4 3 5 call     and please call me
    call, skip, stop

Spanish words and accents count alike. Whatever is not understood as a whole is not understood at all: no half of a
sentence is ever taken for an answer, and the words themselves are kept nowhere.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from alongside.rules.wording import fold

CALL = frozenset({"call", "llamada", "llama", "llamar", "llamame", "llamenme"})
SKIP = frozenset({"skip", "saltar", "paso"})
STOP = frozenset({"stop", "alto", "parar", "basta", "stopall", "unsubscribe", "end", "quit", "cancel"})
"""English words of ending are those that carriers act on as well."""

LEFT_OUT = frozenset({"-", "x", "0"})
POLITE = frozenset({"me", "please", "por", "favor", "si", "yes", "porfa", "porfavor"})
"""Words beside "call" that change nothing."""
LONGEST = 160


@dataclass(frozen=True)
class Reply:
    """`kind`: `answers`, `skip`, `stop` or `not_understood`. A wish for a call alone is `answers` without any."""

    kind: str
    answers: Mapping[str, int] = field(default_factory=dict)
    wants_call: bool = False


NOT_UNDERSTOOD = Reply("not_understood")


def read_reply(text: str, questions: Sequence[str], scale: int) -> Reply:
    """What somebody answered by text. Never raises.

    >>> read_reply("4, 2 llámame por favor", ["mood", "connection", "home"], 5)
    Reply(kind='answers', answers={'mood': 4, 'connection': 2}, wants_call=True)
    >>> read_reply("my 2 kids are fine", ["mood"], 5).kind
    'not_understood'
    """
    if len(text) > LONGEST:
        return NOT_UNDERSTOOD
    words = [one for one in re.split(r"[\s,;.!/¡]+", fold(text)[0]) if one]
    if len(words) == 1 and words[0] in STOP:
        return Reply("stop")
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
