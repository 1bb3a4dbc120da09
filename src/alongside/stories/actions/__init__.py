"""Everything that may be done with stories and with what visitors write beneath them."""

from ..steps import AnotherEdition, NotForYou, NotNow, NotYours
from .comments import NotSent, Said, decide_comment, erase_beneath, receive_beneath, receive_comment
from .ending import erase_refused, erase_withdrawn
from .reviewing import give_back, note_read, publish
from .sound import put_sound, take_sound_away
from .writing import (
    NotReady,
    TooMany,
    Words,
    begin,
    copy_to_draft,
    save,
    send,
    set_comments,
    take_up,
    withdraw,
)

__all__ = [
    "AnotherEdition",
    "NotForYou",
    "NotNow",
    "NotReady",
    "NotSent",
    "NotYours",
    "Said",
    "TooMany",
    "Words",
    "begin",
    "copy_to_draft",
    "decide_comment",
    "erase_beneath",
    "erase_refused",
    "erase_withdrawn",
    "give_back",
    "note_read",
    "publish",
    "put_sound",
    "receive_beneath",
    "receive_comment",
    "save",
    "send",
    "set_comments",
    "take_sound_away",
    "take_up",
    "withdraw",
]
