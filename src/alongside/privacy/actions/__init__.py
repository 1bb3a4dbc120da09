"""What may be done in privacy: rights to read inside, consents to share outside, and the law of the program."""

from .complaints import NotTheirs, answer_complaint, look_into, pass_on, receive_complaint
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
    release_held,
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
from .notices import NoticeNotPublished, NotOffered, make_first_notice, offer_notice, publish_notice, tell_limits
from .providers import end_provider, enter_provider
from .restrictions import MustAgree, NotAnswered, ask_restriction, decide_restriction, end_restriction
from .telling import remind_untold
from .together import CannotJoin, add_recipient, change_together, sign_together, stop_together

__all__ = [
    "DIRECTOR_HOURS",
    "CannotJoin",
    "CannotReview",
    "CannotStopYet",
    "ConsentNotActive",
    "Left",
    "MustAgree",
    "NotAnEmergency",
    "NotAnswered",
    "NotDisclosed",
    "NotOffered",
    "NotTheirs",
    "NoticeNotPublished",
    "ShownChanged",
    "add_recipient",
    "answer_complaint",
    "ask_again",
    "ask_restriction",
    "change_draft",
    "change_together",
    "decide_restriction",
    "disclose",
    "draft_consent",
    "end_by_event",
    "end_grants",
    "end_provider",
    "end_restriction",
    "end_with_episode",
    "enter_provider",
    "expire_due",
    "give_grant",
    "is_as_written",
    "look_into",
    "make_first_notice",
    "note_opened",
    "note_searched",
    "note_told",
    "offer_notice",
    "open_with_reason",
    "pass_on",
    "publish_notice",
    "receive_complaint",
    "release_held",
    "remind_untold",
    "review_emergency",
    "set_law",
    "sign_consent",
    "sign_together",
    "stop_sharing",
    "stop_sharing_history",
    "stop_together",
    "strike_item",
    "tell_in_emergency",
    "tell_limits",
    "withdraw_draft",
]
