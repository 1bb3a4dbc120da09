"""Who serves the program from outside, with the written agreement (C7)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alongside.people.models import ProgramRow, one_of
from alongside.rules.providers import AGREEMENTS, SERVICES


class ServiceProvider(ProgramRow):
    """One provider with one agreement. Only added and ended; a new paper is a new row."""

    service = models.CharField(max_length=8)
    name = models.CharField(max_length=120)
    agreement = models.CharField(max_length=8)
    agreed_on = models.DateField()
    may_see = models.CharField(max_length=300, help_text="what they may see")
    kept_where = models.CharField(max_length=200, help_text="where the signed paper lies")
    review_on = models.DateField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            one_of("service", SERVICES, name="provider_service_known"),
            one_of("agreement", list(AGREEMENTS), name="provider_agreement_known"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(may_see="") & ~Q(kept_where=""), name="provider_paper_is_named"
            ),
            models.CheckConstraint(condition=Q(review_on__gt=F("agreed_on")), name="provider_is_looked_at_again"),
        ]

    def __str__(self) -> str:
        return f"{self.service} provider {self.id}"
