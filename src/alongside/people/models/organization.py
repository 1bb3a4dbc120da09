"""The organization of this install, its programs (the unit of isolation) and their sites."""

import uuid

from django.db import models

from .base import ProgramRow


class Organization(models.Model):
    """The one organization that this install serves."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    is_demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Program(models.Model):
    """A program: nothing of one is seen from another. `public_name` is neutral, for titles, mail and calendars."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="programs")
    name = models.CharField(max_length=120)
    public_name = models.CharField(max_length=60, default="Side by Side")
    slug = models.SlugField(max_length=40, unique=True)
    time_zone = models.CharField(max_length=64, default="America/Los_Angeles")
    country = models.CharField(max_length=2, default="US")
    phone = models.CharField(max_length=32, blank=True)
    crisis_lines = models.JSONField(default=list, help_text="[{label_en, label_es, href}] shown before 988 by default")
    is_public = models.BooleanField(default=True, help_text="whether its public page takes new asks")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Site(ProgramRow):
    """A place where a program works."""

    name = models.CharField(max_length=120)
    zip = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["program", "name"], name="site_name_once")]

    def __str__(self) -> str:
        return self.name
