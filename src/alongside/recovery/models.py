"""Pages in a person's own words, what hangs from them, and a history that is only added to."""

from django.db import models
from django.db.models import Q

from alongside.audit.fields import EncryptedDateField, EncryptedJSONField, EncryptedTextField
from alongside.people.models import Person, ProgramRow, one_of
from alongside.rules.sheets import AREAS, HIDEABLE, KINDS, OWNERS, WHATS


class Sheet(ProgramRow):
    """One page of one person: recovery plan, wellness plan, safety plan, or days that count (`rules.sheets`).

    A person has one current page of each kind through all their times here; another one that a joined record brought
    along stays readable in the history.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sheets", db_index=False)
    kind = models.CharField(max_length=8)
    parts = EncryptedJSONField(default=dict, help_text="part to words, or to the code of a stage")
    is_current = models.BooleanField(default=True)
    is_hidden = models.BooleanField(default=False, help_text="the person's alone")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "kind"], name="sheet_by_person")]
        constraints = [
            one_of("kind", KINDS, name="sheet_kind_known"),
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(is_current=True), name="sheet_one_current_of_each_kind"
            ),
            models.CheckConstraint(
                condition=Q(is_hidden=False) | Q(kind__in=HIDEABLE), name="sheet_hidden_only_if_own_alone"
            ),
        ]

    def __str__(self) -> str:
        return f"sheet {self.id}"


class Goal(ProgramRow):
    """Something the person wants, in one area of life. Done and set aside are no ends: both may be opened again."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="goals")
    area = models.CharField(max_length=10)
    words = EncryptedTextField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)
    submit_key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            one_of("area", AREAS, name="goal_area_known"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(set_aside_at__isnull=True), name="goal_not_done_and_set_aside"
            ),
        ]

    def __str__(self) -> str:
        return f"goal {self.id}"


class Step(ProgramRow):
    """A small step toward a goal, which the person or their peer takes."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="steps")
    words = EncryptedTextField()
    owner = models.CharField(max_length=6)
    due_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)
    submit_key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            one_of("owner", OWNERS, name="step_owner_known"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(set_aside_at__isnull=True), name="step_not_done_and_set_aside"
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.id}"


class Chapter(ProgramRow):
    """A stretch of days that the person counts. Beginning again ends it and begins another; none is taken away."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="chapters")
    first_on = EncryptedDateField()
    last_on = EncryptedDateField(null=True)
    made_at = models.DateTimeField()
    submit_key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet"], condition=Q(last_on__isnull=True), name="chapter_one_goes_on_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"chapter {self.id}"


class Milestone(ProgramRow):
    """Something the person is glad of, in their words, whether or not they count days."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="milestones")
    words = EncryptedTextField()
    happened_on = EncryptedDateField(null=True)
    made_at = models.DateTimeField()
    set_aside_at = models.DateTimeField(null=True)
    submit_key = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return f"milestone {self.id}"


class Change(ProgramRow):
    """One entry of the history of a page: what stood there, what stands there since, who wrote it. Only added to.

    The database keeps who, when and what (`audit.history`). The words are ciphertext, which is written again when a key
    is renewed, so no trigger keeps them: that no action writes to them is what the tests hold.

    Only the erasing of a whole record takes it away. `by_person` is an id and no foreign key: the entry outlives a
    joining of records, and names nobody who is gone.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="changes", db_index=False)
    at = models.DateTimeField()
    by_person = models.UUIDField(null=True)
    by_role = models.CharField(max_length=20)
    what = models.CharField(max_length=20, help_text="a part of the page, or what was done with a goal, step or day")
    item = models.UUIDField(null=True, help_text="the goal, step, chapter or milestone")
    before = EncryptedTextField(blank=True, default="")
    after = EncryptedTextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["sheet", "-at"], name="change_by_sheet")]
        constraints = [one_of("what", WHATS, name="change_what_known")]

    def __str__(self) -> str:
        return f"change {self.id}"


class OnCallLine(ProgramRow):
    """The telephone of whichever peer is on call, and when somebody answers it. One for each program."""

    phone = EncryptedTextField()
    from_hour = models.PositiveSmallIntegerField()
    until_hour = models.PositiveSmallIntegerField(help_text="the same as `from_hour`: day and night")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program"], name="on_call_line_one_for_each_program"),
            models.CheckConstraint(
                condition=Q(from_hour__lte=23) & Q(until_hour__lte=23), name="on_call_line_hours_of_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"on-call line {self.id}"
