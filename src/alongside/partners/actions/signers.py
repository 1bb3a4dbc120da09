"""A parent or guardian signs by a page of their own: asked by the person or by staff, opened with link and code (B9).

The person signs first, where the law wants both; nothing is in force before the other has signed. What is shown is what
would be signed, and nothing else about them. Locks are taken in one order: person, permissions, page.
"""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django_scopes import scopes_disabled

from alongside.audit.actions import record
from alongside.people import outbox
from alongside.people.actor import SystemActor
from alongside.people.models import Person
from alongside.people.queries import hash_token
from alongside.people.short_codes import NO_HASH
from alongside.privacy.actions import ConsentNotActive, ShownChanged, change_draft, sign_together
from alongside.privacy.consent_queries import list_together
from alongside.privacy.models import Consent
from alongside.privacy.writing import Shown, get_posture, show, signer_of, terms_of
from alongside.rules.consent import list_missing
from alongside.rules.consent.signing import BY_LINK, MINOR_AND_PARENT, RELATIONS
from alongside.rules.disclosure import pass_out
from alongside.rules.lifecycles import SIGNER_LINK
from alongside.rules.partner_links import LONGEST_DAYS, MOST_TRIES, Page, ends_at, may_open

from ..models import SignerLink
from .making import hash_code, log_link, new_digits
from .opening import NOBODY, Partner, in_program

HEAVY = ("reach", "own_name", "other_name", "other_shown")
"""What takes time to decrypt, and only a yes needs."""


class NobodyElse(Exception):
    """Nobody but the person signs this, or an executor with a paper: no page is made (B9)."""


@dataclass(frozen=True)
class ToSign:
    """What the page shows: each permission with its text and preview, in the language of whoever signs."""

    link: SignerLink
    parts: list[tuple[Consent, Shown]]

    @property
    def digests(self) -> dict[str, str]:
        """What stood before their eyes, to be given back with the signature."""
        return {str(consent.pk): shown.digest for consent, shown in self.parts}


@transaction.atomic
def ask_signer(
    *, consent: Consent, by, language: str, reach: str, seen: Mapping[UUID, str], own_name: str = "", address: str = "",
    basis: str = "", days: int = LONGEST_DAYS, now: datetime | None = None,
) -> tuple[SignerLink, str]:  # fmt: skip
    """Ask whoever must sign beside or instead of the person. `seen` as in `sign_together`, `own_name` the person's own
    signature: on the screen theirs alone, or from a paper that staff hold. With an `address` the link goes there by a
    neutral mail. `basis`: by what right a guardian acts. An earlier page for the same ends.

    Returns the page and its token, which is kept nowhere. Raises `NobodyElse`, `ConsentNotActive` or `ShownChanged`.
    """
    now = now or timezone.now()
    person = Person.objects.select_for_update(of=("self",)).select_related("program").get(pk=consent.person_id)
    drafts = _lock_drafts(consent)
    if {draft.pk for draft in drafts} != set(seen):
        raise ShownChanged
    posture = get_posture()
    signer = signer_of(drafts[0], posture, person, timezone.localdate(now))
    if signer not in BY_LINK:
        raise NobodyElse
    for draft in drafts:
        if missing := list_missing(terms_of(draft, posture), unsigned=True):
            raise ConsentNotActive(missing)
        if show(draft, posture, person).digest != seen[draft.pk]:
            raise ShownChanged
    both = signer == MINOR_AND_PARENT
    if both and not own_name.strip():
        raise ConsentNotActive(("signature",))
    if not both:
        if not (basis.strip() or drafts[0].other_basis):
            raise ConsentNotActive(("signature",))
        for draft in drafts if basis.strip() else ():
            change_draft(consent=draft, by=by, other_basis=basis.strip())
    for earlier in SignerLink.objects.select_for_update().filter(consent__in=drafts, status="open"):
        _end(earlier, "stopped", by, now)
    token = secrets.token_urlsafe(24)
    link = SignerLink.objects.create(
        program_id=person.program_id, person=person, consent=drafts[0], signer=signer, language=language, reach=reach,
        own_name=own_name.strip() if both else None,
        own_how=("screen" if by.person_id == person.pk else "paper") if both else "",
        seen={str(pk): digest for pk, digest in seen.items()}, token_hash=hash_token(token), made_at=now,
        made_by_id=by.user_id, expires_at=ends_at(now, days, None),
    )  # fmt: skip
    if address:
        outbox.queue_page(program_id=person.program_id, address=address, language=language, link=link_of(token),
                          once_key=f"signer:{link.pk}", now=now)  # fmt: skip
    log_link("signer_link.made", link, by, kind="signer_link")
    return link, token


