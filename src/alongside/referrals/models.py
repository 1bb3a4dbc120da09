"""Referrals to places that help, with their pages, steps and turns; and people whom somebody outside refers to us."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from alongside.audit.fields import BlindIndexField, EncryptedJSONField, EncryptedTextField
from alongside.intake.models import Inquiry
from alongside.partners.models import PartnerLink
from alongside.people.models import Person, ProgramRow, one_of
from alongside.privacy.models import Consent
from alongside.resources.models import Resource
from alongside.rules.lifecycles import INCOMING, REFERRAL
from alongside.rules.referrals import CANCELLED_WHY, DECLINED_WHY, OPEN, STEPS, WAYS_THERE
from alongside.rules.resources.needs import NEEDS
from alongside.rules.vocabulary import KINDS, LANGUAGES

SAID_BY = ("partner", "person", "staff")
BY = (*SAID_BY, "house")
TURNS = (
    "begun",
    "sent",
    "accepted",
    "declined",
    "in_touch",
    "done",
    "not_reached",
    "not_yet",
    "cancelled",
    "consent_over",
)


class Referral(ProgramRow):
    """One way of one person to one place. With `way` "themself" nothing leaves; `place` is its name as it was then.

    `look_on`: the day on which somebody should ask how it goes; `reminded_on`: the one of which they were told.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="referrals", db_index=False)
    way = models.CharField(max_length=8)
    need = models.CharField(max_length=20, blank=True, default="")
    resource = models.ForeignKey(Resource, on_delete=models.SET_NULL, null=True, related_name="+")
    place = EncryptedTextField()
    place_index = BlindIndexField(kind="name", of="place", db_index=False)
    address = EncryptedTextField(blank=True, default="", help_text="phone or e-mail of the place, as they are reached")
    status = models.CharField(max_length=11, default=REFERRAL.first)
    reason = models.CharField(max_length=13, blank=True, default="")
    consent = models.ForeignKey(Consent, on_delete=models.SET_NULL, null=True, related_name="+")
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    in_touch_on = models.DateField(null=True)
    in_touch_by = models.CharField(max_length=7, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    look_on = models.DateField(null=True)
    reminded_on = models.DateField(null=True)
    submit_key = models.UUIDField(unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "look_on"], name="referral_by_person"),
            models.Index(fields=["program", "look_on"], name="referral_by_look"),
        ]
        constraints = [
            one_of("status", REFERRAL.states, name="referral_status_known"),
            one_of("way", WAYS_THERE, name="referral_way_known"),
            one_of("need", ["", *NEEDS], name="referral_need_known"),
            one_of("in_touch_by", ["", *SAID_BY], name="referral_in_touch_by_known"),
            # One open way to one place: by its entry of the directory, and by its name.
            models.UniqueConstraint(
                fields=["person", "resource"], condition=Q(status__in=OPEN, resource__isnull=False),
                name="referral_one_open_to_a_service",
            ),
            models.UniqueConstraint(
                fields=["person", "place_index"], condition=Q(status__in=OPEN, resource__isnull=True),
                name="referral_one_open_to_a_name",
            ),
            models.CheckConstraint(
                condition=Q(status__in=OPEN, ended_at__isnull=True) & Q(reason="")
                | (~Q(status__in=OPEN) & Q(ended_at__isnull=False, look_on__isnull=True)),
                name="referral_end_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(status="declined", reason__in=DECLINED_WHY)
                | Q(status="cancelled", reason__in=CANCELLED_WHY)
                | (~Q(status__in=["declined", "cancelled"]) & Q(reason="")),
                name="referral_reason_fits",
            ),
            models.CheckConstraint(
                condition=Q(way="told") | Q(sent_at__isnull=True), name="referral_themself_sends_nothing"
            ),
            models.CheckConstraint(
                condition=Q(in_touch_on__isnull=True, in_touch_by="")
                | (Q(in_touch_on__isnull=False) & ~Q(in_touch_by="")),
                name="referral_in_touch_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status="in_progress") | Q(in_touch_on__isnull=False), name="referral_progress_has_its_day"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"referral {self.id}"


class ReferralPage(ProgramRow):
    """A page that a partner got for a referral. The database refuses one without a live consent (`guards`)."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="pages")
    link = models.OneToOneField(PartnerLink, on_delete=models.PROTECT, related_name="referral_page")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"page {self.id} of referral {self.referral_id}"


class ReferralStep(ProgramRow):
    """One step of a warm handover, ticked by the person or by whoever walks with them. `number` keeps the order.

    They are those of the policy that was in force when the way began (`rules.handover`).
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="steps", db_index=False)
    code = models.CharField(max_length=15)
    words = models.JSONField(null=True, help_text="by language, where the step is one of the program's own")
    number = models.PositiveSmallIntegerField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code__in=STEPS, words__isnull=True) | Q(code__startswith="own_", words__isnull=False),
                name="referral_step_known",
            ),
            models.UniqueConstraint(fields=["referral", "code"], name="referral_step_once"),
        ]

    def __str__(self) -> str:
        return f"step {self.id}"


class ReferralTurn(ProgramRow):
    """What was done or said about a referral, when and by whom; only added."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="turns", db_index=False)
    at = models.DateTimeField()
    what = models.CharField(max_length=12)
    by = models.CharField(max_length=7)
    reason = models.CharField(max_length=13, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["referral", "at"], name="referral_turn_by_referral")]
        constraints = [
            one_of("what", TURNS, name="referral_turn_known"),
            one_of("by", BY, name="referral_turn_by_known"),
        ]

    def __str__(self) -> str:
        return f"turn {self.id}"


class Incoming(ProgramRow):
    """Somebody outside refers a person to us, with that person's yes. Who looks it up by the link reads "received".

    `link` is the page by which they were told how it stands, under a live consent (`guards`). `number` tells nothing.
    """

    number = models.CharField(max_length=9, unique=True)
    kind = models.CharField(max_length=20, default="own_recovery")
    from_name = EncryptedTextField()
    from_place = EncryptedTextField(blank=True, default="")
    from_reach = EncryptedTextField()
    goes_by = EncryptedTextField()
    phone = EncryptedTextField(blank=True, default="")
    email = EncryptedTextField(blank=True, default="")
    language = models.CharField(max_length=5, default="en")
    safe_contact = EncryptedJSONField()
    words = EncryptedTextField(blank=True, default="")
    status = models.CharField(max_length=9, default=INCOMING.first)
    inquiry = models.OneToOneField(Inquiry, on_delete=models.SET_NULL, null=True, related_name="incoming")
    received_at = models.DateTimeField()
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    link = models.OneToOneField(PartnerLink, on_delete=models.SET_NULL, null=True, related_name="+")
    submit_key = models.UUIDField(unique=True)

    class Meta:
        verbose_name_plural = "incoming"
        indexes = [models.Index(fields=["program", "status", "received_at"], name="incoming_by_status")]
        constraints = [
            one_of("status", INCOMING.states, name="incoming_status_known"),
            one_of("kind", KINDS, name="incoming_kind_known"),
            one_of("language", LANGUAGES, name="incoming_language_known"),
        ]

    def __str__(self) -> str:
        return f"incoming {self.id}"
