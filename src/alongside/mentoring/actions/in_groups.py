"""A contact in a group: one row in the record of each who was there, whoever walks with them."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from alongside.mentoring.models import OPEN_MENTORSHIPS, Contact, Mentorship
from alongside.mentoring.queries.note_modes import get_note_mode
from alongside.rules.note_modes import check_note

from .contacts import Note, NoteNotInMode, write_contact
from .locking import lock_episodes

GROUP = "group"
"""The mode (`rules.vocabulary.CONTACT_MODES`) of a contact in a group. No figure counts it as one between two."""


@transaction.atomic
def record_in_group(*, notes: Mapping[UUID, Note], by, now: datetime | None = None) -> dict[UUID, Contact]:
    """Write one contact for each of these people with whom somebody walks; participant's id to their contact.

    Who leads a group writes about people whose record they may not open: the caller says that they were there. A
    group is no talk between two: what is due in a mentorship stays due, what was promised stays promised. Notes carry
    one submit key, and twice is once (I3). Raises `NoteNotInMode`; who has no open mentorship has no contact.
    """
    now, note_mode = now or timezone.now(), get_note_mode()
    for note in notes.values():
        if refused := check_note(note_mode, note.as_written()):
            raise NoteNotInMode(refused)
    mentorships = Mentorship.objects.filter(participant__in=list(notes), status__in=OPEN_MENTORSHIPS)
    lock_episodes(list(mentorships.values_list("episode_id", flat=True)))
    # Under the lock: somebody may have stopped meanwhile, and then nobody writes about them.
    open_ones = list(mentorships.select_for_update().order_by("pk"))
    before = Contact.objects.filter(
        participant__in=list(notes), submit_key__in={note.submit_key for note in notes.values()}
    )
    contacts, occasion = {one.participant_id: one for one in before}, uuid4()
    for mentorship in open_ones:
        if mentorship.participant_id not in contacts:
            note = notes[mentorship.participant_id]
            contacts[mentorship.participant_id] = write_contact(mentorship, note, note_mode, occasion, by=by, now=now)
    return contacts