def link_of(token: str) -> str:
    """The full address of a page."""
    return outbox.absolute(reverse("signer_page", args=[token]))


@transaction.atomic
def make_code(*, link: SignerLink, by, now: datetime | None = None) -> str:
    """A code for a page that is open, with its tries anew; "" when it is over. Staff tell it, when they speak with
    whoever signs: who asks does not get it, so that nobody signs for a parent."""
    now = now or timezone.now()
    locked = _lock(link)
    if locked.status != "open" or locked.expires_at <= now or by.person_id == locked.person_id:
        return ""
    code = new_digits()
    locked.code_hash, locked.wrong_tries = hash_code(locked.pk, code), 0
    locked.code_expires_at = min(now + timedelta(hours=settings.PARTNER_CODE_HOURS), locked.expires_at)
    locked.save(update_fields=["code_hash", "code_expires_at", "wrong_tries"])
    log_link("signer_link.code_made", locked, by, kind="signer_link")
    return code


@transaction.atomic
def stop_signer(*, link: SignerLink, by, now: datetime | None = None) -> bool:
    """Close a page at once: the person takes their signature back, or staff do for them. Twice is once."""
    return _end(_lock(link), "stopped", by, now or timezone.now())


def open_signer(*, token: str, code: str, now: datetime | None = None) -> ToSign | None:
    """What is to be signed, or None: whatever the reason, with the same work and one entry. Wrong codes close it."""
    link = _find(token)
    fits = constant_time_compare(hash_code(link.pk, code), link.code_hash or NO_HASH)
    with in_program(link), transaction.atomic():
        now = now or timezone.now()
        consent = Consent.objects.select_for_update().filter(pk=link.consent_id).first()
        locked = SignerLink.objects.select_for_update().defer(*HEAVY).filter(pk=link.pk).first()
        is_open = locked is not None and consent is not None and consent.status == "draft" and opens(locked, now)
        parts = _parts(locked, now) if is_open and fits else None
        if parts is None:
            _refuse(link, counts=is_open and not fits, now=now)
            return None
        pass_out("signer_link")
        locked.first_opened_at = locked.first_opened_at or now
        locked.times_opened += 1
        locked.save(update_fields=["first_opened_at", "times_opened"])
        log_link("signer_link.opened", locked, Partner(locked.program_id), kind="signer_link")
        return ToSign(locked, parts)


def answer_signer(
    *, token: str, link_id: UUID, signs: bool, name: str = "", relation: str = "",
    shown: Mapping[str, str] | None = None, now: datetime | None = None,
) -> SignerLink | None:  # fmt: skip
    """The signature of whoever opened the page, or their no; the page is used up. None when it cannot be answered any
    more, or when what they would sign is no longer what stood before them (`shown`)."""
    if signs and (relation not in RELATIONS or not name.strip()):
        raise ValueError(relation)
    link = _find(token)
    with in_program(link), transaction.atomic():
        now = now or timezone.now()
        Person.objects.select_for_update().filter(pk=link.person_id or NOBODY).first()
        consent = Consent.objects.select_for_update().filter(pk=link.consent_id).first()
        locked = SignerLink.objects.select_for_update().filter(pk=link.pk).first()
        if locked is None or locked.pk != link_id or consent is None or consent.status != "draft":
            return None
        if locked.status != "open" or locked.expires_at <= now or not locked.times_opened:
            return None
        if not signs:
            return _answer(locked, "declined", now)
        parts = _parts(locked, now)
        if parts is None or ToSign(locked, parts).digests != shown:
            return None
        locked.other_name, locked.relation = name.strip(), relation
        locked.other_shown = [
            {"consent": str(one.pk), "digest": what.digest, "blocks": [asdict(block) for block in what.blocks],
             "preview": what.preview} for one, what in parts
        ]  # fmt: skip
        _answer(locked, "signed", now)
        sign_together(
            consent=consent, seen={UUID(pk): digest for pk, digest in locked.seen.items()},
            by=Partner(locked.program_id), now=now, signed_name=locked.own_name or "", other_name=locked.other_name,
            other_basis=consent.other_basis or relation, how=locked.own_how or "screen",
            by_link=locked.own_how != "paper",
        )  # fmt: skip
        return locked


