"""What shall not go to somebody (§2.26): asked for by the person, answered by the program, kept by the gate."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from alongside.audit.fields import BlindIndexField, EncryptedTextField
from alongside.people.models import Person, ProgramRow, one_of
from alongside.rules.lifecycles import RESTRICTION
from alongside.rules.restriction import ENDED_HOW, INSIDE, TOWARD

DECIDED = ["agreed", "declined", "ended"]
OVER = ["ended", "withdrawn"]


def _holds(sql: str) -> RawSQL:
    return RawSQL(sql, (), output_field=models.BooleanField())  # noqa: S611  (columns of ours, no value)


class Restriction(ProgramRow):
    """Named items that shall not go to anybody, to a health plan, or to somebody named; for any purpose, or for some.

    While it is `agreed`, the gate leaves its items out and the database refuses a disclosure that holds one
    (`privacy.restriction_guards`). `facts_digest` holds the encrypted words.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="restrictions")
    status = models.CharField(max_length=10, default=RESTRICTION.first)
    toward = models.CharField(max_length=12)
    recipient = EncryptedTextField(null=True)
    recipient_index = BlindIndexField(kind="name", of="recipient", null=True, db_index=False)
    items = models.JSONField()
    purposes = models.JSONField(default=list, help_text="empty: for whatever it is asked")
    paid_in_full = models.BooleanField(default=False, help_text="2.26(a)(6)(ii): paid without the plan")
    words = EncryptedTextField(blank=True, default="")
    facts_digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    submit_key = models.UUIDField(unique=True, help_text="the same submit twice is one request (I3)")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    answer = EncryptedTextField(blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=8, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            one_of("status", RESTRICTION.states, name="restriction_status_known"),
            one_of("toward", list(TOWARD), name="restriction_toward_known"),
            one_of("ended_how", ["", *ENDED_HOW], name="restriction_ended_how_known"),
            models.CheckConstraint(
                condition=(
                    (~Q(toward=INSIDE) & Q(_holds("items <> '[]'"))) | (Q(toward=INSIDE) & Q(_holds("items = '[]'")))
                )
                & ~Q(facts_digest=""),
                name="restriction_names_items",
            ),
            models.CheckConstraint(
                condition=(Q(toward="named", recipient__isnull=False) & Q(_holds("recipient <> ''")))
                | (~Q(toward="named") & Q(recipient__isnull=True)),
                name="restriction_names_whom",
            ),
            # §2.26(a)(6): this one is never declined, whoever writes the row.
            models.CheckConstraint(
                condition=~Q(status="declined", toward="health_plan", paid_in_full=True),
                name="restriction_must_be_agreed",
            ),
            models.CheckConstraint(
                condition=(Q(status__in=DECIDED, decided_at__isnull=False) & Q(_holds("answer <> ''")))
                | (~Q(status__in=DECIDED) & Q(decided_at__isnull=True)),
                name="restriction_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=(Q(status__in=OVER, ended_at__isnull=False) & ~Q(ended_how=""))
                | (~Q(status__in=OVER) & Q(ended_at__isnull=True, ended_how="")),
                name="restriction_end_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"restriction {self.id}"


class KeptFrom(ProgramRow):
    """Somebody who works here and must not see the record of the person who asked (§2.26, `toward` is `inside`).

    It holds from the agreement on (`people.kept_out`), and already hides the request itself from whom it names. An
    account that is gone leaves a row of nobody.
    """

    restriction = models.ForeignKey(Restriction, on_delete=models.CASCADE, related_name="readers", db_index=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="kept_from"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["restriction", "account"], name="kept_from_once")]

    def __str__(self) -> str:
        return f"kept from {self.id}"
