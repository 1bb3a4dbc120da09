"""Pages of privacy: the person's own, those of staff beside them, a director's."""

from .accounting import me_sent, me_sent_letter, sharing_sent
from .complaints import complaint_move, complaint_new, complaint_one, complaints, me_complaints
from .donations import me_no_donations, no_donations, no_donations_heard
from .emergencies import emergencies, emergency_fda, emergency_new, emergency_one, emergency_parent
from .for_payment import sharing_director, sharing_sign
from .handing import sharing_file, sharing_spoken
from .heard import sharing_stop, stop_heard
from .helping import (
    sharing,
    sharing_another,
    sharing_edit,
    sharing_give,
    sharing_one,
    sharing_over,
    sharing_paper,
    sharing_to_tell,
    sharing_told,
)
from .law import law
from .notices import law_notice, me_limits, me_notice, notice, told, told_limits, told_notice, untold
from .passed_on import (
    me_owed_end,
    me_owed_sent,
    owed_answered,
    owed_line_remove,
    owed_lists,
    owed_move,
    owed_new,
    owed_one,
    owed_received,
)
from .providers import provider_end, providers
from .reading import me_privacy, open_find, open_with_reason, stop_history
from .restrictions import kept, kept_asked, kept_end, kept_one, me_kept, me_kept_end
from .sharing import share, share_another, share_discard, share_edit, share_new, share_stop, share_strike

__all__ = [
    "complaint_move",
    "complaint_new",
    "complaint_one",
    "complaints",
    "emergencies",
    "emergency_fda",
    "emergency_new",
    "emergency_one",
    "emergency_parent",
    "kept",
    "kept_asked",
    "kept_end",
    "kept_one",
    "law",
    "law_notice",
    "me_complaints",
    "me_kept",
    "me_kept_end",
    "me_limits",
    "me_no_donations",
    "me_notice",
    "me_owed_end",
    "me_owed_sent",
    "me_privacy",
    "me_sent",
    "me_sent_letter",
    "no_donations",
    "no_donations_heard",
    "notice",
    "open_find",
    "open_with_reason",
    "owed_answered",
    "owed_line_remove",
    "owed_lists",
    "owed_move",
    "owed_new",
    "owed_one",
    "owed_received",
    "provider_end",
    "providers",
    "share",
    "share_another",
    "share_discard",
    "share_edit",
    "share_new",
    "share_stop",
    "share_strike",
    "sharing",
    "sharing_another",
    "sharing_director",
    "sharing_edit",
    "sharing_file",
    "sharing_give",
    "sharing_one",
    "sharing_over",
    "sharing_paper",
    "sharing_sent",
    "sharing_sign",
    "sharing_spoken",
    "sharing_stop",
    "sharing_to_tell",
    "sharing_told",
    "stop_heard",
    "stop_history",
    "told",
    "told_limits",
    "told_notice",
    "untold",
]
