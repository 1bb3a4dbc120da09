"""Somebody outside refers a person to us: received without telling anything, taken up as an ask, told by consent.

The page of the one who referred them says "received" and never more. How it stands leaves as any other thing does: as
a partner's page, with its code, its end and the consent inside (`partners.make_link`).
"""

import secrets
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_scopes import scope, scopes_disabled

from alongside.audit.actions import record
from alongside.intake.actions import receive_ask
from alongside.intake.models import Inquiry
from alongside.partners import actions as partners
from alongside.partners.models import PartnerLink
from alongside.people.models import Program
from alongside.people.queries import hash_token
from alongside.privacy.actions import NotDisclosed
from alongside.privacy.models import Consent
from alongside.referrals.models import Incoming
from alongside.rules.lifecycles import INCOMING
from alongside.rules.referrals import LONGEST_REFERENCE_DAYS, names_them

from .telling import ToldMeanwhile

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
KEYS = UUID("6f1c0f0e-5a56-4a5e-9a44-0a5f4f2f7a10")
ITEM = "being_here"
"""How it stands is whether somebody is here, and so it leaves as that: nothing else of what was signed goes with it."""


def receive(
    *, program: Program, submit_key: UUID, kind: str, language: str, from_name: str, from_place: str, from_reach: str,
    goes_by: str, phone: str, email: str, safe_contact: dict, words: str = "", now: datetime | None = None,
) -> str:  # fmt: skip
    """Keep what somebody wrote; returns the secret of their page. Nobody is looked up, and nothing is told (A1).

    The same key twice is one, with the same secret; of both only hashes are kept.
    """
    now, token = now or timezone.now(), token_of(submit_key)
    with scope(program=program), transaction.atomic():
        incoming, made = Incoming.objects.get_or_create(
            submit_key=uuid5(KEYS, sha256(submit_key.bytes).hexdigest()),
            defaults={
                "program": program, "number": new_number(), "kind": kind, "language": language, "from_name": from_name,
                "from_place": from_place, "from_reach": from_reach, "goes_by": goes_by, "phone": phone, "email": email,
                "safe_contact": safe_contact, "words": words, "received_at": now, "token_hash": hash_token(token),
                "expires_at": now + timedelta(days=LONGEST_REFERENCE_DAYS),
            },
        )  # fmt: skip
        if made:
            _log("incoming.received", incoming, by=None)
    return token


def token_of(submit_key: UUID) -> str:
    """The secret of a page, made of the key of the form that only its sender has, and of a key of ours."""
    mac = salted_hmac("alongside.referrals.reference", submit_key.hex, algorithm="sha256").digest()
    return urlsafe_b64encode(mac[:24]).decode()


def new_number() -> str:
    """A number to say on the phone; it tells nothing."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


@transaction.atomic
def take_into_intake(*, incoming: Incoming, by, now: datetime | None = None) -> Inquiry:
    """One press: it becomes an ask, where who it may be is decided as for any ask. Twice is once."""
    found = Incoming.objects.select_for_update().get(pk=incoming.pk)
    if found.inquiry is not None:
        return found.inquiry
    if found.status != "taken_up":
        INCOMING.check_move(found.status, "taken_up", by=by.moves_as)
    inquiry = receive_ask(
        program=found.program, submit_key=found.pk, goes_by=found.goes_by, kind=found.kind, language=found.language,
        answers={"needs": [], "own_words": found.words}, safe_contact=found.safe_contact, phone=found.phone,
        email=found.email, now=found.received_at if now is None else now,
    )  # fmt: skip
    found.status, found.inquiry = "taken_up", inquiry
    found.save(update_fields=["status", "inquiry"])
    _log("incoming.taken_up", found, by=by)
    return inquiry


@transaction.atomic
def set_incoming_aside(*, incoming: Incoming, by) -> Incoming:
    """No real referral, or nobody was reached. It can be taken up later."""
    found = Incoming.objects.select_for_update().get(pk=incoming.pk)
    if found.status != "set_aside":
        INCOMING.check_move(found.status, "set_aside", by=by.moves_as)
        found.status = "set_aside"
        found.save(update_fields=["status"])
        _log("incoming.set_aside", found, by=by)
    return found


def show_status(
    *, incoming: Incoming, consent: Consent, address: str, submit_key: UUID, by, seen: UUID | str | None = None,
    days: int | None = None, now: datetime | None = None,
) -> tuple[PartnerLink, str]:  # fmt: skip
    """Give whoever referred them a page that says since when somebody is here: (link, code), as `partners.make_link`.

    Only under that person's own permission, for this recipient by name; an earlier page of it closes. `seen`: the id of
    the page that the sender knew of, "" for none; with another there now it is not sent twice. Raises `ToldMeanwhile`
    or `privacy.actions.NotDisclosed`, and then nothing has left.
    """

    def beside(link: PartnerLink) -> None:
        found = Incoming.objects.select_for_update(of=("self",)).select_related("link", "inquiry").get(pk=incoming.pk)
        is_theirs = found.inquiry is not None and found.inquiry.person_id == consent.person_id
        if not is_theirs or not names_them(consent.recipient or "", found.from_name, found.from_place):
            raise NotDisclosed("other_recipient")
        if seen is not None and str(seen) != str(found.link_id or ""):
            raise ToldMeanwhile
        if found.link is not None:
            partners.stop_link(link=found.link, by=by, now=now)
        found.link = link
        found.save(update_fields=["link"])
        _log("incoming.shown", found, by=by, subject=consent.person_id)

    return partners.make_link(
        consent=consent, items=(ITEM,), address=address, days=days, submit_key=submit_key, by=by, now=now,
        only_tells=True, and_note=beside,
    )  # fmt: skip


def look_up(token: str, now: datetime | None = None) -> Incoming | None:
    """What the link opens, or None."""
    with scopes_disabled():
        found = Incoming.objects.filter(token_hash=hash_token(token)).first()
    return found if found is not None and found.expires_at > (now or timezone.now()) else None


def _log(act: str, incoming: Incoming, *, by, subject=None, reason: str = "") -> None:
    record(
        act=act, by=by, subject=subject, program_id=incoming.program_id, object_kind="incoming", object_id=incoming.pk,
        reason=reason,
    )  # fmt: skip
