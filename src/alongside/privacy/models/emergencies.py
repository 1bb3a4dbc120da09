"""What was told to medical personnel in an emergency, or to the FDA (§2.51), or to whoever acts for a minor in danger
(§2.14(c)), and what somebody found afterwards."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from alongside.audit.fields import EncryptedTextField
from alongside.people.models import Person, ProgramRow, one_of
from alongside.rules.emergency import ACTS_AS, FINDINGS, KINDS, NO_CAPACITY, NO_CONSENT, THREAT_TO

_FACTS = ("recipient", "disclosed_by_name", "nature", "told")


def _whole(*columns: str) -> RawSQL:
    """An encrypted text keeps "" as it is: that is no fact."""
    sql = " AND ".join(f"{column} <> ''" for column in columns)
    return RawSQL(sql, (), output_field=models.BooleanField())  # noqa: S611  (columns of ours, no value)


_NO_MINOR = Q(
    acts_as="", no_capacity="", threat_to="", asks_for_services=False, judged_no_capacity=False, judged_threat=False
)
_MINOR = Q(
    acts_as__in=ACTS_AS, no_capacity__in=NO_CAPACITY, threat_to__in=THREAT_TO, asks_for_services=True,
    judged_no_capacity=True, judged_threat=True,
)  # fmt: skip


class Emergency(ProgramRow):
    """One disclosure in a medical emergency, about a product to the FDA, or to whoever acts for a minor in danger. Only
    added; its review is written once.

    `facts_digest` holds the encrypted facts: those are written anew when keys change, the digest never.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="emergencies")
    kind = models.CharField(max_length=7, default="medical")
    recipient = EncryptedTextField(help_text="the name of the medical personnel, or of who acts for a minor")
    facility = EncryptedTextField(help_text="their affiliation with a health care facility")
    disclosed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    disclosed_by_name = EncryptedTextField()
    disclosed_at = models.DateTimeField()
    nature = EncryptedTextField()
    no_consent = models.CharField(max_length=16, blank=True)
    product = EncryptedTextField(blank=True, default="", help_text="of which the FDA warns")
    only_to_notify = models.BooleanField(default=False, help_text="the FDA said that it is for nothing else")
    acts_as = models.CharField(max_length=8, blank=True, default="")
    no_capacity = models.CharField(max_length=9, blank=True, default="")
    threat_to = models.CharField(max_length=5, blank=True, default="")
    asks_for_services = models.BooleanField(default=False, help_text="the director says: they ask for it or just came")
    judged_no_capacity = models.BooleanField(default=False, help_text="by the director, §2.14(c)(1)")
    judged_threat = models.BooleanField(default=False, help_text="by the director, §2.14(c)(2)")
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
            one_of("kind", list(KINDS), name="emergency_kind_known"),
            models.CheckConstraint(
                condition=Q(_NO_MINOR, kind="medical", no_consent__in=list(NO_CONSENT), only_to_notify=False)
                & Q(_whole("facility"))
                & ~Q(_whole("product"))
                | Q(_NO_MINOR, kind="fda", no_consent="", only_to_notify=True) & Q(_whole("facility", "product"))
                | Q(_MINOR, kind="parent", no_consent="", only_to_notify=False)
                & ~Q(_whole("facility"))
                & ~Q(_whole("product")),
                name="emergency_facts_of_its_kind",
            ),
            one_of("finding", ["", *FINDINGS], name="emergency_finding_known"),
            models.CheckConstraint(
                condition=Q(_whole(*_FACTS)) & ~Q(facts_digest=""), name="emergency_facts_are_whole"
            ),
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
