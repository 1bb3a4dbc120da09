"""Consents, what was disclosed under them, and the law a program works under. The database holds what must be true.

Triggers of `privacy.guards` add: what was signed is not changed, and nothing is disclosed without a live consent.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alongside.audit.fields import BlindIndexField, EncryptedDateField, EncryptedJSONField, EncryptedTextField
from alongside.people.models import Person, ProgramRow, one_of
from alongside.rules.consent import EVENTS, HELD_EVENTS, KINDS, PURPOSES, RECIPIENT_CLASSES, SIGNERS
from alongside.rules.consent.signing import AGE_KNOWN, PART2
from alongside.rules.disclosure import WAYS
from alongside.rules.lifecycles import CONSENT

from .consent_checks import SIGNED as _SIGNED
from .consent_checks import (
    is_by_director_for_payment_alone,
    is_signed_by_who_must,
    says_what_the_law_wants,
    shares_what_it_may,
    there,
)

SIGNED_HOW = ("", "screen", "paper")
ENDED_HOW = ("", "screen", "spoken", "written", "event", "day")
"""How it ended: by the person on their page, spoken or written to staff (B4), by its event, by its day."""

GROUNDS = ("consent",)
"""On which ground a row of `Disclosure` left. Emergencies, orders of a court and mandated reports have tables of their
own (`Emergency`, `legal.Release`, `legal.MandatedReport`); the accounting tells all of them (§2.25)."""

BY_CONSENT = tuple(code for code, way in WAYS.items() if way.ground == "consent")
"""The ways out that need a consent."""


def _fits_kind() -> Q:
    """One kind, one sort of purpose: kinds never mix in one signature (B2, §2.31(d))."""
    fits = Q()
    for kind in KINDS.values():
        fits |= Q(kind=kind.code, purpose__in=list(kind.purposes))
    return fits


def _event_fits() -> Q:
    fits = Q(expires_event="")
    for kind in KINDS.values():
        fits |= Q(kind=kind.code, expires_event__in=list(kind.events))
    return fits


class Consent(ProgramRow):
    """A person's permission that named things go to somebody named, for a purpose, until a day or an event.

    `number` is what recipients read: it tells nothing. Encrypted columns are null until they are filled in.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents", db_index=False)
    number = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=16)
    status = models.CharField(max_length=10, default=CONSENT.first)
    person_name = EncryptedTextField(null=True)
    discloser = models.CharField(max_length=120, blank=True)
    items = models.JSONField(default=list)
    recipient = EncryptedTextField(null=True)
    recipient_address = EncryptedTextField(null=True)
    recipient_is_covered = models.BooleanField(default=True)
    members = EncryptedTextField(null=True)
    purpose = models.CharField(max_length=16, blank=True)
    purpose_words = EncryptedTextField(null=True)
    expires_event = models.CharField(max_length=20, blank=True)
    expires_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True, help_text="2.35(c): it cannot be taken back before")
    held_event = models.CharField(max_length=16, blank=True, default="", help_text="2.35(c): or from this event on")
    released_at = models.DateTimeField(null=True, help_text="when that event happened")
    language = models.CharField(max_length=5, default="en")
    text_version = models.PositiveSmallIntegerField(null=True)
    shown = EncryptedJSONField(null=True, help_text="the document and the preview, as they were signed")
    shown_digest = models.CharField(max_length=64, blank=True)
    statements = models.JSONField(default=list, help_text="codes of the paragraphs that were signed")
    signer = models.CharField(max_length=20, blank=True)
    age_known = models.CharField(max_length=12, blank=True, default="", help_text="how the age of who signs was known")
    signed_how = models.CharField(max_length=8, blank=True)
    signed_name = EncryptedTextField(null=True)
    other_name = EncryptedTextField(null=True, help_text="a parent, a guardian, an executor, a director")
    other_basis = EncryptedTextField(null=True, help_text="by what right they sign; for a director, the condition")
    died_on = EncryptedDateField(null=True, help_text="2.15(b): without it no executor signs")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=8, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    together = models.UUIDField(null=True, help_text="the same for those that are signed with one signature")
    told_at = models.DateTimeField(null=True, help_text="when whoever had received something was told that it ended")
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["person", "status"], name="consent_by_person"),
            models.Index(fields=["program", "status", "expires_at"], name="consent_by_end"),
        ]
        constraints = [
            one_of("kind", list(KINDS), name="consent_kind_known"),
            one_of("status", CONSENT.states, name="consent_status_known"),
            one_of("purpose", ["", *PURPOSES], name="consent_purpose_known"),
            one_of("expires_event", ["", *EVENTS], name="consent_event_known"),
            one_of("signer", ["", *SIGNERS], name="consent_signer_known"),
            one_of("age_known", ["", *AGE_KNOWN], name="consent_age_known_how"),
            one_of("held_event", ["", *HELD_EVENTS], name="consent_held_event_known"),
            one_of("signed_how", SIGNED_HOW, name="consent_signed_how_known"),
            one_of("ended_how", ENDED_HOW, name="consent_ended_how_known"),
            # B1, §2.31(a): without every element it is not active, whoever writes the row.
            models.CheckConstraint(
                condition=~_SIGNED
                | (
                    Q(person_name__isnull=False, recipient__isnull=False, shown__isnull=False,
                      text_version__isnull=False, signed_at__isnull=False, signed_how__in=["screen", "paper"])
                    & ~Q(discloser="") & ~Q(signer="") & ~Q(shown_digest="")
                    & there("person_name", "recipient", "shown")
                ),
                name="consent_active_is_whole",
            ),
            models.CheckConstraint(
                condition=~_SIGNED | says_what_the_law_wants(), name="consent_says_what_the_law_wants"
            ),
            models.CheckConstraint(condition=~_SIGNED | shares_what_it_may(), name="consent_shares_what_it_may"),
            models.CheckConstraint(condition=~_SIGNED | _fits_kind(), name="consent_kinds_never_mix"),
            models.CheckConstraint(
                condition=~_SIGNED | (_event_fits() & (Q(expires_at__isnull=False) | ~Q(expires_event=""))),
                name="consent_has_an_end",
            ),
            models.CheckConstraint(
                condition=~_SIGNED
                | ~(Q(kind__in=[kind.code for kind in KINDS.values() if kind.names_matter]) | Q(purpose="other"))
                | there("purpose_words"),
                name="consent_names_its_matter",
            ),
            models.CheckConstraint(
                condition=~_SIGNED | ~Q(kind="intermediary") | there("members"), name="consent_names_members"
            ),
            models.CheckConstraint(condition=~_SIGNED | is_signed_by_who_must(), name="consent_is_signed_by_who_must"),
            models.CheckConstraint(
                condition=~_SIGNED | is_by_director_for_payment_alone(), name="consent_by_director_for_payment"
            ),
            # §2.35(b), (c): a period, a moment from which it can be taken back, and none for any other kind.
            models.CheckConstraint(
                condition=~_SIGNED
                | (~Q(kind="criminal_justice") & Q(held_until__isnull=True, held_event=""))
                | Q(kind="criminal_justice", held_until__isnull=False, expires_at__gte=F("held_until")),
                name="consent_held_as_the_law_says",
            ),
            models.CheckConstraint(
                condition=~Q(status="revoked")
                | Q(held_until__isnull=True)
                | Q(ended_at__gte=F("held_until"))
                | Q(released_at__isnull=False, ended_at__gte=F("released_at")),
                name="consent_held_until_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | (_SIGNED & ~Q(held_event="")),
                name="consent_released_by_its_event",
            ),
            models.CheckConstraint(
                condition=(Q(status__in=["revoked", "expired"], ended_at__isnull=False) & ~Q(ended_how=""))
                | (~Q(status__in=["revoked", "expired"]) & Q(ended_at__isnull=True, ended_how="")),
                name="consent_end_is_whole",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"consent {self.id}"


class Disclosure(ProgramRow):
    """Something about a person that left: when, to whom, what, why, on which ground (§2.25). Only added.

    The database refuses one under a consent that is not live at that moment (`privacy.guards`).
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="disclosures")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="disclosures")
    ground = models.CharField(max_length=12, default="consent")
    way = models.CharField(max_length=16)
    recipient = EncryptedTextField()
    recipient_index = BlindIndexField(kind="name", of="recipient", null=True, db_index=False)
    recipient_address = EncryptedTextField(blank=True, default="")
    recipient_class = models.CharField(
        max_length=8, blank=True, default="", help_text="of whom a consent for all care reaches without a name"
    )
    items = models.JSONField()
    purpose = models.CharField(max_length=16)
    content_digest = models.CharField(max_length=64)
    disclosed_at = models.DateTimeField()
    disclosed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    submit_key = models.UUIDField(unique=True, help_text="the same submit twice is one disclosure (I3)")

    class Meta:
        constraints = [
            one_of("ground", GROUNDS, name="disclosure_ground_known"),
            one_of("way", BY_CONSENT, name="disclosure_way_known"),
            one_of("purpose", PURPOSES, name="disclosure_purpose_known"),
            # §2.31(a)(4)(i): a class of recipients is there for treatment, payment and operations alone.
            one_of("recipient_class", ["", *RECIPIENT_CLASSES], name="disclosure_class_known"),
            models.CheckConstraint(
                condition=Q(recipient_class="") | Q(purpose="tpo"), name="disclosure_class_for_all_care"
            ),
        ]

    def __str__(self) -> str:
        return f"disclosure {self.id}"


class ProgramLaw(ProgramRow):
    """The law a program works under, as its director entered it: versions, only added; the newest is in force.

    Without a row the strictest holds (`rules.consent.Posture`).
    """

    version = models.PositiveIntegerField()
    part2 = models.CharField(max_length=8)
    majority_age = models.PositiveSmallIntegerField()
    minor_alone_from = models.PositiveSmallIntegerField(null=True)
    fundraises = models.BooleanField()
    hipaa = models.BooleanField(default=True, help_text="a covered entity or its business associate")
    emancipated_alone = models.BooleanField(default=False, help_text="an emancipated minor decides as an adult")
    note = models.CharField(max_length=300, help_text="which law says so, and who advised")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "program laws"
        constraints = [
            models.UniqueConstraint(fields=["program", "version"], name="program_law_version_once"),
            one_of("part2", PART2, name="program_law_part2_known"),
            models.CheckConstraint(
                condition=Q(majority_age__gte=18, majority_age__lte=21), name="program_law_majority"
            ),
            models.CheckConstraint(
                condition=Q(minor_alone_from__isnull=True)
                | Q(minor_alone_from__gte=12, minor_alone_from__lt=F("majority_age")),
                name="program_law_minor_alone",
            ),
        ]

    def __str__(self) -> str:
        return f"law v{self.version}"
