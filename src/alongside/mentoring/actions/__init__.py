"""What may be done in a mentorship. One function, one transaction, with its audit entry."""

from .appointments import move_appointment, plan_appointment, settle_appointment
from .contacts import (
    Billed,
    Note,
    NoteForNobody,
    NoteNotInMode,
    add_to_note,
    mark_answers_read,
    mark_notes_read,
    record_contact,
    say_seen,
)
from .drafts import erase_draft, erase_old_drafts, read_draft, save_draft
from .feeds import end_feed, hash_secret, make_feed
from .handover import (
    arrange_handover,
    ask_for_another_peer,
    choose_history,
    finish_handover,
    withdraw_handover,
)
from .in_groups import record_in_group
from .leaving import NotNow, decide_what_next, end_rests, end_with_episode, go_on, part, rest, stop_here
from .mentorships import BackupNotAvailable, begin_walking, end_mentorship, pause_mentorship, set_backup_peer
from .messages import (
    ThreadClosed,
    ask_for_call,
    ask_for_call_in_check_in,
    end_wish_of_check_in,
    mark_read,
    send_message,
)
from .starting import MentorshipNotStarted, refusal_code, start_mentorship
from .unmade_calls import tell_unmade_calls

__all__ = [
    "BackupNotAvailable",
    "Billed",
    "MentorshipNotStarted",
    "NotNow",
    "Note",
    "NoteForNobody",
    "NoteNotInMode",
    "ThreadClosed",
    "add_to_note",
    "arrange_handover",
    "ask_for_another_peer",
    "ask_for_call",
    "ask_for_call_in_check_in",
    "begin_walking",
    "choose_history",
    "decide_what_next",
    "end_feed",
    "end_mentorship",
    "end_rests",
    "end_wish_of_check_in",
    "end_with_episode",
    "erase_draft",
    "erase_old_drafts",
    "finish_handover",
    "go_on",
    "hash_secret",
    "make_feed",
    "mark_answers_read",
    "mark_notes_read",
    "mark_read",
    "move_appointment",
    "part",
    "pause_mentorship",
    "plan_appointment",
    "read_draft",
    "record_contact",
    "record_in_group",
    "refusal_code",
    "rest",
    "save_draft",
    "say_seen",
    "send_message",
    "set_backup_peer",
    "settle_appointment",
    "start_mentorship",
    "stop_here",
    "tell_unmade_calls",
    "withdraw_handover",
]
