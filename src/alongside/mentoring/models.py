"""The relationship of one participant and one peer, and the daily work in it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alongside.audit.fields import EncryptedTextField
from alongside.people.models import Episode, Person, ProgramRow, one_of
from alongside.recovery.models import Goal
from alongside.rules.lifecycles import APPOINTMENT, CONTACT, HANDOVER, MENTORSHIP
from alongside.rules.note_modes import MODES, PLACES, SERVICES
from alongside.rules.vocabulary import CONTACT_MODES
from alongside.workforce.models import PeerProfile

OPEN_MENTORSHIPS = ("introduced", "active", "paused", "handing_over")
"""States in which a mentorship takes one of the peer's places."""

END_REASONS = ("completed", "changed_peer", "moved", "lost_touch", "own_wish", "peer_unavailable", "safety")


class Mentorship(ProgramRow):
    """The relationship of one participant and one peer, with a backup peer for cover."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="mentorships")
    participant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mentorships", db_index=False)
    peer = models.ForeignKey(PeerProfile, on_delete=models.PROTECT, related_name="mentorships", db_index=False)
    backup_peer = models.ForeignKey(PeerProfile, on_delete=models.SET_NULL, null=True, related_name="backs_up")
    status = models.CharField(max_length=12, default=MENTORSHIP.first)
    introduced_at = models.DateTimeField()
    active_since = models.DateTimeField(null=True)
    paused_until = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=20, blank=True)
    latest_reached_at = models.DateTimeField(
        null=True, help_text="kept with each contact, so that lists stay one query"
    )
    latest_attempt_at = models.DateTimeField(null=True)
    attempts_since_reached = models.PositiveSmallIntegerField(default=0)
    next_step_on = models.DateField(null=True)
    asked_for_call_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["peer", "status"], name="mentorship_by_peer"),
            models.Index(fields=["participant", "status"], name="mentorship_by_participant"),
        ]
        constraints = [
            one_of("status", MENTORSHIP.states, name="mentorship_status_known"),
            models.UniqueConstraint(
                fields=["episode"], condition=Q(status__in=OPEN_MENTORSHIPS), name="mentorship_one_primary_per_episode"
            ),
            models.CheckConstraint(condition=~Q(participant=F("peer")), name="mentorship_between_two"),
            models.CheckConstraint(
                condition=Q(backup_peer__isnull=True) | ~Q(backup_peer=F("peer")), name="mentorship_backup_is_another"
            ),
            models.CheckConstraint(
                condition=(Q(status="ended") & Q(ended_at__isnull=False) & ~Q(end_reason=""))
                | (~Q(status="ended") & Q(ended_at__isnull=True) & Q(end_reason="")),
                name="mentorship_end_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"mentorship {self.id}"


class Contact(ProgramRow):
    """One peer-support contact or attempt with one participant. A note for several people is one row each, sharing
    `occasion`, so that each person reads only their own and the peer's minutes are counted once."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="contacts", db_index=False)
    participant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contacts_about", db_index=False)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contacts_written", db_index=False)
    occasion = models.UUIDField(default=uuid.uuid4, help_text="the one event that several rows may share")
    status = models.CharField(max_length=10)
    message_left = models.BooleanField(default=False, help_text="a neutral message was left")
    mode = models.CharField(max_length=10)
    happened_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=0)
    kinds_of_support = models.JSONField(default=list)
    note = EncryptedTextField(blank=True, default="")
    next_step = EncryptedTextField(blank=True, default="")
    next_step_on = models.DateField(null=True)
    entered_at = models.DateTimeField()
    submit_key = models.UUIDField(help_text="the same submit twice is one contact (I3)")
    read_at = models.DateTimeField(null=True, help_text="when the participant first had it before their eyes")
    seen_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)
    seen_words = EncryptedTextField(blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["participant", "-happened_at"], name="contact_by_participant"),
            models.Index(fields=["mentorship", "-happened_at"], name="contact_by_mentorship"),
            models.Index(fields=["author", "-happened_at"], name="contact_by_author"),
            models.Index(fields=["program", "happened_at"], name="contact_by_time"),
        ]
        constraints = [
            one_of("status", CONTACT.states, name="contact_status_known"),
            one_of("mode", CONTACT_MODES, name="contact_mode_known"),
            models.UniqueConstraint(fields=["submit_key", "participant"], name="contact_submitted_once"),
            models.CheckConstraint(condition=Q(minutes__lte=1440), name="contact_within_a_day"),
            models.CheckConstraint(
                condition=Q(seen_by__isnull=True, seen_at__isnull=True)
                | Q(seen_by__isnull=False, seen_at__isnull=False),
                name="contact_seen_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.id}"


class WrittenAs(ProgramRow):
    """How a note was written: the mode in force then, and what only some modes ask. Notes from before have none.

    A row of its own, so that a mode decided later changes nothing of what was written.
    """

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="written_as")
    note_mode = models.CharField(max_length=10, help_text="`rules.note_modes`")
    read_together = models.BooleanField(default=False, help_text="both had read it before it was kept")
    their_line = EncryptedTextField(blank=True, default="", help_text="a line of the person's own, said and read back")
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    service = models.CharField(max_length=20, blank=True, default="")
    place = models.CharField(max_length=20, blank=True, default="")
    goal = models.ForeignKey(Goal, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            one_of("note_mode", MODES, name="written_as_mode_known"),
            one_of("service", ["", *SERVICES], name="written_as_service_known"),
            one_of("place", ["", *PLACES], name="written_as_place_known"),
            models.CheckConstraint(
                condition=Q(note_mode="together") | Q(read_together=False), name="written_as_read_in_its_mode"
            ),
            models.CheckConstraint(
                condition=Q(service="", starts_at__isnull=True, ends_at__isnull=True)
                | (
                    Q(note_mode="billable", starts_at__isnull=False, ends_at__isnull=False, ends_at__gt=F("starts_at"))
                    & ~Q(service="")
                ),
                name="written_as_billing_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(service__in=["", "not_billed"]) | ~Q(place=""), name="written_as_billed_has_a_place"
            ),
        ]

    def __str__(self) -> str:
        return f"written as {self.id}"


class Addition(ProgramRow):
    """Words added to a note later: the participant's answer or the peer's addition. Notes are never overwritten."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="additions")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_answer = models.BooleanField(help_text="written by the participant")
    words = EncryptedTextField()
    added_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    submit_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["added_at"]

    def __str__(self) -> str:
        return f"addition {self.id}"


class NoteDraft(ProgramRow):
    """A contact note being written, kept on the server while it is written; erased when the note is saved."""

    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=80, help_text="which form, for example the participant's id")
    payload = EncryptedTextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "name"], name="note_draft_once")]

    def __str__(self) -> str:
        return f"draft {self.id}"


class Appointment(ProgramRow):
    """A planned time together: wall-clock time and zone, because people keep appointments by the clock on the wall."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="appointments", db_index=False)
    on_day = models.DateField()
    at_time = models.TimeField()
    time_zone = models.CharField(max_length=64)
    minutes = models.PositiveSmallIntegerField(default=30)
    mode = models.CharField(max_length=10, default="phone")
    place = EncryptedTextField(blank=True, default="")
    status = models.CharField(max_length=10, default=APPOINTMENT.first)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    sequence = models.PositiveSmallIntegerField(default=0)
    submit_key = models.UUIDField(unique=True)

    class Meta:
        indexes = [models.Index(fields=["mentorship", "status", "on_day"], name="appointment_by_day")]
        constraints = [
            one_of("status", APPOINTMENT.states, name="appointment_status_known"),
            one_of("mode", CONTACT_MODES, name="appointment_mode_known"),
        ]

    def __str__(self) -> str:
        return f"appointment {self.id}"


class Message(ProgramRow):
    """One message in the thread of a mentorship."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="messages", db_index=False)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    body = EncryptedTextField()
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    submit_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["sent_at"]
        indexes = [
            models.Index(fields=["mentorship", "sent_at"], name="message_by_mentorship"),
            models.Index(fields=["mentorship", "author"], condition=Q(read_at__isnull=True), name="message_unread"),
        ]

    def __str__(self) -> str:
        return f"message {self.id}"


class CalendarFeed(ProgramRow):
    """A private calendar address whose titles reveal nothing; only a hash of its secret is kept."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_feed")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"feed {self.id}"


class Handover(ProgramRow):
    """A change of peer without blame: what the participant wishes, and which history the next peer may read."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="handovers")
    status = models.CharField(max_length=10, default=HANDOVER.first)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_by_role = models.CharField(max_length=20)
    asked_at = models.DateTimeField()
    reason_code = models.CharField(max_length=30, blank=True)
    reason_words = EncryptedTextField(blank=True, default="")
    history_choice = models.CharField(
        max_length=10, blank=True, help_text="none, since, all; the participant's own choice"
    )
    history_since = models.DateField(null=True)
    wants_three_way = models.BooleanField(null=True)
    next_mentorship = models.ForeignKey(Mentorship, on_delete=models.SET_NULL, null=True, related_name="handed_from")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("status", HANDOVER.states, name="handover_status_known"),
            one_of("history_choice", ["", "none", "since", "all"], name="handover_history_known"),
            models.UniqueConstraint(
                fields=["mentorship"], condition=Q(status__in=["asked", "arranged", "met"]), name="handover_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"handover {self.id}"
