"""What people are told: the notice of §2.22 as it was published, to whom it was offered; the limits told (J1)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alongside.audit.fields import EncryptedTextField
from alongside.people.models import Person, ProgramRow, one_of
from alongside.rules.limits import HOW

LANGUAGES = ("en", "es")
OUTCOMES = ("acknowledged", "not_signed")
"""They say that they have it; or it was offered, and they did not say so (§2.22(c))."""

OFFERED_HOW = ("screen", "paper")
WHY_NOT = ("", "not_now", "did_not_want", "could_not", "emergency", "other")
"""Why somebody did not acknowledge it; "" belongs to who did."""


class Notice(ProgramRow):
    """One notice as it was published, in both languages. Only added; the newest that has begun is in force.

    `documents` is {language: [[code, section, group, heading, text]]}, as everybody can read it on the site.
    """

    number = models.PositiveIntegerField()
    text_version = models.PositiveSmallIntegerField()
    contact = models.CharField(max_length=120, help_text="name or title of whom people can ask (2.22(b)(1)(vii))")
    contact_phone = models.CharField(max_length=32, blank=True)
    contact_email = models.CharField(max_length=120, blank=True)
    effective_on = models.DateField()
    documents = models.JSONField()
    digest = models.CharField(max_length=64)
    published_on = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "number"], name="notice_number_once"),
            models.CheckConstraint(condition=~Q(contact="") & ~Q(digest=""), name="notice_names_a_contact"),
            # §2.22(b)(1)(viii): never in force before it was published.
            models.CheckConstraint(condition=Q(effective_on__gte=F("published_on")), name="notice_not_backdated"),
        ]

    def __str__(self) -> str:
        return f"notice {self.number}"


class NoticeOffer(ProgramRow):
    """A notice was put before somebody: which, in which language, how, when, and whether they say that they have it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notice_offers")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="offers", db_index=False)
    outcome = models.CharField(max_length=12)
    how = models.CharField(max_length=8)
    language = models.CharField(max_length=2)
    why_not = models.CharField(max_length=16, blank=True)
    why_words = EncryptedTextField(blank=True, default="")
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            one_of("outcome", OUTCOMES, name="notice_offer_outcome_known"),
            one_of("how", OFFERED_HOW, name="notice_offer_how_known"),
            one_of("language", LANGUAGES, name="notice_offer_language_known"),
            one_of("why_not", WHY_NOT, name="notice_offer_why_known"),
            models.CheckConstraint(
                condition=Q(outcome="acknowledged", why_not="") | (Q(outcome="not_signed") & ~Q(why_not="")),
                name="notice_offer_says_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"notice offer {self.id}"


class LimitsTold(ProgramRow):
    """Somebody was told what stays here and what cannot: when, by whom, in which language, which words."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="limits_told")
    text_version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2)
    how = models.CharField(max_length=8)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "limits told"
        constraints = [
            one_of("language", LANGUAGES, name="limits_told_language_known"),
            one_of("how", HOW, name="limits_told_how_known"),
        ]

    def __str__(self) -> str:
        return f"limits told {self.id}"
