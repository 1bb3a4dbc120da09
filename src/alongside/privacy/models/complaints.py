"""Complaints that somebody's privacy was not kept (§2.4): received, looked into, answered."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from alongside.audit.fields import EncryptedTextField
from alongside.people.models import Person, ProgramRow, one_of
from alongside.rules.complaints import VIA
from alongside.rules.lifecycles import COMPLAINT


def _said(*columns: str) -> RawSQL:
    """An encrypted text keeps "" as it is: that says nothing."""
    sql = " AND ".join(f"{column} <> ''" for column in columns)
    return RawSQL(sql, (), output_field=models.BooleanField())  # noqa: S611  (columns of ours, no value)


class Complaint(ProgramRow):
    """One complaint. Its words stay as they came; its owner is never whom it is about (`privacy.complaint_guards`).

    `person` is null for one without an account: nobody looks who it may have been. `about` is an account of staff.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="complaints")
    via = models.CharField(max_length=8)
    status = models.CharField(max_length=12, default=COMPLAINT.first)
    words = EncryptedTextField()
    words_digest = models.CharField(max_length=64)
    reach = EncryptedTextField(blank=True, default="", help_text="how to answer somebody who has no account")
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    submit_key = models.UUIDField(unique=True, help_text="the same submit twice is one complaint (I3)")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)
    answer = EncryptedTextField(blank=True, default="")
    answer_digest = models.CharField(max_length=64, null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("via", VIA, name="complaint_via_known"),
            one_of("status", COMPLAINT.states, name="complaint_status_known"),
            models.CheckConstraint(condition=_said("words") & ~Q(words_digest=""), name="complaint_says_something"),
            models.CheckConstraint(
                condition=Q(via="public", person__isnull=True) | (~Q(via="public") & Q(person__isnull=False)),
                name="complaint_public_names_nobody",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(about__isnull=True) | ~Q(owner=F("about")),
                name="complaint_owner_is_another",
            ),
            models.CheckConstraint(
                condition=Q(status="received", looked_at__isnull=True)
                | (~Q(status="received") & Q(looked_at__isnull=False)),
                name="complaint_looked_into_is_whole",
            ),
            models.CheckConstraint(
                condition=(Q(status="answered", answered_at__isnull=False, answer_digest__isnull=False)
                           & Q(_said("answer")))
                | (~Q(status="answered") & Q(answered_at__isnull=True, answer_digest__isnull=True)),
                name="complaint_answer_is_whole",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"complaint {self.id}"
