"""Grants: who may see whose record, why, and until when. Every relation that opens a record is one row here."""

from django.db import models
from django.db.models import F, Q

from alongside.audit.fields import EncryptedTextField
from alongside.people.models import Person, ProgramRow, one_of

GRANT_KINDS = ("mentorship", "cover", "history", "reason")


class Grant(ProgramRow):
    """Reader may open the participant's record from `starts_at` until `ends_at` (open when null).

    Kinds: `mentorship` (their peer), `cover` (backup peer, only while the peer is away), `history` (notes of an earlier
    peer, by the participant's choice, from `notes_since` on), `reason` (a director, with recorded words, for a short
    time).
    """

    participant = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants_about", db_index=False)
    reader = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants_held", db_index=False)
    kind = models.CharField(max_length=12)
    source_id = models.UUIDField(null=True, help_text="the mentorship or handover from which this grant follows")
    notes_since = models.DateField(null=True)
    reason_words = EncryptedTextField(null=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["reader", "ends_at"], name="grant_by_reader"),
            models.Index(fields=["participant", "ends_at"], name="grant_by_participant"),
        ]
        constraints = [
            one_of("kind", GRANT_KINDS, name="grant_kind_known"),
            models.CheckConstraint(condition=~Q(participant=F("reader")), name="grant_between_two"),
            models.CheckConstraint(
                condition=~Q(kind="reason") | Q(ends_at__isnull=False, reason_words__isnull=False),
                name="grant_reason_has_words_and_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} grant {self.id}"
