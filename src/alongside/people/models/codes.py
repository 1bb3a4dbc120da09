"""Signing in without a password: a code by mail, or a sheet on paper (F1). Of each only a keyed hash is kept."""

import uuid

from django.db import models
from django.db.models import Q

from .accounts import User


class CodeAsk(models.Model):
    """Somebody asked for a code by mail. The row is the same whatever was typed (A1): `user` and `code_hash` are filled
    in by the worker when a mail leaves. It belongs to the browser session that asked, which alone knows its id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="code_asks")
    code_hash = models.CharField(max_length=64, blank=True, default="")
    asked_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | (Q(user__isnull=False) & ~Q(code_hash="")),
                name="code_ask_used_is_whole",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class PaperCode(models.Model):
    """One code of a printed sheet: used once, or ended with its sheet. A new sheet ends the earlier one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="paper_codes", db_index=False)
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "code_hash"], name="paper_code_once"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(ended_at__isnull=True), name="paper_code_used_or_ended"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
