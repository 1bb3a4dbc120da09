"""Requests to save a file: who asked for what and why, who else agreed, when it was used. Never the file itself."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alongside.audit.fields import EncryptedTextField
from alongside.people.models import ProgramRow, one_of
from alongside.rules.exports import KINDS, MOST_ALONE, SCOPES
from alongside.rules.lifecycles import EXPORT
from alongside.rules.roster.written_files import FORMATS
from alongside.rules.roster.written_words import LANGUAGES


class ExportRequest(ProgramRow):
    """One file that somebody asked for. It is used once, by whoever asked, before it expires."""

    kind = models.CharField(max_length=12)
    scope = models.CharField(max_length=4, default="now")
    file_format = models.CharField(max_length=4, default="xlsx")
    language = models.CharField(max_length=5, default="en", help_text="in which the columns and terms are written")
    reason_words = EncryptedTextField()
    people = models.PositiveIntegerField(help_text="whom it was about when it was asked for")
    status = models.CharField(max_length=10, default=EXPORT.first)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opens_at = models.DateTimeField(null=True, help_text="by itself, where nobody else may agree (D5)")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["program", "-asked_at"], name="export_by_time")]
        constraints = [
            one_of("status", EXPORT.states, name="export_status_known"),
            one_of("kind", KINDS, name="export_kind_known"),
            one_of("scope", SCOPES, name="export_scope_known"),
            one_of("file_format", FORMATS, name="export_format_known"),
            one_of("language", LANGUAGES, name="export_language_known"),
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="export_decided_by_another"),
            models.CheckConstraint(
                condition=Q(people__lte=MOST_ALONE)
                | ~Q(status__in=["ready", "used"])
                | Q(decided_at__isnull=False)
                | Q(opens_at__isnull=False),
                name="export_of_many_takes_two",
            ),
            models.CheckConstraint(
                condition=Q(status="used", used_at__isnull=False) | (~Q(status="used") & Q(used_at__isnull=True)),
                name="export_used_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"export {self.id}"
