"""Units of a program, where a person stands with a unit, and what they practised."""

from django.db import models
from django.db.models import Q

from alongside.audit.fields import EncryptedTextField
from alongside.people.models import Person, ProgramRow, one_of
from alongside.rules.skills import CODES, FEELS, STANDS


class Unit(ProgramRow):
    """A unit as the program has it: the place of one that comes with the product (`code`), or one of its own (`words`).

    Written for everybody, so not encrypted. `words`: language -> {title, why, ideas, practice, questions, sources}.
    """

    code = models.CharField(max_length=20, blank=True)
    words = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField()
    is_shown = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submit_key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            one_of("code", (*CODES, ""), name="skills_unit_code_known"),
            models.UniqueConstraint(
                fields=["program", "code"], condition=~Q(code=""), name="skills_unit_one_place_of_each"
            ),
        ]

    @property
    def key(self) -> str:
        """Names the unit in an address: its code, or its id."""
        return self.code or str(self.pk)

    def __str__(self) -> str:
        return f"unit {self.id}"


class Standing(ProgramRow):
    """Where a person says they stand with a unit."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="standings", db_index=False)
    unit = models.CharField(max_length=36, help_text="`Unit.key`")
    stand = models.CharField(max_length=8)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("stand", STANDS, name="skills_standing_known"),
            models.UniqueConstraint(fields=["person", "unit"], name="skills_standing_one_for_each_unit"),
        ]

    def __str__(self) -> str:
        return f"standing {self.id}"


class Practice(ProgramRow):
    """One time somebody tried something of a unit, in their words. What they take off their list stays out of sight."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="practices", db_index=False)
    unit = models.CharField(max_length=36, help_text="`Unit.key`")
    happened_on = models.DateField()
    together = models.BooleanField(help_text="with their peer")
    feel = models.CharField(max_length=6, blank=True)
    words = EncryptedTextField(blank=True, default="")
    by_person = models.UUIDField(help_text="who wrote it down: the person or their peer")
    made_at = models.DateTimeField()
    set_aside_at = models.DateTimeField(null=True)
    submit_key = models.UUIDField(unique=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-happened_on"], name="skills_practice_by_person")]
        constraints = [one_of("feel", (*FEELS, ""), name="skills_practice_feel_known")]

    def __str__(self) -> str:
        return f"practice {self.id}"
