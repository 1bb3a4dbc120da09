"""How a page ends: stopped by the person or by staff, with its consent, or by its day. What it held is erased then."""

from datetime import datetime

from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from alongside.people.actor import SystemActor
from alongside.people.events import emit
from alongside.people.models import Program
from alongside.people.outbox import absolute, queue_page_ended
from alongside.privacy.models import Consent
from alongside.rules.lifecycles import PARTNER_LINK
from alongside.rules.partner_links import LONGEST_DAYS, OPEN

from ..models import MAIL_WAITS, LinkMail, PartnerLink
from . import signers
from .making import log_link

UNANSWERED = ("lapsed", "failed")
"""How a page ends by itself: whoever it was about should not wait for an answer that cannot come."""
ENDED_SALT = "alongside.partners.ended"


@transaction.atomic
def stop_link(*, link: PartnerLink, by, now: datetime | None = None) -> bool:
    """Close one page at once, and its mail if it has not left. Twice is once; whether it was open."""
    Consent.objects.select_for_update().get(pk=link.consent_id)
    locked = PartnerLink.objects.select_for_update().get(pk=link.pk)
    if locked.status == "accepted" and locked.follows:
        locked.follows = False  # what they answered stays; by this page they say nothing more
        locked.save(update_fields=["follows"])
        log_link("partner_link.ended", locked, by, reason="stopped")
        return True
    return end(locked, "stopped", by, now or timezone.now())


def end_with_consent(*, consent: Consent, by, how: str, now: datetime) -> None:
    """Handler of `consent_ended`, inside its transaction: open pages close and queued mails stop with it (B4)."""
    for link in PartnerLink.objects.select_for_update().filter(consent=consent, status__in=OPEN).order_by("pk"):
        end(link, "stopped", by, now)
    if consent.status == "revoked":
        _tell_readers(consent, by, now)
    # A page that wrong codes closed may still have a mail that would be tried again.
    mail = LinkMail.objects.filter(link__consent=consent, status__in=MAIL_WAITS)
    mail.update(status="stopped", address="")


def _tell_readers(consent: Consent, by, now: datetime) -> None:
    """Whoever opened a page is mailed that the permission ended, once each; who read nothing is not told (B4).

    The mail's own row forgets where it went; the accounting of what left keeps it, because the law wants it there.
    """
    read = PartnerLink.objects.filter(consent=consent, first_opened_at__isnull=False).select_related("disclosure")
    addresses: dict[str, PartnerLink] = {}
    for link in read.defer("content", "words").order_by("made_at"):
        address = link.disclosure.recipient_address or ""
        if "@" in address:
            addresses.setdefault(address.casefold(), link)
    for link in addresses.values():
        token = signing.dumps(consent.number, salt=ENDED_SALT)
        queue_page_ended(
            program_id=link.program_id, address=link.disclosure.recipient_address, language=consent.language,
            link=absolute(reverse("page_ended", args=[token])), once_key=f"link:{link.pk}:ended", now=now,
        )  # fmt: skip
        log_link("partner_link.end_told", link, by)


def read_ended(token: str) -> str | None:
    """The number of the permission that ended, or None. Nothing is looked up: what the link says is all there is."""
    try:
        return signing.loads(token, salt=ENDED_SALT, max_age=LONGEST_DAYS * 24 * 3600)
    except signing.BadSignature:
        return None


def lapse_due(now: datetime) -> int:
    """Close pages whose time is over and erase what closed ones still hold. Nothing opened since: each look asked."""
    done = 0
    for program in Program.objects.order_by("created_at"):
        with scope(program=program):
            by = SystemActor(program_id=program.pk)
            over = Q(status__in=OPEN, expires_at__lte=now) | (~Q(status__in=OPEN) & Q(content__isnull=False))
            done += signers.lapse(now)
            for pk in list(PartnerLink.objects.filter(over).values_list("pk", flat=True)[:200]):
                done += _lapse(pk, by, now)
    return done


@transaction.atomic
def _lapse(pk, by: SystemActor, now: datetime) -> int:
    # The permission first, as whoever sends, answers or stops locks them: nobody waits the other way round.
    Consent.objects.select_for_update().filter(partner_links=pk).first()
    link = PartnerLink.objects.select_for_update().get(pk=pk)
    if link.status in OPEN:
        return int(end(link, "lapsed", by, now))
    PartnerLink.objects.filter(pk=pk).update(content=None)
    return 1


def end(link: PartnerLink, status: str, by, now: datetime) -> bool:
    """Close a link and its mail, and erase what it held. One that is closed stays as it is: False.

    The caller holds its permission and then the link, because what it was about is held after them.
    """
    if link.status not in OPEN:
        return False
    PARTNER_LINK.check_move(link.status, status, by=by.moves_as)
    link.status, link.ended_at, link.content = status, now, None
    link.save(update_fields=["status", "ended_at", "content"])
    link.stop_mail("failed" if status == "failed" else "stopped")
    log_link("partner_link.ended", link, by, reason=status)
    if status in UNANSWERED:
        emit("partner_page_over", link=link, by=by, now=now)
    return True
