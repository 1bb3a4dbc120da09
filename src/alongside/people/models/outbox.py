"""Messages on their way out. A request only writes a row here; the worker sends it (A3)."""

import uuid

from django.db import models

from alongside.audit.fields import EncryptedTextField

from .base import one_of

OUTGOING_STATES = ("queued", "sent", "failed", "dropped")


class OutgoingMessage(models.Model):
    """One neutral message to one address. `template` names fixed words without free text; `dropped` = not allowed.

    `sent_at` is written before it is handed over: one that is `failed` and has it was perhaps sent (0064).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey("people.Program", on_delete=models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, null=True, related_name="+")
    channel = models.CharField(max_length=8, default="email")
    recipient = EncryptedTextField()
    template = models.CharField(max_length=40)
    language = models.CharField(max_length=5, default="en")
    link = EncryptedTextField(blank=True, default="")
    status = models.CharField(max_length=8, default="queued")
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    once_key = models.CharField(max_length=100, null=True, unique=True, help_text="the same notice is queued once")

    class Meta:
        indexes = [models.Index(fields=["status", "not_before"], name="outgoing_due")]
        constraints = [
            one_of("status", OUTGOING_STATES, name="outgoing_status_known"),
            one_of("channel", ["email", "text"], name="outgoing_channel_known"),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.id}"
