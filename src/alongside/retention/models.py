"""Periods in versions, wishes to erase, the ledger of erased people, and the few papers that the law keeps of them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_scopes import ScopedManager

from alongside.audit.fields import EncryptedJSONField, EncryptedTextField
from alongside.people.models import Person, Program, ProgramRow, one_of
from alongside.rules.access import SIGNED_IN
from alongside.rules.lifecycles import ERASURE
from alongside.rules.retention import KINDS, LONGEST, SEALED

CAUSES = ("wish", "period", "restored")
"""Why a record was erased: the person wished it, its time was over, or it had come back with a backup."""


class Period(ProgramRow):
    """How long a kind of record is kept, as the director set it: versions, only added; the newest is in force."""

    kind = models.CharField(max_length=16)
    version = models.PositiveIntegerField()
    months = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=300, help_text="which law or agreement says so, and who advised")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            one_of("kind", list(KINDS), name="period_kind_known"),
            models.UniqueConstraint(fields=["program", "kind", "version"], name="period_version_once"),
            models.CheckConstraint(condition=Q(months__gte=1, months__lte=LONGEST), name="period_has_an_end"),
            *(
                # The law's least is the database's too: no row sets consents or the accounting to less.
                models.CheckConstraint(condition=~Q(kind=kind.code) | Q(months__gte=kind.least),
                                       name=f"period_of_{kind.code}_is_lawful")
                for kind in KINDS.values() if kind.least
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="period_has_a_reason"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"period {self.kind} v{self.version}"


class ErasureRequest(ProgramRow):
    """A wish to have one record erased: who wishes it, who made sure, who agreed. Its words go with the record."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="erasure_requests")
    status = models.CharField(max_length=10, default=ERASURE.first)
    asked_at = models.DateTimeField()
    asked_role = models.CharField(max_length=20)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    identity = EncryptedTextField(blank=True, default="", help_text="how staff made sure that it is the person's wish")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    opens_at = models.DateTimeField(null=True, help_text="by itself, where nobody else may agree (D5)")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = EncryptedTextField(blank=True, default="", help_text="why not, to the person who reads it")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("status", ERASURE.states, name="erasure_status_known"),
            one_of("asked_role", tuple(sorted(SIGNED_IN)), name="erasure_role_known"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(status__in=["asked", "waiting"]), name="erasure_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["waiting", "done"]) | Q(confirmed_at__isnull=False),
                name="erasure_is_confirmed_first",
            ),
            # D5: two different people, or one and the wait of a day.
            models.CheckConstraint(
                condition=~Q(status="done")
                | Q(done_at__isnull=False, decided_at__isnull=False)
                | Q(done_at__isnull=False, opens_at__isnull=False, opens_at__lte=F("done_at")),
                name="erasure_takes_two_or_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="done") | ~Q(decided_by=F("confirmed_by")) | Q(decided_by__isnull=True),
                name="erasure_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"erasure request {self.id}"


class Erasure(ProgramRow):
    """The ledger: this id was erased, then. Ids and a keyed hash, nothing else; only added.

    Somebody who was several records once has several lines: each id comes back with another backup.
    """

    person = models.UUIDField(unique=True)
    at = models.DateTimeField()
    cause = models.CharField(max_length=10)
    mac = models.CharField(max_length=64)

    class Meta:
        constraints = [one_of("cause", CAUSES, name="erasure_cause_known")]

    def __str__(self) -> str:
        return f"erasure {self.id}"


class Erasing(models.Model):
    """Somebody's papers may go now. Written and taken away within one transaction: never seen outside of it.

    The triggers that keep consents, the accounting and the like look here (`guards`). For a complaint that is nobody's,
    `person` is the id of the complaint.
    """

    person = models.UUIDField(primary_key=True)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager(program="program")

    def __str__(self) -> str:
        return f"erasing {self.person}"


class Sealed(ProgramRow):
    """A signed consent, an entry of the accounting or another paper of an erased person, as little as the law asks for.

    It stands in no list of anybody; a director opens it with a reason. It goes when its time is over.
    """

    erasure = models.ForeignKey(Erasure, on_delete=models.PROTECT, related_name="sealed")
    kind = models.CharField(max_length=12)
    since = models.DateTimeField(help_text="when a consent was last in effect, when something left")
    content = EncryptedJSONField()

    class Meta:
        verbose_name_plural = "sealed"
        constraints = [one_of("kind", list(SEALED), name="sealed_kind_known")]

    def __str__(self) -> str:
        return f"sealed {self.id}"
