"""Everything that may be done with pages of groups."""

from .arranging import NeedsReason, set_page
from .looking import ask_who, hide, keep, note_looked, pause, raise_worry, show_again
from .telling import look_after_due
from .writing import (
    IsPaused,
    NameTaken,
    NotInside,
    TellsWho,
    TooMany,
    choose_name,
    flag,
    take_back,
    write,
)

__all__ = [
    "IsPaused", "NameTaken", "NeedsReason", "NotInside", "TellsWho", "TooMany", "ask_who", "choose_name", "flag",
    "hide", "keep", "look_after_due", "note_looked", "pause", "raise_worry", "set_page", "show_again",
    "take_back", "write",
]  # fmt: skip
