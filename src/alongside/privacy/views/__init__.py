"""Pages of privacy: the person's own, those of staff beside them, a director's."""

from .accounting import me_sent, me_sent_letter, sharing_sent
from .emergencies import emergencies, emergency_new, emergency_one
from .helping import (
    sharing,
    sharing_another,
    sharing_edit,
    sharing_give,
    sharing_one,
    sharing_over,
    sharing_paper,
    sharing_stop,
    sharing_to_tell,
    sharing_told,
)
from .law import law
from .reading import me_privacy, open_find, open_with_reason, stop_history
from .sharing import share, share_another, share_discard, share_edit, share_new, share_stop, share_strike

__all__ = [
    "emergencies",
    "emergency_new",
    "emergency_one",
    "law",
    "me_privacy",
    "me_sent",
    "me_sent_letter",
    "open_find",
    "open_with_reason",
    "share",
    "share_another",
    "share_discard",
    "share_edit",
    "share_new",
    "share_stop",
    "share_strike",
    "sharing",
    "sharing_another",
    "sharing_edit",
    "sharing_give",
    "sharing_one",
    "sharing_over",
    "sharing_paper",
    "sharing_sent",
    "sharing_stop",
    "sharing_to_tell",
    "sharing_told",
    "stop_history",
]
