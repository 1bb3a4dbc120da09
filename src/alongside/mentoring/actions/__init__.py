"""What may be done in a mentorship. One function, one transaction, with its audit entry."""

from .contacts import Note, NoteForNobody, add_to_note, record_contact, say_seen
from .drafts import erase_draft, erase_old_drafts, read_draft, save_draft
from .mentorships import (
    MentorshipNotStarted,
    begin_walking,
    end_mentorship,
    pause_mentorship,
    refusal_code,
    set_backup_peer,
    start_mentorship,
)

__all__ = [
    "MentorshipNotStarted", "Note", "NoteForNobody", "add_to_note", "begin_walking", "end_mentorship", "erase_draft",
    "erase_old_drafts", "pause_mentorship", "read_draft", "record_contact", "refusal_code", "save_draft", "say_seen",
    "set_backup_peer", "start_mentorship",
]
