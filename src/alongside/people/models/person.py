"""A human known to a program, the stretches of service they had, and how they may safely be reached."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alongside.audit.fields import BlindIndexField, EncryptedDateField, EncryptedTextField
from alongside.rules.lifecycles import EPISODE
from alongside.rules.vocabulary import KINDS, LANGUAGES

from .base import ProgramRow, one_of


class Person(ProgramRow):
    """A human known to one program; may be participant, peer, both over time. The name they go by is searchable.

    A person served by two programs is two rows: isolation is by program (docs/decisions/0003).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="persons")
    goes_by = models.CharField(max_length=80)
    goes_by_search = models.CharField(max_length=80, db_index=True, help_text="folded: no accents, lower case")
    pronouns = models.CharField(max_length=30, blank=True)
    language = models.CharField(max_length=5, default="en")
    legal_name = EncryptedTextField(blank=True, default="")
    legal_name_index = BlindIndexField(kind="name", of="legal_name", null=True)
    birth_date = EncryptedDateField(null=True)
    phone = EncryptedTextField(blank=True, default="")
    phone_index = BlindIndexField(kind="phone", of="phone", null=True)
    email = EncryptedTextField(blank=True, default="")
    email_index = BlindIndexField(kind="email", of="email", null=True)
    external_id = EncryptedTextField(blank=True, default="")
    external_id_index = BlindIndexField(kind="external_id", of="external_id", null=True)
    supervisor = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="supervises")
    created_at = models.DateTimeField(auto_now_add=True)
    from_list = models.UUIDField(
        null=True, editable=False, help_text="the list that brought this person in, if one did"
    )

    class Meta:
        indexes = [
            models.Index(fields=["program", "goes_by_search"], name="person_by_name"),
            # While a long list is written: who else is new? Those whom the list makes are not in this index.
            models.Index(fields=["program", "created_at"], condition=Q(from_list=None), name="person_new_by_hand"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["program", "user"], name="person_one_per_account"),
            models.UniqueConstraint(fields=["program", "external_id_index"], name="person_external_id_once"),
            one_of("language", LANGUAGES, name="person_language_known"),
        ]

    def __str__(self) -> str:
        return self.goes_by


class Episode(ProgramRow):
    """One stretch of service of a participant; coming back is a new episode of the same person."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="episodes")
    site = models.ForeignKey("people.Site", on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=20, default="own_recovery")
    is_brief = models.BooleanField(default=False, help_text="phone check-ins only; skips matching")
    status = models.CharField(max_length=12, default=EPISODE.first)
    source = models.CharField(max_length=20, default="form", help_text="form, roster, self, return")
    opened_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True)
    first_waiting_at = models.DateTimeField(null=True)
    matched_at = models.DateTimeField(null=True)
    active_since = models.DateTimeField(null=True)
    paused_until = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    close_reason = models.CharField(max_length=30, blank=True)
    returned_to_use_on = models.DateField(null=True, help_text="raises cadence; closes nothing, resets nothing")
    return_told_at = models.DateTimeField(null=True, help_text="when the person told it themself; waits for an answer")
    call_reached_at = models.DateTimeField(null=True, help_text="the latest talk with somebody who calls")
    urgency = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["program", "status", "waiting_since"], name="episode_by_status")]
        constraints = [
            one_of("status", EPISODE.states, name="episode_status_known"),
            one_of("kind", KINDS, name="episode_kind_known"),
            models.UniqueConstraint(
                fields=["person"], condition=~Q(status="closed"), name="episode_one_open_per_person"
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False)
                | (~Q(status="closed") & Q(closed_at__isnull=True)),
                name="episode_closed_has_time",
            ),
            models.CheckConstraint(condition=Q(urgency__lte=2), name="episode_urgency_0_to_2"),
        ]

    def __str__(self) -> str:
        return f"episode {self.id}"

    def note_call_reached(self, at: datetime) -> None:
        """Somebody who calls talked with the person: from then on they are not silent. The caller records the call."""
        earlier = Q(call_reached_at__isnull=True) | Q(call_reached_at__lt=at)
        Episode.objects.filter(earlier, pk=self.pk).update(call_reached_at=at)


class SafeContact(ProgramRow):
    """How a person may be reached. Enforced by the code that sends, not by the writer's memory (E2)."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="safe_contact")
    channel = models.CharField(max_length=10, default="phone", help_text="phone, text, email, app, none")
    may_call = models.BooleanField(default=True)
    may_text = models.BooleanField(default=False)
    may_voicemail = models.BooleanField(default=False)
    may_email = models.BooleanField(default=False)
    from_hour = models.PositiveSmallIntegerField(default=9)
    until_hour = models.PositiveSmallIntegerField(default=20)
    name_to_use = EncryptedTextField(blank=True, default="", help_text="the name to ask for when somebody else answers")
    notes = EncryptedTextField(blank=True, default="")
    texts_stopped_at = models.DateTimeField(
        null=True, help_text="the person ended texts by a STOP; nobody has turned them on since"
    )
    texts_stopped_number = EncryptedTextField(blank=True, default="", help_text="from which number")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(texts_stopped_at__isnull=True) | Q(may_text=False), name="safe_contact_stopped_is_stopped"
            ),
            one_of("channel", ["phone", "text", "email", "app", "none"], name="safe_contact_channel_known"),
            models.CheckConstraint(
                condition=Q(from_hour__lt=F("until_hour")) & Q(until_hour__lte=24), name="safe_contact_hours_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"safe contact of {self.person_id}"


class Boundary(ProgramRow):
    """Two persons who are never paired, and (encrypted) why: sponsor, kin, ex, housemate, supervisor, safety.

    Its content is used by matching, groups and cover, and seen by nobody who does not need it (D7).
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = EncryptedTextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "boundaries"
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="boundary_once"),
            models.CheckConstraint(condition=~Q(person=F("other")), name="boundary_between_two"),
        ]

    def __str__(self) -> str:
        return f"boundary {self.id}"
