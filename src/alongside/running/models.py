"""One row for each job, each worker and each failure. No program and no person: nothing here is about anybody."""

import uuid

from django.db import models


class Job(models.Model):
    """The latest run of one job, by whichever worker. Written when something was done or failed, else once a minute."""

    function = models.CharField(max_length=120, primary_key=True)
    place = models.PositiveSmallIntegerField(default=0, help_text="in the list of jobs")
    every_seconds = models.PositiveIntegerField()
    started_at = models.DateTimeField(null=True)
    did_at = models.DateTimeField(null=True, help_text="when there was something to do")
    amount = models.PositiveIntegerField(default=0, help_text="how much it did then")
    failed_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0, help_text="in a row")

    def __str__(self) -> str:
        return self.function


class Worker(models.Model):
    """A process that runs the jobs, and when it was seen last."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"worker {self.id}"


class Failure(models.Model):
    """One failed run: which job, when, and the kind of error. Never its text, which may quote a row (G4)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    function = models.CharField(max_length=120)
    error = models.CharField(max_length=80)
    failed_at = models.DateTimeField()
    worker = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["-failed_at"], name="failure_latest")]

    def __str__(self) -> str:
        return f"failure {self.id}"


class WeaknessLook(models.Model):
    """A look for known weaknesses in the parts made by others (K3), by somebody or by itself, and what was there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    looked_at = models.DateTimeField()
    looked_by = models.UUIDField(null=True, help_text="account; none: it ran by itself")
    found = models.BooleanField()
    which = models.JSONField(default=list, help_text="name, version and number of each, as the list told it")

    def __str__(self) -> str:
        return f"weakness look {self.id}"
