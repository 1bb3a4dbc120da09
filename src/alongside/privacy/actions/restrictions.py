"""The life of a restriction (§2.26): asked for, agreed to or declined with words, ended by the person."""

import hashlib
import json
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.models import Person
from alongside.people.outbox import absolute, queue_notice
from alongside.rules.access import may
from alongside.rules.consent import ITEMS, PURPOSES
from alongside.rules.lifecycles import RESTRICTION
from alongside.rules.restriction import PLAN_PURPOSES, must_agree

from ..models import Restriction


class MustAgree(Exception):
    """§2.26(a)(6): toward a health plan, paid in full, it cannot be declined."""


class NotAnswered(Exception):
    """Without words, or by somebody whose work it is not."""


@transaction.atomic
def ask_restriction(
    *, person: Person, items: Collection[str], toward: str, submit_key: UUID, by, recipient: str = "",
    purposes: Collection[str] = (), paid_in_full: bool = False, words: str = "", now: datetime | None = None,
) -> Restriction:  # fmt: skip
    """Write down what somebody wants kept back, and from whom. The same `submit_key` is the same request."""
    chosen = [item for item in ITEMS if item in items]
    whom = (recipient.strip() or None) if toward == "named" else None
    wanted = PLAN_PURPOSES if toward == "health_plan" else [one for one in PURPOSES if one in purposes]
    restriction, is_new = Restriction.objects.get_or_create(
        submit_key=submit_key,
        person=person,
        defaults={
            "program_id": person.program_id, "items": chosen, "toward": toward, "recipient": whom,
            "purposes": list(wanted), "paid_in_full": paid_in_full, "words": words.strip(),
            "facts_digest": digest_of(whom or "", words), "asked_at": now or timezone.now(),
            "asked_by_id": by.user_id,
        },
    )  # fmt: skip
    if is_new:
        _log("restriction.asked", restriction, by, fields=chosen)
    return restriction


@transaction.atomic
def decide_restriction(
    *, restriction: Restriction, agree: bool, words: str, by, now: datetime | None = None
) -> Restriction:
    """Agree or decline, with words the person reads. From the commit of a yes on, nothing of it leaves.

    Raises `MustAgree`, `NotAnswered`, `MoveNotAllowed`.
    """
    # The person first: a disclosure locks them too, so that it waits for this or this sees that it left (C2).
    person = Person.objects.select_for_update(of=("self",)).select_related("program").get(pk=restriction.person_id)
    locked = Restriction.objects.select_for_update().get(pk=restriction.pk)
    if not may("decide_restriction", by.roles) or by.person_id == person.pk or not words.strip():
        raise NotAnswered
    if not agree and must_agree(toward=locked.toward, paid_in_full=locked.paid_in_full):
        raise MustAgree
    to = "agreed" if agree else "declined"
    RESTRICTION.check_move(locked.status, to, by=by.moves_as)
    locked.status, locked.answer = to, words.strip()
    locked.decided_at, locked.decided_by_id = now or timezone.now(), by.user_id
    locked.save(update_fields=["status", "answer", "decided_at", "decided_by"])
    _log(f"restriction.{to}", locked, by, fields=locked.items)
    queue_notice(person, "something_new", absolute(reverse("me_kept")), f"restriction:{locked.pk}", now)
    return locked


@transaction.atomic
def end_restriction(*, restriction: Restriction, by, how: str = "screen", now: datetime | None = None) -> Restriction:
    """The person takes it back, themself or by a word or a letter that staff note (§2.26(b)(1), (2)). Twice is once."""
    locked = Restriction.objects.select_for_update().get(pk=restriction.pk)
    if locked.status in RESTRICTION.ends():
        return locked
    if how == "screen" and by.person_id != locked.person_id:
        raise NotAnswered
    to = "withdrawn" if locked.status == "asked" else "ended"
    RESTRICTION.check_move(locked.status, to, by=by.moves_as)
    locked.status, locked.ended_at, locked.ended_how = to, now or timezone.now(), how
    locked.ended_by_id = by.user_id
    locked.save(update_fields=["status", "ended_at", "ended_how", "ended_by"])
    _log("restriction.ended", locked, by, reason=how)
    return locked


def digest_of(recipient: str, words: str) -> str:
    """64 hex digits over what is kept encrypted: another word, another digest."""
    return hashlib.sha256(json.dumps([recipient.strip(), words.strip()], ensure_ascii=False).encode()).hexdigest()


def _log(act: str, restriction: Restriction, by, **details) -> None:
    record(act=act, by=by, subject=restriction.person_id, program_id=restriction.program_id,
           object_kind="restriction", object_id=restriction.pk, **details)  # fmt: skip
