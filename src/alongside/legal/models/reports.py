"""Reports that the law demanded and somebody made: what was told, to whom, when, and when the person reads of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alongside.audit.fields import EncryptedJSONField, EncryptedTextField
from alongside.people.models import Person, ProgramRow, one_of
from alongside.rules.mandated_report import HELD_BACK, KINDS, TOLD_FIRST

from .holds import not_empty


class MandatedReport(ProgramRow):
    """One report, as it was made. Only added; `facts_digest` holds what is encrypted.

    `told_from`: from when the person reads of it in the list of what was sent about them.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandated_reports")
    kind = models.CharField(max_length=16)
    version = models.PositiveSmallIntegerField(help_text="of the list of fields")
    fields = models.JSONField(help_text="names of what was told")
    told = EncryptedJSONField(help_text="field: words")
    list_version = models.PositiveIntegerField(null=True, help_text="of the policy, where the state has its own list")
    source = models.CharField(max_length=200, blank=True, help_text="the statute of that list")
    questions = models.JSONField(default=dict, help_text="field: the question of the state, with its section")
    asked_more = models.PositiveSmallIntegerField(default=0, help_text="how many of those there are")
    agency = EncryptedTextField()
    reference = EncryptedTextField(blank=True, default="", help_text="the number that the agency gave")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_by_name = EncryptedTextField()
    made_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    told_first = models.CharField(max_length=12)
    held_back = models.CharField(max_length=12, default="no")
    told_from = models.DateTimeField()
    person_told_at = models.DateTimeField(null=True)
    facts_digest = models.CharField(max_length=64)
    submit_key = models.UUIDField(unique=True, help_text="the same submit twice is one report (I3)")

    class Meta:
        constraints = [
            one_of("kind", list(KINDS), name="mandated_report_kind_known"),
            one_of("told_first", TOLD_FIRST, name="mandated_report_told_first_known"),
            one_of("held_back", list(HELD_BACK), name="mandated_report_held_back_known"),
            models.CheckConstraint(
                condition=Q(not_empty("agency", "made_by_name")) & ~Q(facts_digest=""), name="mandated_report_is_whole"
            ),
            # The own list of a state names its statute; of a crime federal law says all that may be told (§2.12(c)(5)).
            models.CheckConstraint(
                condition=Q(list_version__isnull=True, source="", asked_more=0)
                | Q(list_version__isnull=False) & ~Q(source=""),
                name="mandated_report_list_names_its_law",
            ),
            models.CheckConstraint(condition=~Q(kind="crime") | Q(asked_more=0), name="mandated_report_crime_is_fixed"),
            models.CheckConstraint(condition=Q(made_at__lte=F("entered_at")), name="mandated_report_was_made"),
            models.CheckConstraint(
                condition=Q(held_back="no", told_from=F("entered_at"))
                | (~Q(held_back="no") & Q(told_from__gt=F("entered_at"))),
                name="mandated_report_is_told",
            ),
        ]

    def __str__(self) -> str:
        return f"mandated report {self.id}"
