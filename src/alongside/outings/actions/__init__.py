"""What may be done with outings. One function, one transaction, with its audit entry."""

from .asking import (
    AlreadyAsked,
    NotAskable,
    ask_along,
    come_along,
    end_with_mentorship,
    lapse_due,
    mark_read,
    not_this_time,
    take_back,
)
from .days import say_how, write_felt
from .listing import NowhereToGo, end_listings, follow, hide_group, show_group
from .saving import (
    change_own,
    erase_saved,
    plan_days,
    put_away,
    save_meeting,
    save_own,
    take_over,
    take_up_again,
    tell_changes,
)

__all__ = [
    "AlreadyAsked",
    "NotAskable",
    "NowhereToGo",
    "ask_along",
    "change_own",
    "come_along",
    "end_listings",
    "end_with_mentorship",
    "erase_saved",
    "follow",
    "hide_group",
    "lapse_due",
    "mark_read",
    "not_this_time",
    "plan_days",
    "put_away",
    "save_meeting",
    "save_own",
    "say_how",
    "show_group",
    "take_back",
    "take_over",
    "take_up_again",
    "tell_changes",
    "write_felt",
]
