"""A referral begins, is said something about, and ends. Nothing leaves by any of it; `telling` is what leaves."""

from contextlib import suppress
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.audit.fields import blind_index
from alongside.council.queries import get_policy_values
from alongside.partners import actions as partners
from alongside.people.actor import SystemActor
from alongside.people.models import Episode, Person
from alongside.privacy.actions import CannotStopYet, draft_consent, stop_sharing, withdraw_draft
from alongside.privacy.actions import change_draft as change_consent
from alongside.privacy.models import Consent
from alongside.referrals.holding import (
    local_day,
    lock,
    lock_whole,
    log_referral,
    log_turn,
    look_again,
    move,
    permits,
    said_as,
)
from alongside.referrals.models import Referral, ReferralStep
from alongside.resources.models import Resource
from alongside.rules.consent import KINDS
from alongside.rules.handover import HandoverPolicy
from alongside.rules.partner_links import OPEN as OPEN_PAGES
from alongside.rules.referrals import MAY_SAY, OPEN, SAYS, fits_first_contact, same_name, state_after

ASKS_FOR_HELP = ("not_reached", "declined")


class AlreadyOpen(Exception):
    """There is an open way to this place already. `referral` is that one."""

    def __init__(self, referral: Referral) -> None:
        super().__init__("already open")
        self.referral = referral


class CannotBeSaid(Exception):
    """Not by them, not of this one any more, or not for that day."""


def begin(
    *, person: Person, way: str, place: str, submit_key: UUID, by, need: str = "", address: str = "",
    resource: Resource | None = None, now: datetime | None = None,
) -> Referral:  # fmt: skip
    """Choose a place together. Nothing leaves. The same key twice is one. Raises `AlreadyOpen`."""
    now = now or timezone.now()
    try:
        with transaction.atomic():
            referral, made = Referral.objects.get_or_create(
                submit_key=submit_key,
                defaults={
                    "program_id": person.program_id, "person": person, "way": way, "need": need,
                    "place": place.strip(),
                    "address": address.strip(), "resource": resource, "requested_at": now,
                    "requested_by_id": by.user_id,
                },
            )  # fmt: skip
            if made:
                look_again(referral, now)
                if way == "told":
                    referral.consent = find_consent(referral)
                log_turn(referral, "begun", by=by, now=now)
                ReferralStep.objects.bulk_create(
                    ReferralStep(
                        program_id=person.program_id,
                        referral=referral,
                        code=step.code,
                        words=dict(step.words) or None,
                        number=number,
                    )
                    for number, step in enumerate(HandoverPolicy.from_values(get_policy_values("handover")).steps)
                )
    except IntegrityError:
        found = find_open(person.pk, resource, place)
        if found is None:
            raise
        raise AlreadyOpen(found) from None
    return referral


def find_open(person_id: UUID, resource: Resource | None, place: str) -> Referral | None:
    """The open way of somebody to a place, if there is one."""
    mine = Referral.objects.filter(person_id=person_id, status__in=OPEN)
    if resource is not None:
        return mine.filter(resource=resource).first()
    return mine.filter(resource=None, place_index=blind_index(place, "name")).first()


def find_consent(referral: Referral) -> Consent | None:
    """A live permission of the person whose recipient has this very name: it is taken, and nothing is signed twice.

    One for a court, an authority, a study or a network is for that alone (B2).
    """
    fitting = [kind.code for kind in KINDS.values() if kind.joins]
    mine = Consent.objects.filter(person_id=referral.person_id, status="active", kind__in=fitting)
    mine = mine.order_by("-signed_at")
    return next((one for one in mine if same_name(one.recipient or "", referral.place)), None)


@transaction.atomic
def prepare_permission(*, referral: Referral, by, now: datetime | None = None) -> Consent:
    """The permission of this referral: the one it has, or a draft with the name of the place and nothing chosen.

    One that was signed for another name, as the person may choose, lets nobody tell this place: a new one is begun.
    """
    Person.objects.select_for_update().get(pk=referral.person_id)
    found = lock(referral.pk)
    if found.way != "told" or found.status not in OPEN:
        raise CannotBeSaid
    if found.consent and (found.consent.status == "draft" or permits(found)):
        return found.consent
    consent = find_consent(found)
    if consent is None:
        consent = draft_consent(person=found.person, kind="specific", by=by, now=now)
        consent = change_consent(
            consent=consent, by=by, recipient=found.place, recipient_address=found.address, purpose="",
        )  # fmt: skip
    found.consent = consent
    found.save(update_fields=["consent"])
    log_referral("referral.permission", found, by=by)
    return consent


@transaction.atomic
def say(
    *, referral: Referral, said: str, by, reason: str = "", on_day: date | None = None, now: datetime | None = None
) -> Referral:
    """Write down what the person, or a partner by phone, said. What moves nothing is a turn all the same.

    Said twice is said once. Raises `CannotBeSaid`.
    """
    now = now or timezone.now()
    return hear(lock_whole(referral.pk), said=said, by=by, reason=reason, on_day=on_day, now=now)


