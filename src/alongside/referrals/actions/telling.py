"""Telling a partner: the one step by which something of a referral leaves, by the gate and a partner's page."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from alongside.partners import actions as partners
from alongside.partners.models import PartnerLink
from alongside.privacy.models import Consent
from alongside.referrals.holding import local_day, lock, log_referral, log_turn, look_again, move, permits
from alongside.referrals.models import Referral, ReferralPage
from alongside.rules.partner_links import OPEN as OPEN_PAGES
from alongside.rules.referrals import OPEN, look_while_open

from .going import CannotBeSaid, hear


class NoPermission(Exception):
    """There is no signed permission for this recipient, so nothing leaves."""


class ToldMeanwhile(Exception):
    """Somebody told the place since this sender looked, so nothing is sent a second time."""


def tell_partner(
    *, referral: Referral, address: str, submit_key: UUID, by, seen: int | None = None, days: int | None = None,
    now: datetime | None = None,
) -> tuple[PartnerLink, str]:  # fmt: skip
    """Give the partner a page with what the permission covers: (link, code). The code is "" for the same key again.

    Disclosure, page and its place beside the referral commit together. Earlier pages of it close. `seen`: how many
    pages of it the sender knew of; with another there now the place is not told the same thing twice. Raises
    `NoPermission`, `CannotBeSaid`, `ToldMeanwhile`, or `privacy.actions.NotDisclosed`; then nothing has left.
    """
    now, consent = now or timezone.now(), referral.consent
    if referral.way != "told" or referral.status not in OPEN:
        raise CannotBeSaid
    if consent is None or not permits(referral):
        raise NoPermission

    def beside(link: PartnerLink) -> None:
        found = lock(referral.pk)
        if found.status not in OPEN or found.consent_id != link.consent_id:
            raise CannotBeSaid
        if seen is not None and found.pages.count() != seen:
            raise ToldMeanwhile
        for page in found.pages.select_related("link").filter(link__status__in=[*OPEN_PAGES, "accepted"]):
            partners.stop_link(link=page.link, by=by, now=now)
        ReferralPage.objects.create(program_id=found.program_id, referral=found, link=link, made_at=now)
        found.sent_at = now
        look_again(found, now)
        sent_on, ends_on = (local_day(found.program_id, at) for at in (now, link.expires_at))
        found.look_on = look_while_open(found.look_on, sent_on, ends_on)
        log_turn(found, "sent", by=by, now=now)

    return partners.make_link(
        consent=consent, address=address, days=days, submit_key=submit_key, by=by, now=now, follows=True,
        and_note=beside,
    )  # fmt: skip


def hear_partner(*, link: PartnerLink, said: str, reason: str, on_day, now: datetime) -> None:
    """Handler of `partner_answered`, inside its transaction: the referral moves by what the partner said."""
    page = ReferralPage.objects.filter(link=link).first()
    if page is None:
        return
    found = lock(page.referral_id)
    by = partners.Partner(found.program_id)
    try:
        hear(found, said=said, by=by, reason=reason, on_day=on_day, now=now)
    except CannotBeSaid:
        # A day that cannot be: what they said holds, and the day is that of today.
        hear(found, said=said, by=by, reason=reason, on_day=None, now=now)


def look_after_page(*, link: PartnerLink, by, now: datetime) -> None:
    """Handler of `partner_page_over`, inside its transaction: nobody waits for an answer that cannot come any more.

    The way itself stays open; somebody looks at it today, and calls or sends it again.
    """
    page = ReferralPage.objects.filter(link=link).first()
    if page is None:
        return
    found = lock(page.referral_id)
    newer = found.pages.filter(made_at__gt=page.made_at).exists()
    if found.status != "requested" or newer:
        return
    look_again(found, now, on=local_day(found.program_id, now))
    found.save(update_fields=["look_on"])
    log_referral("referral.page_over", found, by=by, reason=link.status)


def look_after_consent(*, consent: Consent, by, how: str, now: datetime) -> None:
    """Handler of `consent_ended`: its pages are closed already. Taken back, the referral ends; over by its day or an
    event, it goes on without telling anybody anything, and somebody looks at it today."""
    for one in Referral.objects.filter(consent=consent, status__in=OPEN).order_by("pk"):
        found = lock(one.pk)
        if found.status not in OPEN:
            continue  # it came to an end of its own at the same moment
        if consent.status == "revoked":
            move(found, "cancelled", by=by, now=now, reason="own_wish")
            log_turn(found, "cancelled", by=by, now=now, reason="own_wish")
        else:
            look_again(found, now, on=local_day(found.program_id, now))
            log_turn(found, "consent_over", by=by, now=now)
