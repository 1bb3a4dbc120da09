"""What was told to medical personnel in an emergency (§2.51), and what somebody found who looked at it afterwards."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from alongside.audit.fields import EncryptedTextField
from alongside.people.models import Person, ProgramRow, one_of
from alongside.rules.emergency import FINDINGS, NO_CONSENT

_FACTS = ("recipient", "facility", "disclosed_by_name", "nature", "told")


def _whole() -> RawSQL:
    """An encrypted text keeps "" as it is: that is no fact."""
    sql = " AND ".join(f"{column} <> ''" for column in _FACTS)
    return RawSQL(sql, (), output_field=models.BooleanField())  # noqa: S611  (columns of ours, no value)


class Emergency(ProgramRow):
    """One disclosure in a medical emergency. Only added; the review is written once (`privacy.guards`).

    `facts_digest` holds the encrypted facts: those are written anew when keys change, the digest never.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="emergencies")
    recipient = EncryptedTextField(help_text="the name of the medical personnel")
    facility = EncryptedTextField(help_text="their affiliation with a health care facility")
    disclosed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    disclosed_by_name = EncryptedTextField()
    disclosed_at = models.DateTimeField()
    nature = EncryptedTextField()
    no_consent = models.CharField(max_length=16)
    told = EncryptedTextField()
    facts_digest = models.CharField(max_length=64)
    entered_at = models.DateTimeField()
    submit_key = models.UUIDField(unique=True, help_text="the same submit twice is one disclosure (I3)")
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    finding = models.CharField(max_length=16, blank=True)
    review_words = EncryptedTextField(blank=True, default="")

    class Meta:
        verbose_name_plural = "emergencies"
        constraints = [
            one_of("no_consent", list(NO_CONSENT), name="emergency_no_consent_known"),
            one_of("finding", ["", *FINDINGS], name="emergency_finding_known"),
            models.CheckConstraint(condition=Q(_whole()) & ~Q(facts_digest=""), name="emergency_facts_are_whole"),
            models.CheckConstraint(condition=Q(disclosed_at__lte=F("entered_at")), name="emergency_has_happened"),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, finding="")
                | (Q(reviewed_at__isnull=False, reviewed_at__gte=F("entered_at")) & ~Q(finding="")),
                name="emergency_review_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True)
                | Q(disclosed_by__isnull=True)
                | ~Q(reviewed_by=F("disclosed_by")),
                name="emergency_reviewed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"emergency {self.id}"
