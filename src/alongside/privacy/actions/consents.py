"""The life of a consent: drafted, filled in, signed by who must, stopped in one step, ended by its day or its event."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from alongside.audit.actions import record
from alongside.people.actor import SystemActor
from alongside.people.events import emit
from alongside.people.models import Episode, Person, Program
from alongside.people.short_codes import new_letters
from alongside.rules.access import may
from alongside.rules.consent import (
    DIRECTOR,
    EMANCIPATED,
    LATEST,
    MINOR_AND_PARENT,
    SELF,
    kinds_for,
    list_missing,
    may_take_back,
)
from alongside.rules.consent.kinds import KINDS
from alongside.rules.consent.signing import BY_ANOTHER, BY_LINK
from alongside.rules.lifecycles import CONSENT

from ..models import Consent
from ..writing import get_posture, show, signer_of, terms_of

FILLED_IN = (
    "items", "recipient", "recipient_address", "recipient_is_covered", "members", "purpose", "purpose_words",
    "expires_event", "expires_at", "held_until", "language", "signer", "other_name", "other_basis",
    "died_on", "held_event",
)  # fmt: skip
"""What `change_draft` may change."""


class ConsentNotActive(Exception):
    """Something that the law requires is missing. `missing` are codes of `rules.consent.ELEMENTS`."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class ShownChanged(Exception):
    """What would leave is no longer what the person had before their eyes: it is shown again before they sign."""


class CannotStopYet(Exception):
    """§2.35(c): this one can be taken back only from `held_until` on, and they were told so before signing."""

    def __init__(self, held_until: datetime) -> None:
        super().__init__("held")
        self.held_until = held_until


@transaction.atomic
def draft_consent(*, person: Person, kind: str, by, now: datetime | None = None) -> Consent:
    """Begin a consent of one kind, with whose it is and who shares. Nothing is chosen beforehand (B3).

    Pressed twice it is begun once: a draft in which nothing was filled in yet is taken up again (I3).
    """
    rule = KINDS[kind]
    Person.objects.select_for_update().get(pk=person.pk)
    begun = Consent.objects.filter(person=person, kind=kind, status="draft", drafted_by_id=by.user_id)
    begun = begun.filter(recipient__isnull=True)
    if found := begun.first():
        return found
    consent = Consent.objects.create(
        program_id=person.program_id,
        person=person,
        number=_new_number(),
        kind=kind,
        person_name=person.legal_name or person.goes_by,
        discloser=person.program.name,
        purpose=rule.purposes[0] if len(rule.purposes) == 1 else "",
        language=person.language if person.language in ("en", "es") else "en",
        drafted_at=now or timezone.now(),
        drafted_by_id=by.user_id,
    )
    _log("consent.drafted", consent, by)
    return consent


def draft_copy(*, consent: Consent, by, **values) -> Consent:
    """A draft that says the same as this one, but for `values`. Inside the transaction of who asks for it."""
    copy = Consent(
        program_id=consent.program_id, person_id=consent.person_id, number=_new_number(), kind=consent.kind,
        person_name=consent.person_name, discloser=consent.discloser, purpose=consent.purpose, items=consent.items,
        together=consent.together, drafted_at=timezone.now(), drafted_by_id=by.user_id,
    )  # fmt: skip
    for name in FILLED_IN:
        setattr(copy, name, values.get(name, getattr(consent, name)))
    copy.save(force_insert=True)
    _log("consent.drafted", copy, by)
    return copy


@transaction.atomic
def change_draft(*, consent: Consent, by, **values) -> Consent:
    """Fill in or change a draft. An empty text is kept as nothing, so that the database sees that it is missing."""
    consent = _lock(consent, "draft")
    changed = {name: (value or None) if _is_words(name) else value for name, value in values.items()}
    if unknown := changed.keys() - set(FILLED_IN):
        raise TypeError(f"not a field of a draft: {sorted(unknown)}")
    for name, value in changed.items():
        setattr(consent, name, value)
    consent.save(update_fields=list(changed))
    _log("consent.changed", consent, by, fields=sorted(changed))
    return consent


