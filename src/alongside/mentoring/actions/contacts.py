"""Recording a contact or attempt, adding to a note, answering it, and saying "seen, thank you"."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.mentoring.models import OPEN_MENTORSHIPS, Addition, Contact, Mentorship, WrittenAs
from alongside.mentoring.queries.note_modes import get_note_mode
from alongside.people.models import Person
from alongside.privacy.actions import note_before_first
from alongside.rules.note_modes import Written, check_note, keeps_words

from .drafts import erase_draft
from .locking import lock_episodes
from .mentorships import begin_walking


class NoteForNobody(Exception):
    """A note needs at least one mentorship that the author may write about, and each of them still open."""


class NoteNotInMode(Exception):
    """The mode in force keeps no such note. `code` is one of `rules.note_modes.REFUSED`; the caller shows it again."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Billed:
    """What a payer asks of a contact: two moments, a service and a place of `rules.note_modes`, the goal worked on."""

    starts_at: datetime
    ends_at: datetime
    service: str
    place: str = ""
    goal_id: UUID | None = None


@dataclass(frozen=True)
class Note:
    """What a peer wrote down in 60 seconds. `reached` false is an attempt; minutes are whole minutes."""

    submit_key: UUID
    happened_at: datetime
    mode: str
    reached: bool
    minutes: int = 0
    message_left: bool = False
    kinds_of_support: Sequence[str] = field(default_factory=tuple)
    note: str = ""
    next_step: str = ""
    next_step_on: date | None = None
    read_together: bool = False
    their_line: str = ""
    billed: Billed | None = None

    @property
    def status(self) -> str:
        """`completed` when the person was reached, `attempted` otherwise."""
        return "completed" if self.reached else "attempted"

    def as_written(self) -> Written:
        """The value that `rules.note_modes` looks at; times in minutes since the start."""
        billed = self.billed
        length = int((billed.ends_at - billed.starts_at).total_seconds() // 60) if billed else None
        return Written(
            reached=self.reached,
            has_words=bool(self.note or self.next_step),
            read_together=self.read_together,
            has_their_line=bool(self.their_line),
            service=billed.service if billed else "",
            place=billed.place if billed else "",
            has_goal=bool(billed and billed.goal_id),
            starts_at=0 if billed else None,
            ends_at=length,
        )


@transaction.atomic
def record_contact(
    *, mentorships: Sequence[Mentorship], note: Note, by, draft_name: str = "", notice: str = "",
    now: datetime | None = None,
) -> list[Contact]:  # fmt: skip
    """Write one contact for each mentorship; the same submit key twice returns what the first one wrote (I3).

    Reached contacts begin an introduced mentorship. The caller passes only mentorships that the author may see.
    `notice` is what the peer says of the privacy notice where somebody was never offered one (J6): before the first
    talk it is offered, or the log says that it was not. Raises `NoteNotInMode` where the program's mode of notes keeps
    no such note, `NoteForNobody` where nobody is left.
    """
    if not mentorships:
        raise NoteForNobody
    now = now or timezone.now()
    people = [each.participant_id for each in mentorships]
    before = _already_written(note.submit_key, people)
    if before:
        return before
    note_mode = get_note_mode()
    if refused := check_note(note_mode, note.as_written()):
        raise NoteNotInMode(refused)
    try:
        with transaction.atomic():
            contacts = _write(sorted(mentorships, key=lambda each: each.pk), note, note_mode, notice, by, now)
    except IntegrityError:  # the same submit arrived twice at the same moment
        return _already_written(note.submit_key, people)
    if draft_name:
        erase_draft(author_id=by.person_id, name=draft_name)
    return contacts


def _already_written(submit_key: UUID, people: list[UUID]) -> list[Contact]:
    return list(Contact.objects.filter(submit_key=submit_key, participant__in=people))


def _write(
    mentorships: Sequence[Mentorship], note: Note, note_mode: str, notice: str, by, now: datetime
) -> list[Contact]:
    lock_episodes([each.episode_id for each in mentorships])
    # Under the lock: somebody may have stopped while the note was being written, and then nobody writes about them.
    still_open = Mentorship.objects.filter(pk__in=[each.pk for each in mentorships], status__in=OPEN_MENTORSHIPS)
    rows = {row.pk: row for row in still_open.select_for_update().order_by("pk")}
    if len(rows) < len(mentorships):
        raise NoteForNobody
    occasion, contacts = uuid4(), []
    if note.reached and notice:  # which locks the person: after the episode, as whoever writes a message does
        note_before_first(
            people=[each.participant_id for each in mentorships], answer=notice, by=by, now=now,
            on_day=timezone.localdate(note.happened_at),
        )  # fmt: skip
    if note.reached and not notice:
        first = [row.participant_id for row in rows.values() if row.latest_reached_at is None]
        note_before_first(people=first, answer="missed", by=by, now=now)
    for mentorship in mentorships:
        contact = write_contact(mentorship, note, note_mode, occasion, by=by, now=now)
        _keep_latest(rows[mentorship.pk], note)
        if note.reached and mentorship.status == "introduced":
            begin_walking(mentorship=mentorship, by=by, now=now)
        contacts.append(contact)
    return contacts


def write_contact(mentorship: Mentorship, note: Note, note_mode: str, occasion: UUID, *, by, now: datetime) -> Contact:
    """The row of one person with how it was written, and its entry. The caller holds the lock and knows the mode."""
    contact = Contact.objects.create(
        program_id=mentorship.program_id,
        mentorship=mentorship,
        participant_id=mentorship.participant_id,
        author_id=by.person_id,
        occasion=occasion,
        status=note.status,
        message_left=note.message_left,
        mode=note.mode,
        happened_at=note.happened_at,
        minutes=note.minutes,
        kinds_of_support=list(note.kinds_of_support),
        note=note.note,
        next_step=note.next_step,
        next_step_on=note.next_step_on,
        entered_at=now,
        submit_key=note.submit_key,
    )
    _keep_manner(contact, note, note_mode)
    record(
        act=f"contact.{note.status}",
        by=by,
        subject=mentorship.participant_id,
        object_kind="contact",
        object_id=contact.pk,
    )
    return contact


def _keep_manner(contact: Contact, note: Note, note_mode: str) -> None:
    """The mode in force, and what only it asks."""
    billed = note.billed if note.reached else None
    WrittenAs.objects.create(
        program_id=contact.program_id,
        contact=contact,
        note_mode=note_mode,
        read_together=note.read_together and note_mode == "together",
        their_line=note.their_line,
        starts_at=billed.starts_at if billed else None,
        ends_at=billed.ends_at if billed else None,
        service=billed.service if billed else "",
        place=billed.place if billed else "",
        goal_id=billed.goal_id if billed else None,
    )


def _still_promised(row: Mentorship, note: Note) -> date | None:
    """A promise tried twice was kept as far as one can; from then on the rhythm of tries says when to try again."""
    kept = (
        row.attempts_since_reached >= 2
        and row.next_step_on
        and row.next_step_on <= timezone.localdate(note.happened_at)
    )
    return None if kept else row.next_step_on


def _keep_latest(row: Mentorship, note: Note) -> None:
    """Keep on the mentorship, which is locked, what lists need: so Today costs the same after ten years."""
    if note.reached:
        row.latest_reached_at = max(filter(None, (row.latest_reached_at, note.happened_at)))
        row.attempts_since_reached = 0
        row.asked_for_call_at = None
        row.next_step_on = note.next_step_on
    else:
        row.attempts_since_reached += 1
        row.next_step_on = note.next_step_on or _still_promised(row, note)
    row.latest_attempt_at = max(filter(None, (row.latest_attempt_at, note.happened_at)))
    row.save(
        update_fields=[
            "latest_reached_at",
            "latest_attempt_at",
            "attempts_since_reached",
            "next_step_on",
            "asked_for_call_at",
        ]
    )


@transaction.atomic
def add_to_note(
    *, contact: Contact, words: str, submit_key: UUID, by, is_answer: bool, now: datetime | None = None
) -> Addition:
    """Add words to a note: a participant's answer, or the author's addition. Nothing is overwritten (G5).

    A person may always answer, whatever was written. An author adds words only where the program keeps words, else
    `NoteNotInMode`.
    """
    if not is_answer and not keeps_words(get_note_mode()):
        raise NoteNotInMode("words_in_this_mode")
    addition, made = Addition.objects.get_or_create(
        submit_key=submit_key,
        defaults={
            "program_id": contact.program_id,
            "contact": contact,
            "author_id": by.person_id,
            "is_answer": is_answer,
            "words": words,
            "added_at": now or timezone.now(),
        },
    )
    if made:
        record(
            act="answer.written" if is_answer else "contact.amended",
            by=by,
            subject=contact.participant_id,
            object_kind="contact",
            object_id=contact.pk,
        )
    return addition


@transaction.atomic
def say_seen(*, contact: Contact, supervisor: Person, by, words: str = "", now: datetime | None = None) -> Contact:
    """A supervisor acknowledges a note: "seen, thank you"."""
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    if contact.seen_at is None:
        contact.seen_by, contact.seen_at, contact.seen_words = supervisor, now or timezone.now(), words
        contact.save(update_fields=["seen_by", "seen_at", "seen_words"])
        record(act="contact.seen", by=by, subject=contact.participant_id, object_kind="contact", object_id=contact.pk)
    return contact


@transaction.atomic
def mark_answers_read(*, contact: Contact, by, now: datetime | None = None) -> int:
    """The author has read what the participant answered to this note."""
    unread = Addition.objects.filter(contact=contact, is_answer=True, read_at__isnull=True)
    count = unread.update(read_at=now or timezone.now())
    if count:
        record(act="answer.read", by=by, subject=contact.participant_id, object_kind="contact", object_id=contact.pk)
    return count


@transaction.atomic
def mark_notes_read(*, contacts: Sequence[Contact], by, now: datetime | None = None) -> int:
    """The participant has these notes about themself before their eyes. Returns how many were new."""
    new = Contact.objects.filter(
        pk__in=[contact.pk for contact in contacts], participant_id=by.person_id, read_at__isnull=True
    )
    count = new.update(read_at=now or timezone.now())
    if count:
        record(act="contact.read", by=by, subject=by.person_id)
    return count
