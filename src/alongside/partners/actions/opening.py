"""Opening a page from outside with its link and code. Every no is one no, in words and in work (A1)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django_scopes import scope, scopes_disabled

from alongside.audit.actions import record
from alongside.people.actor import SystemActor
from alongside.people.models import Program
from alongside.people.queries import hash_token
from alongside.people.short_codes import NO_HASH
from alongside.privacy.actions import ask_again
from alongside.privacy.models import Consent
from alongside.privacy.writing import Shown, shown_then
from alongside.rules.lifecycles import PARTNER_LINK
from alongside.rules.partner_links import MOST_TRIES, READABLE, Page, may_open, may_say_more

from ..models import PartnerLink
from .making import WAY, hash_code, log_link

NOBODY = UUID(int=0)
HEAVY = ("content", "words", "disclosure__recipient", "disclosure__recipient_address")
"""What takes time to decrypt, and only a yes needs: a no must not be slower for a link that there was."""


@dataclass(frozen=True)
class Partner:
    """Whoever holds link and code, as the log and the state tables see them: no account, no person of ours."""

    program_id: UUID | None = None
    user_id: None = None
    person_id: None = None
    role: str = "partner"
    moves_as: str = "partner"


@dataclass(frozen=True)
class Opened:
    """What the page shows: the link, the data item by item, and what goes with it (§2.32): consent and statement."""

    link: PartnerLink
    consent: Consent
    content: list
    then: Shown
    statement: str


def find_link(token: str) -> PartnerLink:
    """The link of this token, or one that is none and opens nothing: both cost the same from here on."""
    with scopes_disabled():
        links = PartnerLink.objects.select_related("disclosure").defer(*HEAVY)
        found = links.filter(token_hash=hash_token(token)).first()
    return found or PartnerLink(pk=NOBODY, program_id=NOBODY, consent_id=NOBODY)


def in_program(link: PartnerLink):
    """The scope in which a link is looked at; that of no program for one that is none."""
    return scope(program=Program.objects.filter(pk=link.program_id).first() or Program(pk=NOBODY))


def open_link(*, token: str, code: str, now: datetime | None = None) -> Opened | None:
    """What the page shows, or None: whatever the reason, with the same queries, the same hashes and one entry.

    A wrong code counts, and with the fifth the page is closed. Opening is written with the consent locked: from the
    commit of a revocation on nothing opens (B4).
    """
    link = find_link(token)
    fits = constant_time_compare(hash_code(link.pk, code), link.code_hash or NO_HASH)
    with in_program(link), transaction.atomic():
        now = now or timezone.now()
        consent, decision = ask_again(
            consent_id=link.consent_id, way=WAY, items=link.disclosure.items if link.disclosure_id else (),
            by=SystemActor(program_id=link.program_id), now=now, disclosure_id=link.disclosure_id or NOBODY,
        )  # fmt: skip
        locked = PartnerLink.objects.select_for_update().defer("content", "words").filter(pk=link.pk).first()
        is_open = locked is not None and decision.may_leave and opens(locked, now)
        if locked is None or consent is None or not is_open or not fits:
            _refuse(link, counts=is_open and not fits, now=now)
            return None
        _note_opened(locked, now)
        return Opened(locked, consent, locked.content or [], shown_then(consent), decision.statement)


def opens(link: PartnerLink, now: datetime) -> bool:
    """Whether the right code opens it: to read and answer, or after a yes to say how it went on."""
    page = page_of(link)
    return may_open(page, now) or may_say_more(page, now)


def page_of(link: PartnerLink) -> Page:
    """A link as the rules read it."""
    return Page(
        link.status, link.expires_at, link.code_expires_at, link.wrong_tries, link.times_opened, bool(link.follows)
    )


def _refuse(link: PartnerLink, *, counts: bool, now: datetime) -> None:
    """Count a wrong code and close the page with the last one; for any other no the same statement finds no row."""
    last = When(wrong_tries__gte=MOST_TRIES - 1, status__in=READABLE, then=Value("locked"))
    over = When(wrong_tries__gte=MOST_TRIES - 1, status__in=READABLE, then=Value(now))
    # One that was answered stays answered: enough wrong codes only end its later word.
    PartnerLink.objects.filter(pk=link.pk if counts else uuid4(), status__in=[*READABLE, "accepted"]).update(
        status=Case(last, default=F("status")), ended_at=Case(over, default=F("ended_at")),
        wrong_tries=F("wrong_tries") + 1,
    )  # fmt: skip
    known = link.pk != NOBODY
    record(
        act="partner_link.refused", by=Partner(link.program_id if known else None),
        subject=link.person_id if known else None, object_kind="partner_link", object_id=link.pk if known else None,
        outcome="refused",
    )  # fmt: skip


def _note_opened(link: PartnerLink, now: datetime) -> None:
    by = Partner(link.program_id)
    if link.status == "accepted":
        log_link("partner_link.opened", link, by)
        return
    if link.status == "sent":
        PARTNER_LINK.check_move("sent", "opened", by=by.moves_as)
        link.status, link.first_opened_at = "opened", now
    link.times_opened += 1
    link.latest_opened_at = now
    link.save(update_fields=["status", "first_opened_at", "latest_opened_at", "times_opened"])
    log_link("partner_link.opened", link, by)
