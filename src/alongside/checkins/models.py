"""Check-ins, and beside them one row for each person who uses them: their wishes, and what was noticed."""

from django.db import models
from django.db.models import Q

from alongside.audit.fields import EncryptedJSONField
from alongside.people.models import Person, ProgramRow, one_of
from alongside.rules.check_in import BOUNDS, WAYS_IN


class CheckIn(ProgramRow):
    """How somebody was at one moment: what they answered, on the scale of that day. No action changes one."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="check_ins", db_index=False)
    at = models.DateTimeField()
    via = models.CharField(max_length=4)
    answers = EncryptedJSONField(default=dict, help_text="question to 1 … scale; more is better")
    scale = models.PositiveSmallIntegerField()
    wants_call = models.BooleanField()
    submit_key = models.UUIDField(unique=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="check_in_by_person")]
        constraints = [
            one_of("via", WAYS_IN, name="check_in_via_known"),
            models.CheckConstraint(
                condition=Q(scale__gte=BOUNDS["scale"][0]) & Q(scale__lte=BOUNDS["scale"][1]),
                name="check_in_scale_in_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"check-in {self.id}"


class Rhythm(ProgramRow):
    """One person's wishes about check-ins, and what `rules.pulse` noticed. Whoever hides them is not watched at all.

    `wants_call_at` is the latest check-in in which a call was wished. `quiet_from_on` is the first day of silence if
    nothing more comes, `dropped_at` the check-in by which they lay well below what is usual.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="rhythm")
    is_hidden = models.BooleanField(default=False, help_text="the person's alone")
    answers_by_text = models.BooleanField(default=False)
    next_ask_on = models.DateField(null=True, help_text="the day of the next reminder; none: no reminders")
    latest_at = models.DateTimeField(null=True)
    wants_call_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    quiet_from_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["next_ask_on"], name="rhythm_to_ask", condition=Q(next_ask_on__isnull=False))]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_hidden=False) | Q(dropped_at__isnull=True, quiet_from_on__isnull=True),
                name="rhythm_hidden_is_not_watched",
            ),
            models.CheckConstraint(
                condition=Q(latest_at__isnull=False)
                | Q(wants_call_at__isnull=True, dropped_at__isnull=True, quiet_from_on__isnull=True),
                name="rhythm_nothing_noticed_without_check_in",
            ),
        ]

    def __str__(self) -> str:
        return f"rhythm {self.id}"
