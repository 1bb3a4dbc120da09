"""The answer from outside: yes, or no with a reason of a closed list. Staff and the person learn of it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from alongside.people.actor import SystemActor
from alongside.people.models import Person
from alongside.people.outbox import absolute, queue_notice
from alongside.privacy.actions import ask_again
from alongside.rules.lifecycles import PARTNER_LINK
from alongside.rules.partner_links import REASONS

from ..models import PartnerLink
from .making import WAY, log_link
from .opening import Partner, find_link, in_program


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
        _consent, decision = ask_again(
            consent_id=link.consent_id, way=WAY, items=link.disclosure.items if link.disclosure_id else (),
            by=SystemActor(program_id=link.program_id), now=now,
        )  # fmt: skip
        locked = PartnerLink.objects.select_for_update().filter(pk=link.pk).first()
        if locked is None or locked.pk != link_id or not decision.may_leave:
            return None
        if locked.status != "opened" or locked.expires_at <= now:
            return None
        return _answer(locked, "accepted" if accepts else "declined", "" if accepts else reason, words, now)


def _answer(link: PartnerLink, status: str, reason: str, words: str, now: datetime) -> PartnerLink:
    by = Partner(link.program_id)
    PARTNER_LINK.check_move(link.status, status, by=by.moves_as)
    link.status, link.reason, link.words = status, reason, words.strip()
    link.answered_at = link.ended_at = now
    link.content = None
    link.save(update_fields=["status", "reason", "words", "answered_at", "ended_at", "content"])
    log_link("partner_link.answered", link, by, reason=reason or status)
    for person, page in _whom_to_tell(link):
        queue_notice(person, "something_new", absolute(reverse(page)), once_key=f"link:{link.pk}:{person.pk}", now=now)
    return link


def _whom_to_tell(link: PartnerLink) -> list[tuple[Person, str]]:
    """The person, and whoever gave it out: [(person, the page where they read the answer)]."""
    whole = Person.objects.select_related("program", "user")
    told = [(whole.get(pk=link.person_id), "me_pages")]
    if link.made_by_id and (staff := whole.filter(user=link.made_by_id).first()):
        told.append((staff, "partner_links"))
    return told
