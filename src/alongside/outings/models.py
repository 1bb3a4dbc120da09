"""What somebody saved, how a day of it went and felt, and an ask to come along."""

from django.db import models
from django.db.models import F, Q

from alongside.audit.fields import EncryptedJSONField, EncryptedTextField
from alongside.meetings.models import Meeting
from alongside.mentoring.models import Mentorship
from alongside.people.models import Person, ProgramRow, one_of
from alongside.rules.lifecycles import ASK_ALONG
from alongside.rules.outings import HOWS, KINDS, LISTED, REASONS

ANSWERED = ("yes", "not_this_time")


class Saved(ProgramRow):
    """A meeting of a list, or something of one's own, on days of the week. `copy` is what was said when it was saved.

    `meeting` is the entry of the list; the copy stays readable whatever becomes of that. `plan` are the days on which
    the person means to go. `told` marks the change of which they were told.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="saved_outings", db_index=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=7)
    copy = EncryptedJSONField(help_text="name, place and ways in, as they were or in the person's words")
    days = models.JSONField(default=list)
    starts = models.PositiveSmallIntegerField(null=True)
    ends = models.PositiveSmallIntegerField(null=True)
    zone = models.CharField(max_length=64)
    plan = models.JSONField(default=list)
    told = models.CharField(max_length=64, blank=True, default="")
    saved_at = models.DateTimeField()
    looked_at = models.DateTimeField(help_text="when the copy was last the same as the list")
    put_away_at = models.DateTimeField(null=True)
    submit_key = models.UUIDField(unique=True)

    class Meta:
        indexes = [models.Index(fields=["person", "put_away_at"], name="saved_by_person")]
        constraints = [
            one_of("kind", KINDS, name="saved_kind_known"),
            models.CheckConstraint(condition=Q(kind=LISTED) | Q(meeting__isnull=True), name="saved_own_is_in_no_list"),
            models.UniqueConstraint(
                fields=["person", "meeting"], condition=Q(put_away_at__isnull=True), name="saved_once"
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=True, ends__isnull=True)
                | Q(starts__isnull=False, ends__isnull=False, starts__lt=1440, ends__gt=F("starts"),
                    ends__lte=F("starts") + 1440),
                name="saved_ends_after_it_starts",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"saved {self.id}"


class Outing(ProgramRow):
    """What the person says of one day of something saved: went, did not go, something else. Nobody else reads it."""

    saved = models.ForeignKey(Saved, on_delete=models.PROTECT, related_name="outings", db_index=False)
    on_day = models.DateField()
    how = models.CharField(max_length=4)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("how", HOWS, name="outing_how_known"),
            models.UniqueConstraint(fields=["saved", "on_day"], name="outing_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"outing {self.id}"


class Felt(ProgramRow):
    """How it felt, in the person's words, for them alone (C4). Only their own page and their own copy hold it."""

    saved = models.ForeignKey(Saved, on_delete=models.PROTECT, related_name="+", db_index=False)
    on_day = models.DateField()
    words = EncryptedTextField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["saved", "on_day"], name="felt_once_a_day")]

    def __str__(self) -> str:
        return f"felt {self.id}"


class Ask(ProgramRow):
    """The person asks the peer who walks with them to come along to one date. Once for each date."""

    saved = models.ForeignKey(Saved, on_delete=models.PROTECT, related_name="asks", db_index=False)
    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="asks_along", db_index=False)
    on_day = models.DateField()
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    words = EncryptedTextField(blank=True, default="")
    status = models.CharField(max_length=13, default=ASK_ALONG.first)
    asked_at = models.DateTimeField()
    reason = models.CharField(max_length=11, blank=True, default="")
    answer = EncryptedTextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    read_at = models.DateTimeField(null=True, help_text="when the person saw the answer")

    class Meta:
        indexes = [
            models.Index(fields=["mentorship", "status", "starts_at"], name="ask_by_mentorship"),
            models.Index(fields=["status", "starts_at"], name="ask_due"),
        ]
        constraints = [
            one_of("status", ASK_ALONG.states, name="ask_status_known"),
            models.UniqueConstraint(fields=["saved", "on_day", "mentorship"], name="ask_once_a_date"),
            models.UniqueConstraint(
                fields=["saved", "on_day"], condition=Q(status__in=["asked", "yes"]), name="ask_one_open_a_date"
            ),
            models.CheckConstraint(
                condition=Q(status="not_this_time", reason__in=REASONS) | (~Q(status="not_this_time") & Q(reason="")),
                name="ask_no_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ANSWERED, answered_at__isnull=False)
                | (~Q(status__in=ANSWERED) & Q(answered_at__isnull=True, answered_by__isnull=True)),
                name="ask_answer_is_whole",
            ),
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=1440), name="ask_within_a_day"),
        ]

    def __str__(self) -> str:
        return f"ask {self.id}"
