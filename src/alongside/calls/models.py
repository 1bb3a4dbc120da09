"""Agreements to be called, the claim by which one caller has somebody to themself, calls, who is trained to call."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alongside.audit.fields import EncryptedTextField
from alongside.people.models import Episode, Person, ProgramRow, one_of
from alongside.rules.lifecycles import PHONE_SUPPORT
from alongside.rules.phone_script import LANGUAGES
from alongside.rules.phone_support import OUTCOMES, REACHED, WHYS

HOWS = ("page", "spoken")
"""How somebody agreed: on their own page, or by word to one of us, who wrote it down."""
PAUSE_REASONS = ("own_wish", "wrong_number")
END_REASONS = ("own_wish", "in_a_call", "closed", "agreed_anew")
OPEN = ("agreed", "paused")


class Agreement(ProgramRow):
    """What somebody agreed to, and how far the calls are. Nobody is called without one that holds; each new is a row.

    `due_at` is the next moment at which they may be called, `why` the reason (`rules.phone_support`), `round_on` the
    day on which the present call was first due where the person is, `tries` those since then without an answer.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="call_agreements", db_index=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=8, default=PHONE_SUPPORT.first)
    agreed_at = models.DateTimeField()
    agreed_how = models.CharField(max_length=6)
    language = models.CharField(max_length=5)
    hours = models.CharField(max_length=42, help_text="hours of the week in the person's own time zone")
    time_zone = models.CharField(max_length=64)
    wished_every_days = models.PositiveSmallIntegerField(null=True, help_text="after the weeks at the beginning")
    started_on = models.DateField()
    round_on = models.DateField()
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=16)
    paused_until = models.DateField(null=True)
    pause_reason = models.CharField(max_length=12, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=12, blank=True, default="")
    wants_more_at = models.DateTimeField(null=True, help_text="the latest call in which they wished for more")

    class Meta:
        indexes = [
            models.Index(fields=["program", "due_at"], condition=Q(due_at__isnull=False), name="agreement_due"),
            models.Index(fields=["person", "-agreed_at"], name="agreement_by_person"),
        ]
        constraints = [
            one_of("status", PHONE_SUPPORT.states, name="agreement_status_known"),
            one_of("agreed_how", HOWS, name="agreement_how_known"),
            one_of("language", LANGUAGES, name="agreement_language_known"),
            one_of("why", WHYS, name="agreement_why_known"),
            models.UniqueConstraint(fields=["person"], condition=Q(status__in=OPEN), name="agreement_one_open"),
            models.CheckConstraint(
                condition=Q(status="agreed") | Q(due_at__isnull=True), name="agreement_due_only_while_agreed"
            ),
            models.CheckConstraint(
                condition=Q(status="paused", pause_reason__in=PAUSE_REASONS)
                | (~Q(status="paused") & Q(pause_reason="", paused_until__isnull=True)),
                name="agreement_paused_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(status="ended", ended_at__isnull=False, end_reason__in=END_REASONS)
                | (~Q(status="ended") & Q(ended_at__isnull=True, end_reason="")),
                name="agreement_end_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"agreement {self.id}"


class Claim(ProgramRow):
    """One caller has one person to themself until a moment. There is one claim for an agreement, and one of a caller:
    the database refuses a second, so that several callers at once never call one person twice."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+", db_index=False)
    caller = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    taken_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement"], name="claim_one_for_each"),
            models.UniqueConstraint(fields=["caller"], name="claim_one_of_each_caller"),
            models.CheckConstraint(condition=Q(until__gt=F("taken_at")), name="claim_lasts"),
        ]

    def __str__(self) -> str:
        return f"claim {self.id}"


class Call(ProgramRow):
    """One call or try, and what it came to. Only ever added."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="calls", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="calls_to", db_index=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="calls")
    caller = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="calls_by")
    called_at = models.DateTimeField()
    why = models.CharField(max_length=16)
    outcome = models.CharField(max_length=16)
    is_reached = models.BooleanField(help_text="the person themself was on the telephone")
    note = EncryptedTextField(blank=True, default="")
    submit_key = models.UUIDField(unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-called_at"], name="call_by_person"),
            models.Index(fields=["program", "called_at"], name="call_by_time"),
        ]
        constraints = [
            one_of("why", WHYS, name="call_why_known"),
            one_of("outcome", OUTCOMES, name="call_outcome_known"),
            models.CheckConstraint(
                condition=Q(is_reached=True, outcome__in=sorted(REACHED))
                | (Q(is_reached=False) & ~Q(outcome__in=sorted(REACHED))),
                name="call_reached_by_outcome",
            ),
            models.CheckConstraint(condition=~Q(person=F("caller")), name="call_between_two"),
        ]

    def __str__(self) -> str:
        return f"call {self.id}"


class Caller(ProgramRow):
    """Somebody trained to call, by the word of who supports them. Callers need not be in recovery themselves."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="caller")
    languages = models.JSONField(default=list, help_text="in which they call")
    trained_on = models.DateField()
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"caller {self.id}"
