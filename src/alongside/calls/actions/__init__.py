"""Everything that may be done with calls."""

from .agreeing import (
    NotServed,
    agree,
    call_soon,
    call_soon_after_return,
    call_soon_as_wished,
    change,
    end,
    end_with_episode,
    go_on,
    go_on_due,
    pause,
)
from .callers import end_caller, mark_caller
from .calling import ClaimLost, NotFree, PerhapsCalled, give_back, keep_call, record_call, take_call
from .late import may_write_late

__all__ = [
    "ClaimLost",
    "NotFree",
    "NotServed",
    "PerhapsCalled",
    "agree",
    "call_soon",
    "call_soon_after_return",
    "call_soon_as_wished",
    "change",
    "end",
    "end_caller",
    "end_with_episode",
    "give_back",
    "go_on",
    "go_on_due",
    "keep_call",
    "mark_caller",
    "may_write_late",
    "pause",
    "record_call",
    "take_call",
]
