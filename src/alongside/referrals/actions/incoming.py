"""Somebody outside refers a person to us: received without telling anything, taken up as an ask, shown by consent."""

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
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
from alongside.people.actor import SystemActor
from alongside.people.models import Program
from alongside.people.queries import hash_token
from alongside.privacy.actions import NotDisclosed, ask_again, disclose
from alongside.privacy.models import Consent
from alongside.referrals.models import Incoming
from alongside.rules.lifecycles import INCOMING
from alongside.rules.referrals import LONGEST_REFERENCE_DAYS, SHOWN, names_them

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
KEYS = UUID("6f1c0f0e-5a56-4a5e-9a44-0a5f4f2f7a10")
WAY, ITEM = "partner_link", "being_here"
"""The status tells that somebody is here, and so it leaves as that: by the gate, written down like any page."""


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


def show_status(*, incoming: Incoming, consent: Consent, shown: str, submit_key: UUID, by, now=None) -> Incoming:
    """Let whoever referred them read how it stands, under the person's permission: a disclosure, written down as such.

    Raises `privacy.actions.NotDisclosed` where no permission of that person covers it, and nothing changes.
    """
    if shown not in SHOWN:
        raise ValueError(shown)
    now = now or timezone.now()

    def beside(left) -> None:
        found = Incoming.objects.select_for_update().get(pk=incoming.pk)
        is_theirs = found.inquiry is not None and found.inquiry.person_id == consent.person_id
        if not is_theirs or not names_them(consent.recipient or "", found.from_name, found.from_place):
            raise NotDisclosed("other_recipient")
        found.shown, found.shown_at, found.disclosure = shown, now, left.disclosure
        found.save(update_fields=["shown", "shown_at", "disclosure"])
        _log("incoming.shown", found, by=by, subject=consent.person_id, reason=shown)

    disclose(
        consent=consent, way=WAY, items=(ITEM,), submit_key=submit_key, by=by, now=now, address=incoming.from_reach,
        and_queue=beside,
    )  # fmt: skip
    return Incoming.objects.get(pk=incoming.pk)


@dataclass(frozen=True)
class Looked:
    """What the link shows: `shown` is "" unless it may leave; then with its consent and the statement of §2.32."""

    incoming: Incoming
    shown: str = ""
    consent: Consent | None = None
    statement: str = ""


def look_up(token: str, now: datetime | None = None) -> Looked | None:
    """What the link opens, or None. More than "received" only if the gate lets it leave at this very moment (B4)."""
    now = now or timezone.now()
    with scopes_disabled():
        found = Incoming.objects.select_related("disclosure", "program").filter(token_hash=hash_token(token)).first()
    if found is None or found.expires_at <= now:
        return None
    if not found.shown or found.disclosure is None:
        return Looked(found)
    with scope(program=found.program), transaction.atomic():
        consent, decision = ask_again(
            consent_id=found.disclosure.consent_id, way=WAY, items=(ITEM,),
            by=SystemActor(program_id=found.program_id), now=now,
        )  # fmt: skip
        if not decision.may_leave:
            return Looked(found)
        _log("incoming.looked_at", found, by=None, subject=found.disclosure.person_id, reason=found.shown)
        return Looked(found, found.shown, consent, decision.statement)


def _log(act: str, incoming: Incoming, *, by, subject=None, reason: str = "") -> None:
    record(
        act=act, by=by, subject=subject, program_id=incoming.program_id, object_kind="incoming", object_id=incoming.pk,
        reason=reason,
    )  # fmt: skip
