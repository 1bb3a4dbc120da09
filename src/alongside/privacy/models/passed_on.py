"""What an intermediary passed on (§2.24): the person's request for the list, its clock, the answer and its lines."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from alongside.audit.fields import EncryptedTextField
from alongside.people.models import Person, ProgramRow, one_of
from alongside.rules.lifecycles import LIST_REQUEST
from alongside.rules.passed_on import ANSWERED_HOW, SENT_HOW

from .consents import Consent


def _said(*columns: str) -> RawSQL:
    """An encrypted text keeps "" as it is: that says nothing."""
    sql = " AND ".join(f"{column} <> ''" for column in columns)
    return RawSQL(sql, (), output_field=models.BooleanField())  # noqa: S611  (columns of ours, no value)


class ListRequest(ProgramRow):
    """One request to whom an intermediary consent names, for the list of those they passed records on to.

    It outlives the consent: the right to the list does not end with it. `privacy.passed_on_guards` keeps that it hangs
    from such a consent, what was asked, and that an answer with a list has lines.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="list_requests")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="list_requests")
    status = models.CharField(max_length=12, default=LIST_REQUEST.first)
    sent_how = models.CharField(max_length=12)
    asked_on = models.DateField(help_text="the day on which the letter went")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    submit_key = models.UUIDField(unique=True, help_text="the same submit twice is one request (I3)")
    received_on = models.DateField(null=True, help_text="2.24(b)(1): the clock runs from here, once it is known")
    due_on = models.DateField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    answered_on = models.DateField(null=True, help_text="the day on which their answer was here")
    answered_how = models.CharField(max_length=8, blank=True)
    answer_words = EncryptedTextField(blank=True, default="", help_text="what they wrote beside it")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            one_of("status", LIST_REQUEST.states, name="list_request_status_known"),
            one_of("sent_how", list(SENT_HOW), name="list_request_sent_how_known"),
            one_of("answered_how", ["", *ANSWERED_HOW], name="list_request_answered_how_known"),
            models.UniqueConstraint(fields=["consent"], condition=Q(status="asked"), name="one_open_list_request"),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("asked_on"))
                & (Q(received_on__isnull=True) | Q(received_on__gte=F("asked_on"), due_on__gt=F("received_on"))),
                name="list_request_days_follow",
            ),
            models.CheckConstraint(
                condition=Q(status="answered", answered_on__isnull=False, answered_on__gte=F("asked_on"))
                & ~Q(answered_how="")
                | ~Q(status="answered") & Q(answered_on__isnull=True, answered_how=""),
                name="list_request_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(status="asked", ended_at__isnull=True) | (~Q(status="asked") & Q(ended_at__isnull=False)),
                name="list_request_end_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"list request {self.id}"


class ListedRecipient(ProgramRow):
    """One line of the list, as §2.24(b)(2) names it: who got something, when, and a brief description of what.

    `facts_digest` holds the encrypted words. Lines are written while the request is open, and stay afterwards.
    """

    request = models.ForeignKey(ListRequest, on_delete=models.CASCADE, related_name="lines")
    recipient = EncryptedTextField()
    what = EncryptedTextField()
    disclosed_on = models.DateField()
    facts_digest = models.CharField(max_length=64)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    submit_key = models.UUIDField(unique=True, help_text="the same submit twice is one line (I3)")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_said("recipient", "what") & ~Q(facts_digest=""), name="listed_recipient_is_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"listed recipient {self.id}"
