"""Everything that may be done with pages of groups."""

from .arranging import HasEnded, NeedsReason, set_page, values_of
from .looking import OwnWords, ask_who, hide, keep, note_looked, pause, raise_worry, show_again
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
    "HasEnded", "IsPaused", "NameTaken", "NeedsReason", "NotInside", "OwnWords", "TellsWho", "TooMany", "ask_who",
    "choose_name", "flag", "hide", "keep", "look_after_due", "note_looked", "pause", "raise_worry", "set_page",
    "show_again", "take_back", "values_of", "write",
]  # fmt: skip