@transaction.atomic
def strike_item(*, consent: Consent, item: str, by) -> Consent:
    """Take one item out before signing (B3); one that is not in it changes nothing."""
    consent = _lock(consent, "draft")
    if item in consent.items:
        consent.items = [one for one in consent.items if one != item]
        consent.save(update_fields=["items"])
        _log("consent.changed", consent, by, fields=["items"])
    return consent


@transaction.atomic
def withdraw_draft(*, consent: Consent, by) -> Consent:
    """Throw a draft away: nothing was signed, nothing left."""
    consent = _lock(consent, "draft")
    CONSENT.check_move("draft", "withdrawn", by=by.moves_as)
    consent.status = "withdrawn"
    consent.save(update_fields=["status"])
    _log("consent.withdrawn", consent, by)
    return consent


@transaction.atomic
def sign_consent(
    *, consent: Consent, seen: str, by, signed_name: str = "", other_name: str = "", other_basis: str = "",
    how: str = "screen", said_of_age: bool = False, by_link: bool = False, as_director: bool = False,
    now: datetime | None = None,
) -> Consent:  # fmt: skip
    """Make a draft active with the signature of who must sign. `seen` is the digest of what stood on the page or paper.
    `said_of_age`: they said that they are an adult, where nobody knows their birth date. `by_link`: a parent or
    guardian signs by a page of their own (`partners`); nobody types a name for them on the screen. `as_director`: a
    director exercises the right of somebody who cannot act now, for payment alone (§2.15(a)(2)); never by paper.

    Raises `ShownChanged` when it would share something else by now, `ConsentNotActive` when an element is missing.
    """
    consent = _lock(consent, "draft")
    now = now or timezone.now()
    CONSENT.check_move("draft", "active", by=by.moves_as)
    if as_director and (how != "screen" or by.person_id == consent.person_id or not may("sign_for_payment", by.roles)):
        raise ConsentNotActive(("signature",))
    if how == "screen" and by.person_id != consent.person_id and not (by_link or as_director):
        raise ConsentNotActive(("signature",))  # on the screen they sign themself; others hold a signed paper
    person = Person.objects.select_related("program").get(pk=consent.person_id)
    posture = get_posture()
    if consent.kind not in kinds_for(posture):
        raise ConsentNotActive(("held_until",))  # it was begun under another law
    if unfinished := list_missing(terms_of(consent, posture), unsigned=True):
        raise ConsentNotActive(unfinished)
    shown = show(consent, posture, person)
    if shown.digest != seen:
        raise ShownChanged
    signer = signer_of(consent, posture, person, timezone.localdate(now))
    another = signer in BY_ANOTHER or signer == MINOR_AND_PARENT
    # Another signs by their own link or on paper; and by a link nobody signs who must not (B9).
    if (by_link and signer not in BY_LINK) or (another and how == "screen" and not (by_link or as_director)):
        raise ConsentNotActive(("signature",))
    if (signer == DIRECTOR) != as_director:  # nobody else signs in their place, and they sign as nothing else
        raise ConsentNotActive(("signature",))
    consent.signer = signer
    consent.signed_name = (signed_name.strip() if signer not in BY_ANOTHER else "") or None
    # Nobody besides those who must sign is ever written down: a minor who consents alone does so alone (B9).
    consent.other_name = (other_name.strip() or consent.other_name or None) if another else None
    by_right = another or signer == EMANCIPATED
    consent.other_basis = (other_basis.strip() or consent.other_basis or None) if by_right else None
    consent.age_known = "birth_date" if person.birth_date else "said" if said_of_age else "not_known"
    terms = terms_of(
        consent, posture, statements=tuple(block.code for block in shown.blocks), signer=signer, signed_at=now,
        signed_name=consent.signed_name or "", other_name=consent.other_name or "",
        other_basis=consent.other_basis or "",
    )  # fmt: skip
    missing = list_missing(terms)
    if consent.expires_at is not None and consent.expires_at <= now:
        missing = (*missing, "expiry")
    if missing:
        raise ConsentNotActive(missing)
    consent.status, consent.signed_at, consent.signed_how, consent.signed_by_id = "active", now, how, by.user_id
    consent.shown, consent.shown_digest, consent.text_version = shown.to_keep(), shown.digest, LATEST
    consent.statements = list(terms.statements)
    consent.save()
    way = "link" if by_link else how
    _log("consent.signed", consent, by, reason=f"{signer}.{way}" if signer != SELF else way)
    return consent


