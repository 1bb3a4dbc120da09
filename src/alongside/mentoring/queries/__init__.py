"""What may be read in mentoring: Today, the record, one's own notes."""

from .record import (
    get_own_mentorship,
    list_contacts_visible_to,
    list_mentorships_visible_to,
    list_open_handovers,
    list_own_mentorships,
    list_own_notes,
)
from .today import get_cadence_policy, list_open_mentorships, list_who_needs_me, with_facts

__all__ = [
    "get_cadence_policy",
    "get_own_mentorship",
    "list_contacts_visible_to",
    "list_mentorships_visible_to",
    "list_open_handovers",
    "list_open_mentorships",
    "list_own_mentorships",
    "list_own_notes",
    "list_who_needs_me",
    "with_facts",
]
