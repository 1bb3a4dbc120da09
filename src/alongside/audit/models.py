"""What happened (`Entry`) and the chain that proves nothing was changed since (`Seal`). Both are insert-only (G2)."""

import uuid

from django.db import models

from .fields import EncryptedTextField

NO_PROGRAM = uuid.UUID(int=0)
"""Stands in the chain for what happened outside any program."""


class Entry(models.Model):
    """One act: who, what, which fields, when, why; never the content itself (G1). Written by `actions.record` only.

    Ids are plain UUIDs, not foreign keys: an entry outlives what it speaks of, and audit knows no other model.
    """

    DONE, REFUSED = "done", "refused"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="Names the entry in a URL.")
    program_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True, help_text="The account that acted; none for the system.")
    actor_person_id = models.UUIDField(null=True)
    role = models.CharField(max_length=40)
    act = models.CharField(max_length=60, help_text="A code of `acts.ACTS`.")
    subject_id = models.UUIDField(null=True, help_text="The person whose record it is.")
    object_kind = models.CharField(max_length=60, blank=True)
    object_id = models.UUIDField(null=True)
    fields = models.JSONField(default=list, help_text="Names of the fields read or changed.")
    outcome = models.CharField(max_length=10, default=DONE)
    reason = models.CharField(max_length=60, blank=True, help_text="A code.")
    reason_words = EncryptedTextField(blank=True, help_text="The reason in the actor's own words.")
    request_id = models.CharField(max_length=64, blank=True)
    mark = models.CharField(max_length=64, help_text="Keyed hash of all the above: no entry is made without the key.")

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "at"], name="audit_entry_subject_at"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(outcome__in=["done", "refused"]), name="audit_entry_outcome"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.act} {self.outcome}"


class Seal(models.Model):
    """One link of a program's chain: its `mac` covers the entry, the number and the link before (G2)."""

    program = models.UUIDField(help_text="The program, or `NO_PROGRAM`.")
    number = models.PositiveBigIntegerField(help_text="1, 2, 3, … without a gap in each program.")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="seal")
    mac = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "number"], name="audit_seal_number")]

    def __str__(self):
        return f"{self.program} #{self.number}"


class HeadsSent(models.Model):
    """On this day (UTC) the ends of the log left the machine."""

    day = models.DateField(unique=True)
    sent_at = models.DateTimeField()

    def __str__(self):
        return f"{self.day}"


class IndexKey(models.Model):
    """One row at most: by which key the blind indexes of this database are made. Without it: the oldest of the ring."""

    key = models.CharField(max_length=8, help_text="`keys.key_id` of it; tells nothing of the key.")
    is_followed = models.BooleanField(default=False, help_text="What is made of indexes was made anew too.")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_one_index_key")]

    def __str__(self):
        return self.key


class ChainKeys(models.Model):
    """One row at most: how many keys of the chain have taken over. Without it: one."""

    count = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_one_row_of_chain_keys")]

    def __str__(self):
        return f"{self.count}"


class IndexToBe(models.Model):
    """While a new key waits: what an index will be. All of them take the place of what is there in one moment."""

    place = models.CharField(max_length=120, help_text="Model and field.")
    row = models.CharField(max_length=64, help_text="The row's id as the database keeps it.")
    was = models.CharField(max_length=64)
    becomes = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "row"], name="audit_index_to_be_once")]

    def __str__(self):
        return f"{self.place} {self.row}"
