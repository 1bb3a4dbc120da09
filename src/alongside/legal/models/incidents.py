"""What may be a breach: its owner, whom it is about, the assessment, and who was told when and how."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alongside.audit.fields import EncryptedJSONField, EncryptedTextField
from alongside.people.models import Person, ProgramRow, one_of
from alongside.rules.breach import (
    DECISIONS,
    DELAY_KINDS,
    DELAY_REASONS,
    HOW_TOLD,
    MOST_DELAY_DAYS,
    POSTED_DAYS,
    SPOKEN_DAYS,
    WHERE_POSTED,
    Delay,
    Posted,
)
from alongside.rules.lifecycles import INCIDENT

from .holds import not_empty

SOURCES = ("log", "added")


def _user() -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")


class Incident(ProgramRow):
    """Something that may be a breach. It has an owner from the first minute; the day of discovery starts the clocks."""

    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="incidents_owned")
    status = models.CharField(max_length=10, default=INCIDENT.first)
    what_happened = EncryptedTextField(help_text="for the letter: the people affected read it")
    happened_on = models.DateField(null=True)
    discovered_on = models.DateField()
    entered_at = models.DateTimeField()
    entered_by = _user()
    submit_key = models.UUIDField(unique=True, help_text="the same submit twice is one incident (I3)")
    information = models.JSONField(default=list)
    letter = EncryptedJSONField(default=dict, help_text="language: {protect_yourself, what_we_do, what_happened}")
    contact = EncryptedTextField(blank=True, default="")
    factors = EncryptedJSONField(default=dict, help_text="factor: words")
    decision = models.CharField(max_length=16, blank=True)
    decision_words = EncryptedTextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = _user()
    hhs_told_on = models.DateField(null=True)
    media_told_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("status", INCIDENT.states, name="incident_status_known"),
            one_of("decision", ["", *DECISIONS], name="incident_decision_known"),
            models.CheckConstraint(condition=Q(not_empty("what_happened")), name="incident_says_what"),
            models.CheckConstraint(
                condition=Q(happened_on__isnull=True) | Q(happened_on__lte=F("discovered_on")),
                name="incident_happened_before_it_was_found",
            ),
            models.CheckConstraint(
                condition=Q(status="open", decision="", decided_at__isnull=True)
                | (
                    Q(status__in=["assessed", "closed"], decided_at__isnull=False)
                    & ~Q(decision="")
                    & Q(not_empty("decision_words"))
                ),
                name="incident_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False)
                | (~Q(status="closed") & Q(closed_at__isnull=True)),
                name="incident_closed_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"incident {self.id}"


class LogSearch(ProgramRow):
    """One question to the audit log by which people were found: whose acts, which, from when until when. Only added."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="searches")
    account = models.UUIDField(help_text="whose acts")
    acts = models.JSONField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    found = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = _user()

    class Meta:
        verbose_name_plural = "log searches"
        constraints = [
            models.CheckConstraint(condition=Q(from_at__lt=F("until_at")), name="log_search_has_a_span"),
        ]

    def __str__(self) -> str:
        return f"log search {self.id}"


class Affected(ProgramRow):
    """One person whose record was in it: found in the log or added with a reason, struck with a reason, told once."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="affected", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="affected_by")
    source = models.CharField(max_length=6)
    words = EncryptedTextField(blank=True, default="", help_text="why they were added")
    found_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)
    strike_words = EncryptedTextField(blank=True, default="")
    told_at = models.DateTimeField(null=True)
    told_how = models.CharField(max_length=12, blank=True)
    told_by = _user()
    letter_version = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name_plural = "affected"
        constraints = [
            models.UniqueConstraint(fields=["incident", "person"], name="affected_once"),
            one_of("source", SOURCES, name="affected_source_known"),
            one_of("told_how", ["", *HOW_TOLD], name="affected_told_how_known"),
            models.CheckConstraint(
                condition=Q(source="log") | Q(not_empty("words")), name="affected_added_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True) | (Q(not_empty("strike_words")) & Q(told_at__isnull=True)),
                name="affected_struck_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, told_how="")
                | (Q(told_at__isnull=False, letter_version__isnull=False) & ~Q(told_how="")),
                name="affected_told_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"affected {self.id}"


class LawDelay(ProgramRow):
    """Law enforcement said that telling people would hinder them: who, how, until when (45 CFR 164.412). Only added."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="delays")
    kind = models.CharField(max_length=8)
    reason = models.CharField(max_length=13)
    official = EncryptedTextField(help_text="who said it: name, agency, how to reach them")
    asked_on = models.DateField()
    days = models.PositiveSmallIntegerField(help_text="from the day on which it was asked")
    noted_at = models.DateTimeField()
    noted_by = _user()
    submit_key = models.UUIDField(unique=True, help_text="the same submit twice is one delay (I3)")

    class Meta:
        constraints = [
            one_of("kind", DELAY_KINDS, name="law_delay_kind_known"),
            one_of("reason", DELAY_REASONS, name="law_delay_reason_known"),
            models.CheckConstraint(condition=Q(not_empty("official")), name="law_delay_says_who"),
            models.CheckConstraint(
                condition=Q(kind="spoken", days__lte=SPOKEN_DAYS) | Q(kind="written", days__lte=MOST_DELAY_DAYS),
                name="law_delay_by_mouth_is_short",
            ),
        ]

    def __str__(self) -> str:
        return f"law delay {self.id}"

    def frozen(self) -> Delay:
        """As the rules read it."""
        return Delay(self.kind, self.asked_on, self.days)


class Posting(ProgramRow):
    """A notice for all, where no letter reaches ten people or more: on the site, or in media (164.404(d)(2)(ii)).

    On the site it is shown by itself for its days. What was posted stays as it was; taken down early, it says why.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="postings", db_index=False)
    place = models.CharField(max_length=9)
    medium = EncryptedTextField(blank=True, default="", help_text="which newspaper or station, and where it is read")
    toll_free = EncryptedTextField()
    information = models.JSONField(default=list)
    words = EncryptedJSONField(default=dict, help_text="language: {what_happened, protect_yourself, what_we_do}")
    text_version = models.PositiveSmallIntegerField()
    posted_on = models.DateField()
    days = models.PositiveSmallIntegerField(default=POSTED_DAYS)
    posted_at = models.DateTimeField()
    posted_by = _user()
    submit_key = models.UUIDField(unique=True, help_text="the same submit twice is one notice (I3)")
    ended_at = models.DateTimeField(null=True)
    end_words = EncryptedTextField(blank=True, default="")

    class Meta:
        constraints = [
            one_of("place", WHERE_POSTED, name="posting_place_known"),
            models.UniqueConstraint(
                fields=["incident"], condition=Q(ended_at__isnull=True), name="posting_one_of_an_incident"
            ),
            models.CheckConstraint(condition=Q(days__gte=POSTED_DAYS), name="posting_stands_long_enough"),
            models.CheckConstraint(
                condition=Q(not_empty("toll_free")) & (Q(place="home_page") | Q(not_empty("medium"))),
                name="posting_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(not_empty("end_words")), name="posting_end_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"posting {self.id}"

    @property
    def until(self) -> date:
        """The last day on which it stands and its number answers."""
        return self.posted_on + timedelta(days=self.days)

    def frozen(self) -> Posted:
        """As the rules read it."""
        return Posted(self.posted_on, self.until)
