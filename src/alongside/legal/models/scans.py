"""The papers themselves as files: what came, byte for byte, in encrypted parts."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alongside.audit.fields import EncryptedTextField
from alongside.people.models import ProgramRow, one_of
from alongside.rules.scans import LARGEST, TYPES

from .demands import Demand


class Scan(ProgramRow):
    """One file of a demand: a PDF, or a picture of a page. Its bytes lie in parts; `digest` says that they are these.

    One that was added by mistake is taken away: its parts go, the row says when and why.
    """

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="scans", db_index=False)
    kind = models.CharField(max_length=3)
    size = models.PositiveIntegerField(help_text="bytes")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file, which tells that it is the same")
    words = EncryptedTextField(help_text="which paper, and which of its pages")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    submit_key = models.UUIDField(unique=True, help_text="the same submit twice is one file (I3)")
    taken_away_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["demand", "added_at"], name="scan_by_demand")]
        constraints = [
            one_of("kind", list(TYPES), name="scan_kind_known"),
            models.CheckConstraint(condition=Q(size__gt=0, size__lte=LARGEST), name="scan_has_a_size"),
            models.CheckConstraint(condition=~Q(digest=""), name="scan_has_a_digest"),
            models.UniqueConstraint(
                fields=["demand", "digest"], condition=Q(taken_away_at__isnull=True), name="scan_once_in_a_demand"
            ),
            models.CheckConstraint(
                condition=Q(taken_away_at__isnull=True) | Q(taken_away_at__gte=F("added_at")),
                name="scan_taken_away_after_it_came",
            ),
        ]

    def __str__(self) -> str:
        return f"scan {self.id}"


class ScanPart(ProgramRow):
    """`audit.parts.PART_BYTES` bytes of a file, the last one fewer."""

    scan = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="parts", db_index=False)
    number = models.PositiveIntegerField()
    content = EncryptedTextField(help_text="bytes as base 64")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scan", "number"], name="scan_part_once")]

    def __str__(self) -> str:
        return f"scan part {self.id}"
