"""Links for partners, and the mails by which they leave. Triggers of `guards` add: none without a live consent."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alongside.audit.fields import EncryptedJSONField, EncryptedTextField
from alongside.people.models import Person, ProgramRow, one_of
from alongside.privacy.models import Consent, Disclosure
from alongside.privacy.models.consent_checks import there
from alongside.rules.consent import MINOR_AND_PARENT
from alongside.rules.consent.signing import BY_LINK, RELATIONS
from alongside.rules.lifecycles import PARTNER_LINK, SIGNER_LINK
from alongside.rules.partner_links import MOST_TRIES, OPEN, REASONS, SAID_LATER

MAIL_STATES = ("queued", "sending", "sent", "failed", "stopped")
MAIL_WAITS = ("queued", "sending")


class PartnerLink(ProgramRow):
    """One page for one recipient under one consent: `content` is what left then, and is erased when the link ends.

    Of the link and of its code only hashes are kept; the token is made when the mail is sent.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="partner_links", db_index=False)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="partner_links")
    disclosure = models.OneToOneField(Disclosure, on_delete=models.PROTECT, related_name="partner_link")
    status = models.CharField(max_length=8, default=PARTNER_LINK.first)
    token_hash = models.CharField(max_length=64, null=True, unique=True)
    code_hash = models.CharField(max_length=64)
    code_expires_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    times_opened = models.PositiveSmallIntegerField(default=0)
    content = EncryptedJSONField(null=True, help_text="the data, item by item, until the link ends")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    first_opened_at = models.DateTimeField(null=True)
    latest_opened_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=16, blank=True, default="")
    words = EncryptedTextField(blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    follows = models.BooleanField(null=True, help_text="after a yes they may say by it how it went on")
    only_tells = models.BooleanField(null=True, help_text="read, and not answered: nothing is asked of who referred")

    class Meta:
        indexes = [models.Index(fields=["person", "-made_at"], name="partner_link_by_person")]
        constraints = [
            one_of("status", PARTNER_LINK.states, name="partner_link_status_known"),
            one_of("reason", ["", *REASONS], name="partner_link_reason_known"),
            models.CheckConstraint(
                condition=(Q(status__in=OPEN, content__isnull=False, ended_at__isnull=True))
                | (~Q(status__in=OPEN) & Q(ended_at__isnull=False)),
                name="partner_link_end_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(status="declined") & ~Q(reason="") | ~Q(status="declined") & Q(reason=""),
                name="partner_link_no_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["accepted", "declined"], answered_at__isnull=False)
                | (~Q(status__in=["accepted", "declined"]) & Q(answered_at__isnull=True)),
                name="partner_link_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=OPEN) | Q(wrong_tries__lt=MOST_TRIES), name="partner_link_tries"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at"), code_expires_at__lte=F("expires_at")),
                name="partner_link_has_an_end",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"partner link {self.id}"

    def stop_mail(self, status: str = "stopped") -> None:
        """What has not left, or seemed not to, goes no more, and its address is erased. The caller records why."""
        LinkMail.objects.filter(link=self, status__in=MAIL_WAITS).update(status=status, address="")


class LinkMail(ProgramRow):
    """The outbox to others: one neutral mail with one link. The address is erased once it is sent or stopped."""

    link = models.OneToOneField(PartnerLink, on_delete=models.PROTECT, related_name="mail")
    address = EncryptedTextField(blank=True, default="")
    language = models.CharField(max_length=5)
    status = models.CharField(max_length=8, default="queued")
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    not_before = models.DateTimeField()
    sending_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["status", "not_before"], name="link_mail_due")]
        constraints = [one_of("status", MAIL_STATES, name="link_mail_status_known")]

    def __str__(self) -> str:
        return f"link mail {self.id}"


class LinkWord(ProgramRow):
    """What a partner who said yes said afterwards, each thing once. The page that takes it shows nothing of anybody."""

    link = models.ForeignKey(PartnerLink, on_delete=models.PROTECT, related_name="said_later", db_index=False)
    said = models.CharField(max_length=12)
    on_day = models.DateField(null=True)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("said", SAID_LATER, name="link_word_known"),
            models.UniqueConstraint(fields=["link", "said"], name="link_word_once"),
        ]

    def __str__(self) -> str:
        return f"link word {self.id}"


class SignerLink(ProgramRow):
    """A page by which a parent or guardian signs a permission that is still a draft, or says no (§2.14, §2.15, B9).

    `own_name` is the person's own signature, which comes first: by it they agree that the other is asked. `seen` holds
    the digests of what they signed; if that is no longer what would leave, nothing opens. Of link and code only hashes
    are kept, and a code there is only when staff have made one, to tell it by another way.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="signer_links")
    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="signer_links")
    status = models.CharField(max_length=8, default=SIGNER_LINK.first)
    signer = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    reach = EncryptedTextField(help_text="how staff reach whoever signs, to tell the code")
    own_name = EncryptedTextField(null=True)
    own_how = models.CharField(max_length=8, blank=True, default="")
    seen = models.JSONField(help_text="the digest of each permission as the person signed it")
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, blank=True, default="")
    code_expires_at = models.DateTimeField(null=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    times_opened = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    first_opened_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    other_name = EncryptedTextField(null=True)
    relation = models.CharField(max_length=12, blank=True, default="")
    other_shown = EncryptedJSONField(null=True, help_text="what they signed, in their language")

    class Meta:
        constraints = [
            one_of("status", SIGNER_LINK.states, name="signer_link_status_known"),
            one_of("signer", BY_LINK, name="signer_link_signer_known"),
            one_of("own_how", ["", "screen", "paper"], name="signer_link_own_how_known"),
            one_of("relation", ["", *RELATIONS], name="signer_link_relation_known"),
            models.UniqueConstraint(
                fields=["consent"], condition=Q(status="open"), name="signer_link_one_open"
            ),
            # §2.14: the minor's own signature always, whoever else signs.
            models.CheckConstraint(
                condition=~Q(signer=MINOR_AND_PARENT) | (there("own_name") & ~Q(own_how="")),
                name="signer_link_minor_signed_first",
            ),
            models.CheckConstraint(
                condition=Q(status="open", ended_at__isnull=True) | (~Q(status="open") & Q(ended_at__isnull=False)),
                name="signer_link_end_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["signed", "declined"], answered_at__isnull=False)
                | (~Q(status__in=["signed", "declined"]) & Q(answered_at__isnull=True)),
                name="signer_link_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status="signed") | (there("other_name", "other_shown") & ~Q(relation="")),
                name="signer_link_signature_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status="open") | Q(wrong_tries__lt=MOST_TRIES), name="signer_link_tries"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="signer_link_has_an_end"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"signer link {self.id}"