@transaction.atomic
def stop_sharing(*, consent: Consent, by, how: str = "screen", now: datetime | None = None) -> Consent:
    """Take a consent back, in one step, by the person or by whoever heard them (B4). From the commit on nothing leaves.

    Stopping twice is stopping once. Raises `CannotStopYet` for one that the person was told is held.
    """
    consent = _lock(consent)
    now = now or timezone.now()  # after the lock: what left before it left before this
    if consent.status in CONSENT.ends():
        return consent
    CONSENT.check_move(consent.status, "revoked", by=by.moves_as)
    if not may_take_back(KINDS[consent.kind].is_held, consent.held_until, now, consent.released_at):
        raise CannotStopYet(consent.held_until)
    return _end(consent, "revoked", how, by, now, "consent.revoked")


@transaction.atomic
def release_held(*, consent: Consent, by, now: datetime | None = None) -> Consent:
    """The event has happened from which a held consent can be taken back (§2.35(c)): from now on the person may."""
    consent = _lock(consent)
    if consent.status == "active" and consent.held_event and consent.released_at is None:
        consent.released_at = now or timezone.now()
        consent.save(update_fields=["released_at"])
        _log("consent.released", consent, by, reason=consent.held_event)
    return consent


@transaction.atomic
def end_by_event(*, consent: Consent, by, now: datetime | None = None) -> Consent:
    """What was to end it has happened, such as the matter in court being over."""
    consent = _lock(consent)
    if consent.status in CONSENT.ends():
        return consent
    CONSENT.check_move(consent.status, "expired", by=by.moves_as)
    return _end(consent, "expired", "event", by, now or timezone.now(), "consent.expired")


@transaction.atomic
def note_told(*, consent: Consent, by, now: datetime | None = None) -> Consent:
    """Whoever had received something under an ended consent was told that it ended."""
    consent = _lock(consent)
    if consent.status in ("revoked", "expired") and consent.told_at is None:
        consent.told_at, consent.told_by_id = now or timezone.now(), by.user_id
        consent.save(update_fields=["told_at", "told_by"])
        _log("consent.told", consent, by)
    return consent


def end_with_episode(*, episode: Episode, by, reason: str, now: datetime, **_facts) -> None:
    """Handler of `episode_closed`: consents that last as long as the support end with it."""
    mine = Consent.objects.select_for_update().filter(person_id=episode.person_id, status="active")
    for consent in mine.filter(expires_event="end_of_support").order_by("pk"):
        _end(consent, "expired", "event", by, now, "consent.expired")


def expire_due(now: datetime) -> int:
    """Note the end of consents whose day is over. Nothing left under them since: that day was asked each time."""
    done = 0
    for program in Program.objects.order_by("created_at"):
        with scope(program=program), transaction.atomic():
            due = Consent.objects.select_for_update().filter(status="active", expires_at__lte=now).order_by("pk")
            for consent in due:
                by = SystemActor(program_id=program.pk)
                _end(consent, "expired", "day", by, consent.expires_at, "consent.expired")
                done += 1
    return done


def _end(consent: Consent, status: str, how: str, by, now: datetime, act: str) -> Consent:
    consent.status, consent.ended_at, consent.ended_how, consent.ended_by_id = status, now, how, by.user_id
    consent.save(update_fields=["status", "ended_at", "ended_how", "ended_by"])
    _log(act, consent, by, reason=how)
    emit("consent_ended", consent=consent, by=by, how=how, now=now)
    return consent


def _lock(consent: Consent, status: str | None = None) -> Consent:
    """The row as it is now, held until the end of the transaction."""
    locked = Consent.objects.select_for_update().get(pk=consent.pk)
    if status is not None and locked.status != status:
        CONSENT.check_move(locked.status, status, by="nobody")
    return locked


def _log(act: str, consent: Consent, by, **details) -> None:
    record(act=act, by=by, subject=consent.person_id, program_id=consent.program_id, object_kind="consent",
           object_id=consent.pk, **details)  # fmt: skip


def _is_words(name: str) -> bool:
    return name in ("recipient", "recipient_address", "members", "purpose_words", "other_name", "other_basis")


def _new_number() -> str:
    letters = new_letters(8)
    return f"{letters[:4]}-{letters[4:]}"
