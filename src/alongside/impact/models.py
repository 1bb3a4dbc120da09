"""Sums kept beside the rows, and marks of what has to be counted again. All of it can be made anew from the rows."""

import uuid
from datetime import date

from django.db import models
from django_scopes import ScopedManager

from alongside.people.models import Program, ProgramRow, one_of
from alongside.rules.tallies import KEPT
from alongside.rules.vocabulary import KINDS

NO_SITE_ID = uuid.UUID(int=0)
"""Stands for "no site noted": a NULL would be another group in each row of a unique constraint."""
EVER = date.min
"""Stands in place of a month for the sum of all months."""
SPANS = ("day", "month")


class Mark(models.Model):
    """Something that a figure stands on changed. Written by triggers only (`marks`), in the transaction of the change.

    Only ever added: marks of two writers never wait for each other. With nothing but a program, everything has to be
    counted anew. Ids are plain: what is named may be gone already. The number never leaves the database.
    """

    program = models.ForeignKey(
        Program, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    episode = models.UUIDField(null=True, help_text="what this episode adds has to be counted again")
    mentorship = models.UUIDField(null=True, help_text="the same of its episode; without a time, each day with a note")
    happened_at = models.DateTimeField(null=True, help_text="the contacts of this day have to be counted again")

    objects = ScopedManager(program="program")

    def __str__(self) -> str:
        return f"mark {self.pk}"

    @property
    def is_everything(self) -> bool:
        """Whether it names nothing but the program."""
        return not (self.episode or self.mentorship or self.happened_at)


class Counted(models.Model):
    """What one episode adds to the figures, as it was counted last. `kind` and `site` are its groups.

    The id is plain, no foreign key: when an episode is erased, its mark takes out what it added.
    """

    episode = models.UUIDField(primary_key=True)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, db_index=False, related_name="+")
    site = models.UUIDField(default=NO_SITE_ID)
    kind = models.CharField(max_length=20)
    is_counted = models.BooleanField(help_text="false before anybody asked for a peer: only its contacts count")
    opened_on = models.DateField()
    wait = models.CharField(max_length=8, blank=True, help_text="waited, waiting, unknown; empty: it never waited")
    waited_days = models.PositiveIntegerField(default=0)
    started_on = models.DateField(null=True)
    engaged_30 = models.BooleanField(default=False)
    engaged_60 = models.BooleanField(default=False)
    engaged_90 = models.BooleanField(default=False)
    accepted = models.PositiveIntegerField(default=0, help_text="offers, by what they count as")
    refused = models.PositiveIntegerField(default=0)
    open = models.PositiveIntegerField(default=0)
    nowhere = models.PositiveIntegerField(default=0)

    objects = ScopedManager(program="program")

    class Meta:
        indexes = [
            # The days of a period that are no whole month; those whose day has not passed yet.
            models.Index(fields=["program", "opened_on"], name="counted_by_opened"),
            models.Index(fields=["program", "started_on"], name="counted_by_started"),
        ]
        constraints = [one_of("kind", KINDS, name="counted_kind_known")]

    def __str__(self) -> str:
        return f"counted {self.episode}"


class EpisodeTally(ProgramRow):
    """How often something was found in the episodes opened in one month (or `EVER`) at one site, of one kind."""

    month = models.DateField()
    site = models.UUIDField()
    kind = models.CharField(max_length=20)
    what = models.CharField(max_length=8)
    value = models.IntegerField(default=0)
    count = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "month", "site", "kind", "what", "value"], name="episode_tally_once"
            ),
            one_of("what", list(KEPT), name="episode_tally_known"),
        ]

    def __str__(self) -> str:
        return f"tally {self.id}"


class ContactTally(ProgramRow):
    """Tries to reach somebody, and those in which they were reached: of one day or month, at one site, of one kind."""

    span = models.CharField(max_length=5)
    starts_on = models.DateField()
    site = models.UUIDField()
    kind = models.CharField(max_length=20)
    tried = models.PositiveIntegerField()
    reached = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "span", "starts_on", "site", "kind"], name="contact_tally_once"),
            one_of("span", SPANS, name="contact_tally_span_known"),
        ]

    def __str__(self) -> str:
        return f"tally {self.id}"


class Standing(ProgramRow):
    """How far the counting of a program is. `version` grows with each fold, so that a reader knows whether all that
    it read is of one moment; while everything is counted anew there is nothing to show."""

    version = models.PositiveBigIntegerField(default=0)
    is_renewing = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program"], name="standing_once")]

    def __str__(self) -> str:
        return f"standing {self.version}"


class PublicFigures(ProgramRow):
    """What anybody may see: the figures as of the begin of a quarter, small cells hidden, held for it (C8)."""

    until = models.DateTimeField()
    figures = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "until"], name="public_figures_once")]

    def __str__(self) -> str:
        return f"public figures {self.id}"