def opens(link: SignerLink, now: datetime) -> bool:
    """Whether the right code opens it: the same rule as for pages of partners."""
    if not link.code_hash or link.code_expires_at is None:
        return False
    status = "opened" if link.status == "open" else link.status
    return may_open(Page(status, link.expires_at, link.code_expires_at, link.wrong_tries, link.times_opened), now)


def lapse(now: datetime) -> int:
    """Close pages of the program in scope whose time is over, or whose permission waits no more."""
    done = 0
    over = SignerLink.objects.filter(status="open").exclude(expires_at__gt=now, consent__status="draft")
    for link in list(over.defer(*HEAVY)[:200]):
        by = SystemActor(program_id=link.program_id)
        with transaction.atomic():
            done += int(_end(_lock(link), "lapsed", by, now))
    return done


def _parts(link: SignerLink, now: datetime) -> list[tuple[Consent, Shown]] | None:
    """Each permission as it would be signed now; None where the person signed something else by now, or where nobody
    besides them signs any more (they had a birthday, or the law was entered anew)."""
    drafts = list_together(Consent.objects.select_related("person__program").get(pk=link.consent_id))
    posture = get_posture()
    if {str(draft.pk) for draft in drafts} != set(link.seen):
        return None
    for draft in drafts:
        if signer_of(draft, posture, draft.person, timezone.localdate(now)) != link.signer:
            return None
        if show(draft, posture, draft.person).digest != link.seen[str(draft.pk)]:
            return None
    return [(draft, show(draft, posture, draft.person, link.language)) for draft in drafts]


def _find(token: str) -> SignerLink:
    """The page of this token, or one that is none and opens nothing: both cost the same from here on."""
    with scopes_disabled():
        found = SignerLink.objects.defer(*HEAVY).filter(token_hash=hash_token(token)).first()
    return found or SignerLink(pk=NOBODY, program_id=NOBODY, consent_id=NOBODY)


def _lock_drafts(consent: Consent) -> list[Consent]:
    first = Consent.objects.select_for_update(of=("self",)).select_related("person__program").get(pk=consent.pk)
    if first.status != "draft":
        raise NobodyElse
    drafts = list_together(first)
    list(Consent.objects.select_for_update().filter(pk__in=[draft.pk for draft in drafts]).order_by("pk"))
    return drafts


def _lock(link: SignerLink) -> SignerLink:
    Consent.objects.select_for_update().get(pk=link.consent_id)
    return SignerLink.objects.select_for_update().get(pk=link.pk)


def _end(link: SignerLink, status: str, by, now: datetime) -> bool:
    if link.status != "open":
        return False
    SIGNER_LINK.check_move("open", status, by=by.moves_as)
    link.status, link.ended_at = status, now
    link.save(update_fields=["status", "ended_at"])
    outbox.drop_page(f"signer:{link.pk}")
    log_link("signer_link.ended", link, by, kind="signer_link", reason=status)
    return True


def _answer(link: SignerLink, status: str, now: datetime) -> SignerLink:
    by = Partner(link.program_id)
    SIGNER_LINK.check_move("open", status, by=by.moves_as)
    link.status, link.answered_at, link.ended_at = status, now, now
    link.save()
    outbox.drop_page(f"signer:{link.pk}")
    log_link("signer_link.answered", link, by, kind="signer_link", reason=status)
    whole = Person.objects.select_related("program", "user")
    told = [(whole.get(pk=link.person_id), "me_privacy")]
    if link.made_by_id and (staff := whole.filter(user=link.made_by_id).exclude(pk=link.person_id).first()):
        told.append((staff, "home"))
    for person, page in told:
        key = f"signer:{link.pk}:{person.pk}"
        outbox.queue_notice(person, "something_new", outbox.absolute(reverse(page)), once_key=key, now=now)
    return link


def _refuse(link: SignerLink, *, counts: bool, now: datetime) -> None:
    """Count a wrong code and close the page with the last one; for any other no the same statement finds no row."""
    last = {"wrong_tries__gte": MOST_TRIES - 1}
    SignerLink.objects.filter(pk=link.pk if counts else uuid4(), status="open").update(
        status=Case(When(**last, then=Value("locked")), default=F("status")),
        ended_at=Case(When(**last, then=Value(now)), default=F("ended_at")), wrong_tries=F("wrong_tries") + 1,
    )  # fmt: skip
    known = link.pk != NOBODY
    record(
        act="signer_link.refused", by=Partner(link.program_id if known else None),
        subject=link.person_id if known else None, object_kind="signer_link", object_id=link.pk if known else None,
        outcome="refused",
    )  # fmt: skip
