"""A peer as part of the workforce: what they share, when and where they help, and how many places they have."""

from django.db import models
from django.db.models import F, Q
from django_scopes import ScopedManager

from alongside.audit.fields import EncryptedTextField
from alongside.people.models import Person, Program, Site, one_of
from alongside.rules.availability import NEVER

PEER_STATES = ("active", "unavailable", "left")


class PeerProfile(models.Model):
    """What a peer offers. Its key is the person, so that "a peer is never their own participant" is a plain check.

    `places_taken` is kept by database triggers (open mentorships plus chosen offers that wait for the peer's answer),
    and the check below refuses one too many under any concurrency (I1).
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="peer_profile")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.SET_NULL, null=True, related_name="+")
    status = models.CharField(max_length=12, default="active")
    unavailable_until = models.DateField(null=True)
    capacity = models.PositiveSmallIntegerField(default=5)
    places_taken = models.PositiveSmallIntegerField(default=0)
    serves = models.JSONField(default=list, help_text="kinds of participant: own_recovery, loved_one")
    languages = models.JSONField(default=list)
    pathways = models.JSONField(default=list)
    experiences = models.JSONField(default=list, help_text="only what the peer chose to share")
    life_stages = models.JSONField(default=list)
    interests = models.JSONField(default=list)
    modes = models.JSONField(default=list)
    gender = models.CharField(max_length=20, blank=True)
    hours = models.CharField(max_length=42, default=NEVER)
    hours_known = models.BooleanField(default=False)
    zip = models.CharField(max_length=10, blank=True)
    max_miles = models.PositiveSmallIntegerField(null=True)
    limits = models.JSONField(default=list, help_text="[{feature, value}] whom the peer does not take on")
    limits_words = EncryptedTextField(blank=True, default="")
    story = EncryptedTextField(blank=True, default="")
    story_language = models.CharField(max_length=5, default="en")
    started_on = models.DateField(null=True)

    objects = ScopedManager(program="program")

    class Meta:
        constraints = [
            one_of("status", PEER_STATES, name="peer_status_known"),
            models.CheckConstraint(condition=Q(places_taken__lte=F("capacity")), name="peer_never_over_capacity"),
            models.CheckConstraint(condition=Q(capacity__lte=60), name="peer_capacity_human"),
        ]

    def __str__(self) -> str:
        return f"peer {self.pk}"

    @property
    def places_free(self) -> int:
        """Places a new participant could take now; none while unavailable."""
        return self.capacity - self.places_taken if self.status == "active" else 0
