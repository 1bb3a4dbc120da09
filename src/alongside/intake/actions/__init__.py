"""What may be done at intake. One function, one transaction, with its audit entry."""

from .applications import accept_application, move_application, receive_application
from .asks import list_who_it_may_be, receive_ask, set_aside, take_up
from .parts import add_boundary, note_searched, remove_boundary, save_finish_part, save_person_part
from .roster_words import WordRefused, decide_words
from .rosters import (
    MappingRefused,
    PreviewOutdated,
    StillReading,
    TooLateToUndo,
    cancel_roster,
    confirm_roster,
    map_roster,
    set_roster_kind,
    undo_roster,
    upload_roster,
)
from .wishes import Wish, come_back, finish_intake, save_wishes, start_intake

__all__ = [
    "MappingRefused",
    "PreviewOutdated",
    "StillReading",
    "TooLateToUndo",
    "Wish",
    "WordRefused",
    "accept_application",
    "add_boundary",
    "cancel_roster",
    "come_back",
    "confirm_roster",
    "decide_words",
    "finish_intake",
    "list_who_it_may_be",
    "map_roster",
    "move_application",
    "note_searched",
    "receive_application",
    "receive_ask",
    "remove_boundary",
    "save_finish_part",
    "save_person_part",
    "save_wishes",
    "set_aside",
    "set_roster_kind",
    "start_intake",
    "take_up",
    "undo_roster",
    "upload_roster",
]
