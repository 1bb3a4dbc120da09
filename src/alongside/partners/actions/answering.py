"""The answer from outside: yes, or no with a reason of a closed list; after a yes, how it went on. Staff and the person
learn of it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from alongside.people.actor import SystemActor
from alongside.people.events import emit
from alongside.people.models import Person
from alongside.people.outbox import absolute, queue_notice
from alongside.privacy.actions import ask_again
from alongside.rules.lifecycles import PARTNER_LINK
from alongside.rules.partner_links import REASONS, SAID_LATER, may_say_more

from ..models import LinkWord, PartnerLink
from .making import WAY, log_link
from .opening import NOBODY, Partner, find_link, in_program, page_of


def answer_link(
    *, token: str, link_id: UUID, accepts: bool, reason: str = "", words: str = "", now: datetime | None = None
) -> PartnerLink | None:
    """Write down the answer of who opened the page; the page is used up then. None when it cannot be answered any more.

    `link_id` is what opening it proved. `words` are kept encrypted, and nothing is decided by them.
    """
    if not accepts and reason not in REASONS:
        raise ValueError(reason)
    link = find_link(token)
    with in_program(link), transaction.atomic():
        now = now or timezone.now()
        locked = _lock(link, link_id, now)
        if locked is None or locked.only_tells or locked.status != "opened" or locked.expires_at <= now:
            return None
        return _answer(locked, "accepted" if accepts else "declined", "" if accepts else reason, words, now)


def say_later(
    *, token: str, link_id: UUID, said: str, on_day: date | None = None, now: datetime | None = None
) -> PartnerLink | None:
    """After a yes: how it went on. Each thing is said once; None when nothing can be said by this page any more."""
    if said not in SAID_LATER:
        raise ValueError(said)
    link = find_link(token)
    with in_program(link), transaction.atomic():
        now = now or timezone.now()
        locked = _lock(link, link_id, now)
        if locked is None or not may_say_more(page_of(locked), now):
            return None
        _word, is_new = LinkWord.objects.get_or_create(
            link=locked, said=said, defaults={"program_id": locked.program_id, "on_day": on_day, "said_at": now}
        )
        if is_new:
            log_link("partner_link.answered", locked, Partner(locked.program_id), reason=said)
            _tell(locked, f"link:{locked.pk}:{said}", now)
            emit("partner_answered", link=locked, said=said, reason="", on_day=on_day, now=now)
        return locked


def _lock(link: PartnerLink, link_id: UUID, now: datetime) -> PartnerLink | None:
    """The link as it is, with its consent asked once more and locked; None where that is not live."""
    _consent, decision = ask_again(
        consent_id=link.consent_id, way=WAY, items=link.disclosure.items if link.disclosure_id else (),
        by=SystemActor(program_id=link.program_id), now=now, disclosure_id=link.disclosure_id or NOBODY,
    )  # fmt: skip
    locked = PartnerLink.objects.select_for_update().filter(pk=link.pk).first()
    return locked if locked is not None and locked.pk == link_id and decision.may_leave else None


def _answer(link: PartnerLink, status: str, reason: str, words: str, now: datetime) -> PartnerLink:
    by = Partner(link.program_id)
    PARTNER_LINK.check_move(link.status, status, by=by.moves_as)
    link.status, link.reason, link.words = status, reason, words.strip()
    link.answered_at = link.ended_at = now
    link.content = None
    link.save(update_fields=["status", "reason", "words", "answered_at", "ended_at", "content"])
    link.stop_mail()  # it came, whatever the carrier said of it
    log_link("partner_link.answered", link, by, reason=reason or status)
    _tell(link, f"link:{link.pk}", now)
    emit("partner_answered", link=link, said=status, reason=reason, on_day=None, now=now)
    return link


def _tell(link: PartnerLink, key: str, now: datetime) -> None:
    for person, page in _whom_to_tell(link):
        queue_notice(person, "something_new", absolute(reverse(page)), once_key=f"{key}:{person.pk}", now=now)


def _whom_to_tell(link: PartnerLink) -> list[tuple[Person, str]]:
    """The person, and whoever gave it out: [(person, the page where they read the answer)]."""
    whole = Person.objects.select_related("program", "user")
    told = [(whole.get(pk=link.person_id), "me_pages")]
    if link.made_by_id and (staff := whole.filter(user=link.made_by_id).first()):
        told.append((staff, "partner_links"))
    return told
