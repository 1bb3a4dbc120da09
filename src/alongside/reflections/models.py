"""One private reflection. It belongs to an account and names no person: there is no way to it from anybody's record."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alongside.audit.fields import EncryptedTextField
from alongside.people.models import ProgramRow


class Reflection(ProgramRow):
    """Words of one account, for that account alone, until a moment at which they are erased."""

    writer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    words = EncryptedTextField()
    written_at = models.DateTimeField()
    erase_at = models.DateTimeField()
    submit_key = models.UUIDField(unique=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(erase_at__gt=F("written_at")), name="reflection_ends")]

    def __str__(self) -> str:
        return f"reflection {self.id}"
