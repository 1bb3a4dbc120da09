"""Worries with their clocks and history, who was told, and the weekly rota. The database holds who may own what."""

from django.db import models
from django.db.models import F, Q

from alongside.audit.fields import EncryptedTextField
from alongside.people.models import Person, ProgramRow, one_of
from alongside.rules.access import SIGNED_IN
from alongside.rules.escalation import CONFIRMED, MEASURES, SOURCES, WHATS
from alongside.rules.lifecycles import ESCALATION

TAKEN = ("owned", "resolved", "debriefed")
DONE = ("resolved", "debriefed")


class Escalation(ProgramRow):
    """A worry about one person, in the words of whoever has it. It ends only when contact was confirmed (J2).

    `look_at` is when the house looks again by itself: there while the worry is open or owned, so that none is lost.
    `rung` is the highest rung of the ladder that was told, counted from 0 (`rules.escalation`).
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="escalations")
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    raised_role = models.CharField(max_length=20)
    source = models.CharField(max_length=8)
    words = EncryptedTextField()
    raised_at = models.DateTimeField()
    submit_key = models.UUIDField(unique=True)
    status = models.CharField(max_length=10, default=ESCALATION.first)
    rung = models.PositiveIntegerField(default=0)
    acknowledge_by = models.DateTimeField()
    look_at = models.DateTimeField(null=True)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    owned_at = models.DateTimeField(null=True)
    resolve_by = models.DateTimeField(null=True)
    handed_to = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    handed_at = models.DateTimeField(null=True)
    confirmed = models.CharField(max_length=10, blank=True, default="", help_text="how contact was confirmed")
    resolved_at = models.DateTimeField(null=True)
    debriefed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["look_at"], condition=Q(look_at__isnull=False), name="escalation_by_look"),
        ]
        constraints = [
            one_of("status", ESCALATION.states, name="escalation_status_known"),
            one_of("source", SOURCES, name="escalation_source_known"),
            one_of("raised_role", tuple(sorted(SIGNED_IN)), name="escalation_role_known"),
            one_of("confirmed", ("", *CONFIRMED), name="escalation_confirmed_known"),
            models.CheckConstraint(
                condition=Q(status="open", owner__isnull=True, owned_at__isnull=True, resolve_by__isnull=True)
                | Q(status__in=TAKEN, owner__isnull=False, owned_at__isnull=False, resolve_by__isnull=False),
                name="escalation_owned_has_owner_and_clock",
            ),
            models.CheckConstraint(
                condition=Q(status__in=DONE, look_at__isnull=True)
                | Q(status__in=("open", "owned"), look_at__isnull=False),
                name="escalation_open_is_looked_at",
            ),
            models.CheckConstraint(
                condition=Q(handed_to__isnull=True, handed_at__isnull=True)
                | (Q(status="owned", handed_to__isnull=False, handed_at__isnull=False) & ~Q(handed_to=F("owner"))),
                name="escalation_handed_by_an_owner",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("open", "owned"), resolved_at__isnull=True, confirmed="")
                | (Q(status__in=DONE, resolved_at__isnull=False) & ~Q(confirmed="")),
                name="escalation_resolved_by_contact",
            ),
            models.CheckConstraint(
                condition=Q(status="debriefed", debriefed_at__isnull=False)
                | (~Q(status="debriefed") & Q(debriefed_at__isnull=True)),
                name="escalation_debriefed_when",
            ),
            models.CheckConstraint(condition=~Q(owner=F("person")), name="escalation_owner_is_another"),
        ]

    def __str__(self) -> str:
        return f"escalation {self.id}"


class Happening(ProgramRow):
    """One entry of the history of a worry: what was done, by whom, with which words. Never changed.

    `by_person` and `to_person` are ids and no foreign keys: the entry outlives a joining of records.
    """

    escalation = models.ForeignKey(Escalation, on_delete=models.PROTECT, related_name="happenings", db_index=False)
    at = models.DateTimeField()
    what = models.CharField(max_length=12)
    by_person = models.UUIDField(null=True)
    by_role = models.CharField(max_length=20)
    to_person = models.UUIDField(null=True)
    words = EncryptedTextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["escalation", "at"], name="happening_by_escalation")]
        constraints = [one_of("what", WHATS, name="happening_what_known")]

    def __str__(self) -> str:
        return f"happening {self.id}"


def _ranked() -> Q:
    ranked = Q()
    for rank, what in enumerate(MEASURES):
        ranked |= Q(what=what, rank=rank)
    return ranked


class Measure(ProgramRow):
    """What was done toward a person about whom somebody is worried. Never changed.

    `rank` says how invasive it is, 0 the least. One that leaves out a lesser one, and any call to the police, says why
    nothing less was enough; a worry is resolved only with one of them (`safety.guards`, J2).
    """

    escalation = models.ForeignKey(Escalation, on_delete=models.PROTECT, related_name="measures", db_index=False)
    what = models.CharField(max_length=11)
    rank = models.PositiveSmallIntegerField()
    why_not_less = EncryptedTextField(blank=True, default="")
    at = models.DateTimeField()
    by_person = models.UUIDField(null=True)
    by_role = models.CharField(max_length=20)

    class Meta:
        indexes = [models.Index(fields=["escalation", "at"], name="measure_by_escalation")]
        constraints = [models.CheckConstraint(condition=_ranked(), name="measure_known_with_its_rank")]

    def __str__(self) -> str:
        return f"measure {self.id}"


class Told(ProgramRow):
    """Somebody was told of a worry on one rung of the ladder: once, and from then on they may read it."""

    escalation = models.ForeignKey(Escalation, on_delete=models.PROTECT, related_name="told", db_index=False)
    reader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    rung = models.PositiveIntegerField()
    told_at = models.DateTimeField()
    is_reached = models.BooleanField(help_text="a notice could be queued; without one they see it on their pages only")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["escalation", "reader", "rung"], name="told_once_on_each_rung"),
        ]

    def __str__(self) -> str:
        return f"told {self.id}"


class Turn(ProgramRow):
    """A stretch of each week in which somebody is on duty, with a deputy. Two of a program never overlap."""

    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday")
    from_hour = models.PositiveSmallIntegerField()
    until_hour = models.PositiveSmallIntegerField(help_text="the same as `from_hour`: a whole day")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "weekday", "from_hour"], name="turn_begins_once"),
            models.CheckConstraint(
                condition=Q(weekday__lte=6) & Q(from_hour__lte=23) & Q(until_hour__lte=23), name="turn_within_a_week"
            ),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("person")), name="turn_deputy_is_another"
            ),
        ]

    def __str__(self) -> str:
        return f"turn {self.id}"
