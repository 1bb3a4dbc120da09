"""Everything that may be done with a person's own pages; each writes to the page's history and to the log."""

from alongside.recovery.holding import NotYours, check_writes

from .days import (
    DayNotPossible,
    NotCounting,
    add_milestone,
    begin_counting,
    change_first_day,
    set_milestone_aside,
    stop_counting,
)
from .goals import add_goal, add_step, change_goal, change_step, settle_goal, settle_step
from .on_call import set_on_call
from .sheets import hide_sheet, write_parts

__all__ = [
    "DayNotPossible",
    "NotCounting",
    "NotYours",
    "add_goal",
    "add_milestone",
    "add_step",
    "begin_counting",
    "change_first_day",
    "change_goal",
    "change_step",
    "check_writes",
    "hide_sheet",
    "set_milestone_aside",
    "set_on_call",
    "settle_goal",
    "settle_step",
    "stop_counting",
    "write_parts",
]
