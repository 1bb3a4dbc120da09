"""The worker's part: each mail asks the gate once more before it goes (C2), and carries the link alone (E1).

The token is made here, when the mail goes out, and only its hash is kept: nobody who reads the database has a link.
A worker that dies between the mail and the note of it sends again, with another link; the earlier one is dead then.
"""

import logging
import secrets
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from alongside.people import outbox
from alongside.people.actor import SystemActor
from alongside.people.models import Program
from alongside.people.queries import hash_token
from alongside.privacy.actions import ask_again
from alongside.privacy.models import Consent
from alongside.rules.lifecycles import PARTNER_LINK

from ..models import MAIL_WAITS, LinkMail, PartnerLink
from .ending import end
from .making import WAY, log_link

logger = logging.getLogger(__name__)
TEMPLATE = "page_for_you"
Deliver = Callable[[str, str, str, str], None]
"""(address, template, language, link)."""


def send_due(now: datetime | None = None, limit: int = 50, deliver: Deliver = outbox.deliver) -> Counter:
    """Send what is due; how many were `sent`, `later`, `failed`, `stopped`. Several workers may do it at once."""
    now = now or timezone.now()
    counts: Counter = Counter()
    with scopes_disabled():
        due = LinkMail.objects.filter(status__in=MAIL_WAITS, not_before__lte=now)
        mails = list(due.order_by("not_before").values_list("pk", "program_id")[:limit])
        programs = Program.objects.in_bulk({program_id for _pk, program_id in mails})
    for mail_id, program_id in mails:
        with scope(program=programs[program_id]):
            counts[_send_one(mail_id, SystemActor(program_id=program_id), now, deliver)] += 1
    return counts


def _send_one(mail_id: UUID, by: SystemActor, now: datetime, deliver: Deliver) -> str:
    claimed = _claim(mail_id, by, now)
    if isinstance(claimed, str):
        return claimed
    mail, token = claimed
    try:
        deliver(mail.address, TEMPLATE, mail.language, outbox.absolute(reverse("partner_page", args=[token])))
    except Exception:
        # Whatever the carrier throws: it waits for its next try, and the log names only its id (G4).
        logger.warning("link mail %s could not be sent, try %s", mail.pk, mail.attempts)
        return _put_off(mail_id, by, now)
    with transaction.atomic():
        # One that was stopped in this very moment stays stopped: its link is dead.
        LinkMail.objects.filter(pk=mail_id, status="sending").update(status="sent", sent_at=now, address="")
    return "sent"


@transaction.atomic
def _claim(mail_id: UUID, by: SystemActor, now: datetime) -> tuple[LinkMail, str] | str:
    """Take one mail for this worker if it may go now: (mail, token), or what became of it. Locks as `disclose` does."""
    found = LinkMail.objects.select_related("link__disclosure").get(pk=mail_id)
    _consent, decision = ask_again(
        consent_id=found.link.consent_id,
        way=WAY,
        items=found.link.disclosure.items,
        by=by,
        now=now,
        disclosure_id=found.link.disclosure_id,
    )
    link = PartnerLink.objects.select_for_update().get(pk=found.link_id)
    mail = LinkMail.objects.select_for_update().get(pk=mail_id)
    if mail.status not in MAIL_WAITS or mail.not_before > now:
        return "later"  # another worker has it
    if not decision.may_leave or link.status not in ("waiting", "sent") or link.expires_at <= now:
        if not end(link, "stopped" if link.expires_at > now else "lapsed", by, now):
            link.stop_mail()  # its page ended before
        return "stopped"
    token = secrets.token_urlsafe(24)
    link.token_hash = hash_token(token)
    if link.status == "waiting":
        PARTNER_LINK.check_move("waiting", "sent", by=by.moves_as)
        link.status, link.sent_at = "sent", now
        log_link("partner_link.sent", link, by)
    link.save(update_fields=["token_hash", "status", "sent_at"])
    mail.status, mail.sending_at = "sending", now
    mail.not_before = now + outbox.BACK_OFF[min(mail.attempts, len(outbox.BACK_OFF) - 1)]
    mail.attempts += 1
    mail.save(update_fields=["status", "sending_at", "not_before", "attempts"])
    return mail, token


@transaction.atomic
def _put_off(mail_id: UUID, by: SystemActor, now: datetime) -> str:
    link_id = LinkMail.objects.values_list("link_id", flat=True).get(pk=mail_id)
    Consent.objects.select_for_update().filter(partner_links=link_id).first()
    link = PartnerLink.objects.select_for_update().get(pk=link_id)
    mail = LinkMail.objects.select_for_update().get(pk=mail_id)
    if mail.status == "sending" and mail.attempts >= len(outbox.BACK_OFF):
        end(link, "failed", by, now)
        return "failed"
    return "later"
