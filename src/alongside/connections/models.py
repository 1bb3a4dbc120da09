"""Ties of a person, and a history that is only added to."""

from django.db import models
from django.db.models import Q

from alongside.audit.fields import EncryptedTextField
from alongside.people.models import Person, ProgramRow, one_of
from alongside.rules.connections import KINDS, RINGS, SUPPORTS, WHATS


class Tie(ProgramRow):
    """Somebody, a group or a place in the person's life, by the name they give it. It ends, and may come back."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ties", db_index=False)
    kind = models.CharField(max_length=6)
    name = EncryptedTextField()
    ring = models.CharField(max_length=6)
    support = models.CharField(max_length=9)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    submit_key = models.UUIDField(unique=True)

    class Meta:
        indexes = [models.Index(fields=["person", "made_at"], name="tie_by_person")]
        constraints = [
            one_of("kind", KINDS, name="tie_kind_known"),
            one_of("ring", RINGS, name="tie_ring_known"),
            one_of("support", SUPPORTS, name="tie_support_known"),
        ]

    def __str__(self) -> str:
        return f"tie {self.id}"


class TieTurn(ProgramRow):
    """How a tie stood from a moment on; `ring` and `support` are empty once it ended. Never changed."""

    tie = models.ForeignKey(Tie, on_delete=models.PROTECT, related_name="turns", db_index=False)
    at = models.DateTimeField()
    what = models.CharField(max_length=7)
    ring = models.CharField(max_length=6, blank=True)
    support = models.CharField(max_length=9, blank=True)
    by_person = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["tie", "at"], name="tie_turn_by_tie")]
        constraints = [
            one_of("what", WHATS, name="tie_turn_what_known"),
            one_of("ring", (*RINGS, ""), name="tie_turn_ring_known"),
            one_of("support", (*SUPPORTS, ""), name="tie_turn_support_known"),
            models.CheckConstraint(
                condition=Q(what="ended", ring="", support="") | ~Q(what="ended") & ~Q(ring="") & ~Q(support=""),
                name="tie_turn_ended_stands_nowhere",
            ),
        ]

    def __str__(self) -> str:
        return f"turn {self.id}"