def hear(found: Referral, *, said: str, by, reason: str, on_day: date | None, now: datetime) -> Referral:
    """The same for a locked row, inside the transaction of who says it."""
    speaker, today = said_as(by), local_day(found.program_id, now)
    if speaker == "house" or said not in MAY_SAY[speaker]:
        raise CannotBeSaid
    if found.status not in OPEN:
        return found
    to, day = state_after(found.status, said), None
    if said in ("in_touch", "done") and found.in_touch_on is None:
        day = on_day or (today if said == "in_touch" else None)
    elif to is None and _is_said(found, said, speaker, today):
        return found
    if day is not None:
        if not fits_first_contact(day, local_day(found.program_id, found.requested_at), today):
            raise CannotBeSaid
        found.in_touch_on, found.in_touch_by = day, speaker
    why = reason if said == "declined" else ""
    if to is not None:
        move(found, to, by=by, now=now, reason=why)
    else:
        # A place that could not reach them, or says no after they met: somebody looks today.
        look_again(found, now, on=today if said in ASKS_FOR_HELP else None)
    log_turn(found, said, by=by, now=now, reason=why)
    if found.status not in OPEN:
        close_pages(found, now=now)
    return found


def _is_said(referral: Referral, said: str, speaker: str, today: date) -> bool:
    """Whether the same speaker said it already: ever, or on this day what may be said again each week."""
    turns = referral.turns.filter(what=said, by=speaker).order_by("-at")
    latest = turns.first()
    return latest is not None and (said in SAYS or local_day(referral.program_id, latest.at) == today)


@transaction.atomic
def withdraw(*, referral: Referral, by, reason: str = "own_wish", now: datetime | None = None) -> Referral:
    """End it in one step, by the person or whoever hears them: from this commit on no page of it opens.

    Where the person wishes it, the permission for it stops too, and whoever had received something is told by the rule
    of consents that ended. For any other reason of staff it stays as signed: nobody took it back. One that is held by
    law stays; its pages do not. One that was begun for it and never signed is thrown away, whatever the reason: it
    would be a text to sign for what nobody wants.
    """
    now = now or timezone.now()
    found = lock_whole(referral.pk)
    was_open = found.status in OPEN
    if was_open:
        move(found, "cancelled", by=by, now=now, reason=reason)
        log_turn(found, "cancelled", by=by, now=now, reason=reason)
    for page in found.pages.select_related("link"):
        partners.stop_link(link=page.link, by=by, now=now)
    is_wish = was_open and reason == "own_wish"
    if is_wish and found.consent and found.consent.status == "active" and not _others_need(found):
        with suppress(CannotStopYet):
            how = "screen" if said_as(by) == "person" else "spoken"
            stop_sharing(consent=found.consent, by=by, how=how, now=now)
    if was_open and found.consent and found.consent.status == "draft" and not _others_need(found):
        withdraw_draft(consent=found.consent, by=by)
    return found


def _others_need(referral: Referral) -> bool:
    others = Referral.objects.filter(consent_id=referral.consent_id, status__in=OPEN)
    return others.exclude(pk=referral.pk).exists()


def close_pages(referral: Referral, *, now: datetime) -> None:
    """Pages that are still open close with the referral; the permission itself stays until it is stopped."""
    for page in referral.pages.select_related("link").filter(link__status__in=OPEN_PAGES):
        partners.stop_link(link=page.link, by=SystemActor(program_id=referral.program_id), now=now)


@transaction.atomic
def tick_step(*, referral: Referral, code: str, done: bool, by, now: datetime | None = None) -> bool:
    """A step of the handover is done, or is not after all. Whether anything changed."""
    found = lock(referral.pk)
    step = ReferralStep.objects.select_for_update().filter(referral=found, code=code).first()
    if step is None or found.status not in OPEN or bool(step.done_at) == done:
        return False
    step.done_at, step.done_by_id = (now or timezone.now(), by.person_id) if done else (None, None)
    step.save(update_fields=["done_at", "done_by"])
    log_referral("referral.step", found, by=by, reason=f"{code}.{'done' if done else 'open'}")
    return True


def end_with_episode(*, episode: Episode, by, now: datetime, **_facts) -> None:
    """Handler of `episode_closed`: what was on its way ends too."""
    house = SystemActor(program_id=episode.program_id)
    for one in Referral.objects.filter(person_id=episode.person_id, status__in=OPEN).order_by("pk"):
        for page in one.pages.select_related("link"):
            partners.stop_link(link=page.link, by=house, now=now)
        found = lock(one.pk)
        if found.status not in OPEN:
            continue  # it came to an end of its own at the same moment
        move(found, "cancelled", by=house, now=now, reason="support_ended")
        log_turn(found, "cancelled", by=house, now=now, reason="support_ended")
