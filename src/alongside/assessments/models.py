"""One filling-in of a questionnaire: what was answered so far, and when it was complete."""

from django.db import models
from django.db.models import Q

from alongside.audit.fields import EncryptedJSONField
from alongside.people.models import Person, ProgramRow, one_of
from alongside.rules.instruments import CODES, MODES


class Assessment(ProgramRow):
    """Answers by item. An open one is gone on with; there is one open of each instrument for a person."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assessments", db_index=False)
    instrument = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField(help_text="of the wording that was shown")
    mode = models.CharField(max_length=9)
    answers = EncryptedJSONField(default=dict, help_text="number of the item to its points")
    begun_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "instrument", "-begun_at"], name="assessment_by_person")]
        constraints = [
            one_of("instrument", CODES, name="assessment_instrument_known"),
            one_of("mode", MODES, name="assessment_mode_known"),
            models.UniqueConstraint(
                fields=["person", "instrument"],
                condition=Q(completed_at__isnull=True, set_aside_at__isnull=True),
                name="assessment_one_open_of_each",
            ),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True) | Q(set_aside_at__isnull=True),
                name="assessment_not_complete_and_set_aside",
            ),
        ]

    def __str__(self) -> str:
        return f"assessment {self.id}"


class Asking(ProgramRow):
    """When somebody's turn for questions came, reckoned ahead, so that a list of many asks one column of each.

    `next_on` is the day on which it is looked at again; `policy_version` the clocks by which it was reckoned, 0: none.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="asking")
    due_on = models.DateField(null=True, help_text="the latest turn that has begun")
    next_on = models.DateField()
    reminded_on = models.DateField(null=True, help_text="the turn of which they were reminded")
    policy_version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"asking {self.id}"
