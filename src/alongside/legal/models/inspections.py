"""Audits and evaluations of the program by others (§2.53): what was agreed to, and whose records they saw."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alongside.audit.fields import EncryptedTextField
from alongside.people.models import Person, ProgramRow, one_of
from alongside.rules.inspection import CAPACITIES, HOW

from .holds import not_empty


class Inspection(ProgramRow):
    """One audit with its agreement. What was agreed to stays; the end, with the day of destruction, is written once."""

    body = EncryptedTextField(help_text="who looks")
    behalf = EncryptedTextField(help_text="on whose behalf")
    capacity = models.CharField(max_length=9)
    how = models.CharField(max_length=8)
    purpose = EncryptedTextField()
    items = models.JSONField(help_text="what they may look at of each record")
    why_named = EncryptedTextField(blank=True, default="", help_text="2.53(g): why not without names")
    promises = models.JSONField(help_text="what stands in the agreement")
    signed_by = EncryptedTextField(help_text="the name under the agreement")
    agreed_on = models.DateField()
    kept_where = EncryptedTextField(help_text="where the signed paper is")
    destroy_by = models.DateField(null=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    submit_key = models.UUIDField(unique=True, help_text="the same submit twice is one audit (I3)")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    destroyed_on = models.DateField(null=True, help_text="as they confirmed it")
    end_words = EncryptedTextField(blank=True, default="")

    class Meta:
        constraints = [
            one_of("capacity", list(CAPACITIES), name="inspection_capacity_known"),
            one_of("how", HOW, name="inspection_how_known"),
            # Whom we find able ourselves takes nothing along (§2.53(a)(2)).
            models.CheckConstraint(
                condition=Q(how="premises", destroy_by__isnull=True, destroyed_on__isnull=True)
                | Q(how="copied", destroy_by__isnull=False, destroy_by__gt=F("agreed_on")) & ~Q(capacity="qualified"),
                name="inspection_copies_have_an_end",
            ),
            models.CheckConstraint(
                condition=Q(not_empty("body", "behalf", "purpose", "signed_by", "kept_where")),
                name="inspection_agreement_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(capacity="mandated") | Q(not_empty("why_named")), name="inspection_says_why_named"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, destroyed_on__isnull=True)
                | Q(ended_at__gte=F("entered_at")) & Q(not_empty("end_words"))
                & (Q(how="premises") | Q(destroyed_on__gte=F("agreed_on"))),
                name="inspection_end_is_whole",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"inspection {self.id}"


class Inspected(ProgramRow):
    """Somebody's record was looked at in an audit: at what of it, and when. Only added."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="looks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="inspected")
    items = models.JSONField()
    looked_at = models.DateTimeField()
    let_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "inspected"

    def __str__(self) -> str:
        return f"inspected {self.id}"
