"""What may be done in privacy: rights to read inside, consents to share outside, and the law of the program."""

from .consents import (
    CannotStopYet,
    ConsentNotActive,
    ShownChanged,
    change_draft,
    draft_consent,
    end_by_event,
    end_with_episode,
    expire_due,
    note_told,
    sign_consent,
    stop_sharing,
    strike_item,
    withdraw_draft,
)
from .disclosures import Left, NotDisclosed, ask_again, disclose
from .emergencies import CannotReview, NotAnEmergency, is_as_written, review_emergency, tell_in_emergency
from .grants import (
    DIRECTOR_HOURS,
    end_grants,
    give_grant,
    note_opened,
    note_searched,
    open_with_reason,
    stop_sharing_history,
)
from .law import set_law
from .together import CannotJoin, add_recipient, change_together, sign_together, stop_together

__all__ = [
    "DIRECTOR_HOURS",
    "CannotJoin",
    "CannotReview",
    "CannotStopYet",
    "ConsentNotActive",
    "Left",
    "NotAnEmergency",
    "NotDisclosed",
    "ShownChanged",
    "add_recipient",
    "ask_again",
    "change_draft",
    "change_together",
    "disclose",
    "draft_consent",
    "end_by_event",
    "end_grants",
    "end_with_episode",
    "expire_due",
    "give_grant",
    "is_as_written",
    "note_opened",
    "note_searched",
    "note_told",
    "open_with_reason",
    "review_emergency",
    "set_law",
    "sign_consent",
    "sign_together",
    "stop_sharing",
    "stop_sharing_history",
    "stop_together",
    "strike_item",
    "tell_in_emergency",
    "withdraw_draft",
]
