"""Everything that may be done with events."""

from .arranging import (
    NotYet,
    TooSmall,
    call_off,
    change_occasion,
    count_came,
    make_occasion,
    publish,
    values_of,
)
from .places import NotOpen, change_place, come, come_as_visitor, end_with_episode, leave, set_mail, take_off
from .timed import erase_over, look_after_due

__all__ = [
    "NotOpen",
    "NotYet",
    "TooSmall",
    "call_off",
    "change_occasion",
    "change_place",
    "come",
    "come_as_visitor",
    "count_came",
    "end_with_episode",
    "erase_over",
    "leave",
    "look_after_due",
    "make_occasion",
    "publish",
    "set_mail",
    "take_off",
    "values_of",
]
