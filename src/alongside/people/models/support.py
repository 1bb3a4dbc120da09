"""Help from outside: a director lets one account see how the install is, for a while."""

from django.db import models
from django.db.models import F, Q

from alongside.audit.fields import EncryptedTextField

from .accounts import User
from .base import ProgramRow


class SupportGrant(ProgramRow):
    """One account of nobody in the program may help until a moment. No role: it ends with its time, or is ended.

    Never changed but to be ended, once, nor removed (`people.support_guards`): who was let in, when and why, stays.
    """

    account = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    words = EncryptedTextField(help_text="why, in the director's words")
    given_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    submit_key = models.UUIDField(unique=True, help_text="the same form sent twice is one grant")

    class Meta:
        indexes = [
            models.Index(fields=["account", "until_at"], name="support_of_account"),
            models.Index(fields=["program", "-from_at"], name="support_by_time"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "account"], condition=Q(ended_at__isnull=True), name="support_one_open"
            ),
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="support_has_time"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("from_at"), ended_at__lte=F("until_at")),
                name="support_ended_within",
            ),
        ]

    def __str__(self) -> str:
        return f"support {self.id}"
