"""Everything that may be done with a worry and with the rota; each writes to the history and to the log."""

from .answering import (
    NotConfirmed,
    NotLeastFirst,
    NotTheirs,
    add_words,
    ask_to_talk,
    debrief,
    hand_to,
    note_measure,
    resolve,
    take,
    take_handed,
)
from .ladder import climb, look_after_due
from .raising import raise_escalation
from .rota import TurnRefused, remove_turn, set_turn
from .shut_out import hand_on_at_once
from .texting import choose_texts, may_choose_texts

__all__ = [
    "NotConfirmed",
    "NotLeastFirst",
    "NotTheirs",
    "TurnRefused",
    "add_words",
    "ask_to_talk",
    "choose_texts",
    "climb",
    "debrief",
    "hand_on_at_once",
    "hand_to",
    "look_after_due",
    "may_choose_texts",
    "note_measure",
    "raise_escalation",
    "remove_turn",
    "resolve",
    "set_turn",
    "take",
    "take_handed",
]
