"""One week's list and its rows. Ids and codes only, no foreign key to anybody: as in the log they come from."""

from django.db import models
from django.db.models import Q

from alongside.people.models import ProgramRow


class Week(ProgramRow):
    """The list of one week of a program, made once: a week without rows says that somebody looked."""

    begins_on = models.DateField(help_text="a Monday")
    made_at = models.DateTimeField()
    openings = models.PositiveIntegerField(help_text="openings of that week, among which these were noticed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "begins_on"], name="oversight_week_once")]

    def __str__(self) -> str:
        return f"week {self.id}"


class Unusual(ProgramRow):
    """One row: an account, a person or several, and codes of `rules.unusual_access`. Why `ask` is kept nowhere."""

    week = models.ForeignKey(Week, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveSmallIntegerField()
    reader = models.UUIDField(help_text="the account")
    reader_person = models.UUIDField(null=True)
    person = models.UUIDField(null=True, help_text="none: several")
    codes = models.JSONField()
    times = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    first_key = models.UUIDField(help_text="the entry of the log with the reason, or the first one")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["week", "number"], name="oversight_row_has_its_number"),
            models.CheckConstraint(condition=Q(times__gte=1), name="oversight_row_of_something"),
        ]

    def __str__(self) -> str:
        return f"unusual {self.id}"
