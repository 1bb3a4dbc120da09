"""A return to use as it was told. Only ever added: what somebody told is not corrected by others."""

from django.db import models
from django.db.models import F, Q

from alongside.audit.fields import EncryptedDateField, EncryptedTextField
from alongside.people.models import Episode, Person, ProgramRow


class Telling(ProgramRow):
    """Told by the person on their own page, or written down by their peer. Words may stay the person's alone."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tellings", db_index=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="+")
    told_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_own = models.BooleanField(help_text="told by the person themself")
    on_day = EncryptedDateField()
    words = EncryptedTextField(blank=True, default="")
    is_kept = models.BooleanField(default=False, help_text="the words are the person's alone")
    told_at = models.DateTimeField()
    submit_key = models.UUIDField(unique=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-told_at"], name="telling_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_own=True, told_by=F("person")) | (Q(is_own=False) & ~Q(told_by=F("person"))),
                name="telling_own_is_by_the_person",
            ),
            models.CheckConstraint(condition=Q(is_own=True) | Q(is_kept=False), name="telling_kept_only_if_own"),
        ]

    def __str__(self) -> str:
        return f"telling {self.id}"
