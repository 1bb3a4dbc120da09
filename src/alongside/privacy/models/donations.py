"""Who wants no messages asking for donations (§2.31(a)(5)(iii), §2.22(b)(1)(iii)(B)): a choice of the person's own."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alongside.people.models import Person, ProgramRow, one_of

HOW = ("screen", "signing", "told")
"""On their own privacy page, beside a signature, or said to somebody who works with them."""


class NoDonations(ProgramRow):
    """Somebody said that they want none. It holds until they take it back themself, whatever the program does then."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="no_donations")
    how = models.CharField(max_length=7)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "no donations"
        constraints = [
            one_of("how", HOW, name="no_donations_how_known"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("said_at")), name="no_donations_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"no donations {self.id}"
