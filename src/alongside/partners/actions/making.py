"""Making a page for a partner: disclosure, link and the entry of its outbox commit together, or not at all (C2)."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people import short_codes
from alongside.privacy.actions import Left, disclose
from alongside.privacy.models import Consent
from alongside.rules.disclosure import To
from alongside.rules.partner_links import CODE_DIGITS, READABLE, ends_at

from ..models import LinkMail, PartnerLink, SignerLink

WAY = "partner_link"


def make_link(
    *, consent: Consent, address: str, submit_key: UUID, by, days: int | None = None, now: datetime | None = None,
    follows: bool = False, only_tells: bool = False, to: To | None = None, items: Sequence[str] | None = None,
    and_note: Callable[[PartnerLink], None] | None = None,
) -> tuple[PartnerLink, str]:  # fmt: skip
    """Let what a consent covers leave as a page behind a link, mailed by the worker to `address`.

    `to`: who gets it, where a consent for all care reaches somebody whom it does not name. `follows`: after a yes they
    may say by it how it went on. `only_tells`: it asks for no answer. `and_note` writes down, in the same transaction,
    what the page is for; what it raises undoes the page. `items`: only these of what the consent covers.

    Returns the link and its code: the code is told by another way than the mail, is never stored, and is "" when this
    `submit_key` has been sent before. Raises `privacy.actions.NotDisclosed`.
    """
    now = now or timezone.now()
    code = new_digits()
    made: list[PartnerLink] = []

    def queue(left: Left) -> None:
        days_open = days or settings.PARTNER_LINK_DAYS
        asks = {"follows": follows, "only_tells": only_tells}
        link = _queue(left, address=address, code=code, days=days_open, asks=asks, by=by, now=now)
        made.append(link)
        if and_note is not None:
            and_note(link)

    left = disclose(
        consent=consent, way=WAY, submit_key=submit_key, by=by, now=now, address=address, items=items, to=to,
        and_queue=queue,
    )  # fmt: skip
    if made:
        return made[0], code
    return PartnerLink.objects.get(disclosure=left.disclosure), ""


def _queue(left: Left, *, address: str, code: str, days: int, asks: dict[str, bool], by, now: datetime) -> PartnerLink:
    disclosure = left.disclosure
    expires_at = ends_at(now, days, disclosure.consent.expires_at)
    link = PartnerLink(
        program_id=disclosure.program_id,
        person_id=disclosure.person_id,
        consent_id=disclosure.consent_id,
        disclosure=disclosure,
        content=left.content,
        code_expires_at=_code_ends(now, expires_at),
        made_at=now,
        made_by_id=by.user_id,
        expires_at=expires_at,
        **asks,
    )
    link.code_hash = hash_code(link.pk, code)
    link.save(force_insert=True)
    LinkMail.objects.create(
        program_id=link.program_id, link=link, address=address, language=disclosure.consent.language, queued_at=now,
        not_before=now,
    )  # fmt: skip
    log_link("partner_link.made", link, by)
    return link


@transaction.atomic
def new_code(*, link: PartnerLink, by, now: datetime | None = None) -> str:
    """Another code for a page that is still open, with its tries anew; "" when it is over. The earlier one ends."""
    now = now or timezone.now()
    Consent.objects.select_for_update().get(pk=link.consent_id)
    locked = PartnerLink.objects.select_for_update().get(pk=link.pk)
    says_more = locked.status == "accepted" and locked.follows
    if not (says_more or locked.status in ("waiting", *READABLE)) or locked.expires_at <= now:
        return ""
    code = new_digits()
    locked.code_hash, locked.code_expires_at = hash_code(locked.pk, code), _code_ends(now, locked.expires_at)
    locked.wrong_tries = 0
    locked.save(update_fields=["code_hash", "code_expires_at", "wrong_tries"])
    log_link("partner_link.code_made", locked, by)
    return code


def _code_ends(now: datetime, expires_at: datetime) -> datetime:
    return min(now + timedelta(hours=settings.PARTNER_CODE_HOURS), expires_at)


def new_digits() -> str:
    """A code that is easy to say: eight digits."""
    return short_codes.new_digits(CODE_DIGITS)


def hash_code(link_id: UUID, code: str) -> str:
    """What is kept of a code: bound to its link and keyed."""
    return short_codes.hash_code("alongside.partners.code", link_id, code)


def log_link(act: str, link: PartnerLink | SignerLink, by, *, kind: str = "partner_link", **details) -> None:
    """An entry about a link, in the record of its person."""
    record(act=act, by=by, subject=link.person_id, program_id=link.program_id, object_kind=kind, object_id=link.pk,
           **details)  # fmt: skip
