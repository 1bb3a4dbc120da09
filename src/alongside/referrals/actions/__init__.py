"""What may be done with referrals. One function, one transaction, with its audit entry."""

from .going import (
    AlreadyOpen,
    CannotBeSaid,
    begin,
    end_with_episode,
    prepare_permission,
    say,
    tick_step,
    withdraw,
)
from .incoming import look_up, receive, set_incoming_aside, show_status, take_into_intake
from .reminding import remind_due
from .telling import NoPermission, ToldMeanwhile, hear_partner, look_after_consent, look_after_page, tell_partner

__all__ = [
    "AlreadyOpen",
    "CannotBeSaid",
    "NoPermission",
    "ToldMeanwhile",
    "begin",
    "end_with_episode",
    "hear_partner",
    "look_after_consent",
    "look_after_page",
    "look_up",
    "prepare_permission",
    "receive",
    "remind_due",
    "say",
    "set_incoming_aside",
    "show_status",
    "take_into_intake",
    "tell_partner",
    "tick_step",
    "withdraw",
]
