"""A legal hold on one person's record: nothing of it is erased while one is open."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from alongside.audit.fields import EncryptedTextField
from alongside.people.models import Person, ProgramRow, one_of
from alongside.rules.legal_hold import KINDS


def not_empty(*columns: str) -> RawSQL:
    """An encrypted text keeps "" as it is: that is no word, whoever writes the row."""
    sql = " AND ".join(f"{column} <> ''" for column in columns)
    return RawSQL(sql, (), output_field=models.BooleanField())  # noqa: S611  (columns of ours, no value)


class LegalHold(ProgramRow):
    """Why the record of somebody is kept whole, since when and until when. Several may be open at once.

    The start stays as it was written, the end is written once, a row is not removed (`legal.guards`).
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="legal_holds", db_index=False)
    kind = models.CharField(max_length=16)
    words = EncryptedTextField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    end_words = EncryptedTextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["person", "ended_at"], name="legal_hold_by_person")]
        constraints = [
            one_of("kind", list(KINDS), name="legal_hold_kind_known"),
            models.CheckConstraint(condition=Q(not_empty("words")), name="legal_hold_says_why"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | (Q(ended_at__gte=F("opened_at")) & Q(not_empty("end_words"))),
                name="legal_hold_end_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"legal hold {self.id}"
