"""Policies as versions that are only ever added; the newest adopted one is in force."""

from django.conf import settings
from django.db import models

from alongside.people.models import ProgramRow, one_of

POLICY_KINDS = (
    "matching", "runs", "cadence", "offers", "check_in", "measures", "safety", "notes", "phone_support", "reports",
    "handover",
)  # fmt: skip


class Policy(ProgramRow):
    """One adopted version of one kind of policy; `values` is checked by the pure rule that uses it."""

    kind = models.CharField(max_length=16)
    version = models.PositiveIntegerField()
    values = models.JSONField()
    note = models.CharField(max_length=300, blank=True)
    adopted_at = models.DateTimeField()
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "policies"
        constraints = [
            models.UniqueConstraint(fields=["program", "kind", "version"], name="policy_version_once"),
            one_of("kind", POLICY_KINDS, name="policy_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} v{self.version}"
