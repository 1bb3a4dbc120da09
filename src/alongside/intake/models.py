"""What a participant asks for, and the ways in which people arrive: rosters, public asks, peers' applications."""

from django.conf import settings
from django.db import models

from alongside.audit.fields import BlindIndexField, EncryptedJSONField, EncryptedTextField
from alongside.people.models import Episode, Person, ProgramRow, Site, one_of
from alongside.rules.availability import NEVER
from alongside.rules.lifecycles import APPLICATION, INQUIRY, ROSTER
from alongside.rules.vocabulary import KINDS, PREFERENCES, STRENGTHS


class Wishes(ProgramRow):
    """What one participant asks for in one episode: help wanted, pathway, language, hours, place or remote."""

    episode = models.OneToOneField(Episode, on_delete=models.CASCADE, related_name="wishes")
    needs = models.JSONField(default=list)
    own_words = EncryptedTextField(blank=True, default="")
    pathways = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    experiences = models.JSONField(default=list)
    life_stages = models.JSONField(default=list)
    interests = models.JSONField(default=list)
    modes = models.JSONField(default=list)
    gender = models.CharField(max_length=20, blank=True)
    age = models.PositiveSmallIntegerField(null=True, help_text="years, where given without a birth date")
    hours = models.CharField(max_length=42, default=NEVER)
    hours_known = models.BooleanField(default=False)
    zip = models.CharField(max_length=10, blank=True)
    max_miles = models.PositiveSmallIntegerField(null=True)
    limits_told_at = models.DateTimeField(null=True, help_text="J1: the limits of confidentiality were explained")
    staff_notes = EncryptedTextField(blank=True, default="")

    class Meta:
        verbose_name_plural = "wishes"

    def __str__(self) -> str:
        return f"wishes of episode {self.episode_id}"


class Preference(ProgramRow):
    """One thing a participant asks of a peer, as a must or a would-like."""

    wishes = models.ForeignKey(Wishes, on_delete=models.CASCADE, related_name="preferences")
    feature = models.CharField(max_length=20)
    value = models.CharField(max_length=40)
    strength = models.CharField(max_length=4, default="like")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wishes", "feature", "value"], name="preference_once"),
            one_of("feature", list(PREFERENCES), name="preference_feature_known"),
            one_of("strength", STRENGTHS, name="preference_strength_known"),
        ]

    def __str__(self) -> str:
        return f"{self.strength} {self.feature}={self.value}"


class Inquiry(ProgramRow):
    """A public "Ask for someone": three questions and safe-contact rules. Nobody learns whether they were known."""

    kind = models.CharField(max_length=20, default="own_recovery")
    goes_by = EncryptedTextField()
    phone = EncryptedTextField(blank=True, default="")
    phone_index = BlindIndexField(kind="phone", of="phone", null=True)
    email = EncryptedTextField(blank=True, default="")
    email_index = BlindIndexField(kind="email", of="email", null=True)
    language = models.CharField(max_length=5, default="en")
    answers = EncryptedJSONField(help_text="needs, own words, how soon")
    safe_contact = EncryptedJSONField()
    status = models.CharField(max_length=10, default=INQUIRY.first)
    received_at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    submit_key = models.UUIDField(unique=True)

    class Meta:
        verbose_name_plural = "inquiries"
        indexes = [models.Index(fields=["program", "status", "received_at"], name="inquiry_by_status")]
        constraints = [
            one_of("status", INQUIRY.states, name="inquiry_status_known"),
            one_of("kind", KINDS, name="inquiry_kind_known"),
        ]

    def __str__(self) -> str:
        return f"inquiry {self.id}"


class Application(ProgramRow):
    """Somebody with lived experience who would like to be a peer."""

    goes_by = EncryptedTextField()
    phone = EncryptedTextField(blank=True, default="")
    email = EncryptedTextField(blank=True, default="")
    language = models.CharField(max_length=5, default="en")
    answers = EncryptedJSONField(help_text="languages, pathways, experiences shared, hours, places, capacity")
    why = EncryptedTextField(blank=True, default="")
    status = models.CharField(max_length=10, default=APPLICATION.first)
    received_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decision_words = EncryptedTextField(blank=True, default="")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    submit_key = models.UUIDField(unique=True)

    class Meta:
        indexes = [models.Index(fields=["program", "status", "received_at"], name="application_by_status")]
        constraints = [one_of("status", APPLICATION.states, name="application_status_known")]

    def __str__(self) -> str:
        return f"application {self.id}"


class Roster(ProgramRow):
    """One uploaded roster: read, mapped, previewed; nothing of it is written elsewhere until it is confirmed."""

    kind = models.CharField(max_length=12, default="participants")
    content = EncryptedTextField(help_text="the file, base64; emptied once confirmed or cancelled")
    content_hash = models.CharField(max_length=64)
    file_name = EncryptedTextField(blank=True, default="")
    mapping = models.JSONField(default=dict, help_text="column index to field code")
    options = models.JSONField(default=dict, help_text="date order, region")
    status = models.CharField(max_length=10, default=ROSTER.first)
    counts = models.JSONField(default=dict)
    site = models.ForeignKey(Site, on_delete=models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("status", ROSTER.states, name="roster_status_known"),
            one_of("kind", ["participants", "peers"], name="roster_kind_known"),
        ]

    def __str__(self) -> str:
        return f"roster {self.id}"


class RosterLine(ProgramRow):
    """What one row of a roster will do, with reasons; after confirming, what it did."""

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="lines")
    row_number = models.PositiveIntegerField(help_text="as the spreadsheet counts, header included")
    outcome = models.CharField(max_length=10)
    values = EncryptedJSONField()
    problems = models.JSONField(default=list, help_text="[{code, field, params}] without the values themselves")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roster", "row_number"], name="roster_line_once"),
            one_of("outcome", ["create", "update", "unchanged", "refused"], name="roster_line_outcome_known"),
        ]

    def __str__(self) -> str:
        return f"row {self.row_number} of roster {self.roster_id}"
