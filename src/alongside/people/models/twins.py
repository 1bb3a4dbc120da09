"""Records that may be of one person: keys to find them, pairs for a person to decide, and what was joined."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_scopes import ScopedManager

from alongside.audit.fields import EncryptedJSONField
from alongside.rules.linkage import PERHAPS, SURELY
from alongside.rules.linkage.blocking import KINDS

from ..kept_out import KeptOutManager
from .base import ProgramRow, one_of
from .organization import Program
from .person import Person

DECISIONS = ("", "later", "different")
"""Not decided yet; put aside; two people, remembered for good. One person: the two are joined and the pair is gone."""


class MatchKey(ProgramRow):
    """A keyed digest that people share who may be one person (`rules.linkage.block_keys`). Nothing is in the clear."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="match_keys", db_index=False)
    kind = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["program", "digest"], name="match_key_found")]
        constraints = [
            models.UniqueConstraint(fields=["person", "digest"], name="match_key_once"),
            one_of("kind", KINDS, name="match_key_kind_known"),
        ]

    def __str__(self) -> str:
        return f"match key {self.id}"


class ToCompare(models.Model):
    """Somebody new or changed, whom the worker has not compared with the others yet."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="+")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager(KeptOutManager, program="program")

    def __str__(self) -> str:
        return f"to compare {self.pk}"


class TwinPair(ProgramRow):
    """Two records that may be one person, with the reasons as codes; a person decides. The smaller id comes first."""

    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    bits = models.DecimalField(max_digits=5, decimal_places=1)
    verdict = models.CharField(max_length=8)
    reasons = models.JSONField(default=list, help_text="[[field, level, bits]] of rules.linkage")
    decision = models.CharField(max_length=10, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["program", "decision", "-bits"], name="twin_pair_to_decide")]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="twin_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="twin_pair_in_order"),
            one_of("verdict", [SURELY, PERHAPS], name="twin_pair_verdict_known"),
            one_of("decision", DECISIONS, name="twin_pair_decision_known"),
        ]

    def __str__(self) -> str:
        return f"pair {self.id}"


class Merge(ProgramRow):
    """Two records made one. `journal` is what an undo puts back, encrypted, and erased when its time is over."""

    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    kept_then = models.UUIDField(help_text="the id that was kept; another one by now where that was joined again")
    gone = models.UUIDField(help_text="the id that is no more; the log knows it still")
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    undo_until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    journal = EncryptedJSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["kept", "merged_at"], name="merge_by_kept"),
            models.Index(fields=["gone"], name="merge_by_gone"),
            models.Index(fields=["program", "-merged_at"], name="merge_latest"),
        ]
        constraints = [models.CheckConstraint(condition=~Q(gone=F("kept_then")), name="merge_of_two")]

    def __str__(self) -> str:
        return f"merge {self.id}"
