"""Everything that may be done with groups."""

from .apart import tell_coordinators
from .arranging import (
    NotTheirGroup,
    TooSmall,
    add_leader,
    change_group,
    move_group,
    open_group,
    remove_leader,
    values_of,
)
from .noting import GroupNote, NamesSomebody, NotHeld, write_note
from .places import NotOpenToThem, ask_for_place, change_name, end_with_episode, fill_free_places, leave
from .sessions import AlreadyHeld, cancel_session, move_session, plan_again
from .sheets import NotNow, hand_in_sheet, sign_in

__all__ = [
    "AlreadyHeld",
    "GroupNote",
    "NamesSomebody",
    "NotHeld",
    "NotNow",
    "NotOpenToThem",
    "NotTheirGroup",
    "TooSmall",
    "add_leader",
    "ask_for_place",
    "cancel_session",
    "change_group",
    "change_name",
    "end_with_episode",
    "fill_free_places",
    "hand_in_sheet",
    "leave",
    "move_group",
    "move_session",
    "open_group",
    "plan_again",
    "remove_leader",
    "sign_in",
    "tell_coordinators",
    "values_of",
    "write_note",
]
