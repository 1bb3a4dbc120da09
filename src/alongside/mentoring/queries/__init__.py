"""What may be read in mentoring: Today, the record, one's own notes."""

from .changes import get_mentorship_to_change, list_parted
from .mine import (
    count_new_messages,
    count_new_notes,
    get_asked_peer,
    get_next_time,
    get_own_episode,
    get_own_handover,
    list_own_walks,
)
from .note_modes import get_note_mode, get_note_policy, list_goals_for
from .record import (
    get_own_mentorship,
    is_own_mentorship,
    list_contacts_of_many,
    list_contacts_visible_to,
    list_mentorships_of,
    list_notes_shown,
    list_open_handovers,
    list_own_mentorships,
    list_own_notes,
)
from .threads import get_thread_of_participant, get_thread_of_peer, list_messages, list_threads
from .times import get_feed, get_time, list_times, list_times_for_feed
from .today import (
    count_who_asked,
    list_caseload,
    list_names_of_open,
    list_open_mentorships,
    list_who_needs_me,
    look_at_today,
    with_facts,
)

__all__ = [
    "count_new_messages",
    "count_new_notes",
    "count_who_asked",
    "get_asked_peer",
    "get_feed",
    "get_mentorship_to_change",
    "get_next_time",
    "get_note_mode",
    "get_note_policy",
    "get_own_episode",
    "get_own_handover",
    "get_own_mentorship",
    "get_thread_of_participant",
    "get_thread_of_peer",
    "get_time",
    "is_own_mentorship",
    "list_caseload",
    "list_contacts_of_many",
    "list_contacts_visible_to",
    "list_goals_for",
    "list_mentorships_of",
    "list_messages",
    "list_names_of_open",
    "list_notes_shown",
    "list_open_handovers",
    "list_open_mentorships",
    "list_own_mentorships",
    "list_own_notes",
    "list_own_walks",
    "list_parted",
    "list_threads",
    "list_times",
    "list_times_for_feed",
    "list_who_needs_me",
    "look_at_today",
    "with_facts",
]
