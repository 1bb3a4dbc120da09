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
from alongside.people.events import emit
from alongside.people.models import Membership, Person
from alongside.people.outbox import absolute, queue_notice
from alongside.rules.access import may
from alongside.rules.consent import ITEMS, PURPOSES
from alongside.rules.lifecycles import RESTRICTION
from alongside.rules.restriction import INSIDE, PLAN_PURPOSES, must_agree

from ..models import KeptFrom, Restriction
from ..queries import list_given, list_live_grants, list_staff_who_may_see
from .complaints import give_back_kept


class MustAgree(Exception):
    """§2.26(a)(6): toward a health plan, paid in full, it cannot be declined."""


class NotAnswered(Exception):
    """Without words, without a name where one is needed, or by somebody whose work it is not or whom it is about."""


class StillWalks(Exception):
    """Somebody of those named is the person's peer or covers for them: that is ended or handed over first."""


class NobodyLeft(Exception):
    """Nobody who runs things would see the record: then nobody could answer a worry about the person."""


@transaction.atomic
def ask_restriction(
    *, person: Person, items: Collection[str], toward: str, submit_key: UUID, by, recipient: str = "",
    purposes: Collection[str] = (), paid_in_full: bool = False, words: str = "", readers: Collection[UUID] = (),
    now: datetime | None = None,
) -> Restriction:  # fmt: skip
    """Write down what somebody wants kept back, and from whom. The same `submit_key` is the same request.

    `readers` are accounts of people who work here and must not see the record, where `toward` is `inside`. They do not
    see the request either, from this moment on.
    """
    inside = toward == INSIDE
    chosen = [item for item in ITEMS if item in items and not inside]
    whom = (recipient.strip() or None) if toward == "named" else None
    named = [one for one in PURPOSES if one in purposes and not inside]
    wanted = PLAN_PURPOSES if toward == "health_plan" else named
    restriction, is_new = Restriction.objects.get_or_create(
        submit_key=submit_key,
        person=person,
        defaults={
            "program_id": person.program_id, "items": chosen, "toward": toward, "recipient": whom,
            "purposes": list(wanted), "paid_in_full": paid_in_full and not inside, "words": words.strip(),
            "facts_digest": digest_of(whom or "", words), "asked_at": now or timezone.now(),
            "asked_by_id": by.user_id,
        },
    )  # fmt: skip
    if is_new:
        _name_readers(restriction, readers if inside else ())
        _log("restriction.asked", restriction, by, fields=chosen, reason=toward)
    return restriction


@transaction.atomic
def decide_restriction(
    *, restriction: Restriction, agree: bool, words: str, by, readers: Collection[UUID] | None = None,
    now: datetime | None = None,
) -> Restriction:  # fmt: skip
    """Agree or decline, with words the person reads. From the commit of a yes on, nothing of it leaves.

    `readers`: who must not see the record, where that is what was asked; None leaves whom the person named. Raises
    `MustAgree`, `NotAnswered`, `StillWalks`, `NobodyLeft`, `MoveNotAllowed`.
    """
    # The person first: a disclosure locks them too, so that it waits for this or this sees that it left (C2).
    person = Person.objects.select_for_update(of=("self",)).select_related("program").get(pk=restriction.person_id)
    locked = Restriction.objects.select_for_update().get(pk=restriction.pk)
    if not may("decide_restriction", by.roles) or by.person_id == person.pk or not words.strip():
        raise NotAnswered
    if not agree and must_agree(toward=locked.toward, paid_in_full=locked.paid_in_full):
        raise MustAgree
    if KeptFrom.objects.filter(restriction=locked, account_id=by.user_id).exists():
        raise NotAnswered  # nobody answers what is about them
    to = "agreed" if agree else "declined"
    RESTRICTION.check_move(locked.status, to, by=by.moves_as)
    if agree and locked.toward == INSIDE:
        if readers is not None:
            _name_readers(locked, readers)
        _close_inside(locked, person, by, now or timezone.now())
    locked.status, locked.answer = to, words.strip()
    locked.decided_at, locked.decided_by_id = now or timezone.now(), by.user_id
    locked.save(update_fields=["status", "answer", "decided_at", "decided_by"])
    _log(f"restriction.{to}", locked, by, fields=locked.items)
    if agree and locked.toward == INSIDE:
        _hand_on(locked, person, by, now or timezone.now())
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


def _name_readers(restriction: Restriction, accounts: Collection[UUID]) -> None:
    """Exactly these, while it is asked for. Only accounts that hold a role in the program, and never the person's."""
    roles = Membership.objects.filter(program_id=restriction.program_id, user_id__in=list(accounts))
    wanted = set(roles.exclude(role="participant").values_list("user_id", flat=True)) - {restriction.person.user_id}
    there = KeptFrom.objects.filter(restriction=restriction)
    there.exclude(account_id__in=wanted).delete()
    for account in sorted(wanted - set(there.values_list("account_id", flat=True))):
        KeptFrom.objects.create(program_id=restriction.program_id, restriction=restriction, account_id=account)


def _close_inside(restriction: Restriction, person: Person, by, now: datetime) -> None:
    """Before a yes: nobody who walks with the person now is shut out unasked, and somebody is left who runs things."""
    named = list(KeptFrom.objects.filter(restriction=restriction, account__isnull=False))
    accounts = {one.account_id for one in named}
    if not accounts or by.user_id in accounts:
        raise NotAnswered
    theirs = list_live_grants(now).filter(participant=person, reader__user__in=accounts)
    # Cover counts too while it sleeps: it would wake up and open nothing, and nobody would stand in.
    if list_given(now).filter(participant=person, reader__user__in=accounts).exclude(kind__in=("reason", "history")):
        raise StillWalks
    before = KeptFrom.objects.filter(restriction__person=person, restriction__status="agreed")
    shut_out = accounts | set(before.values_list("account_id", flat=True))
    staff = list_staff_who_may_see(person.program_id, person.pk)
    if not staff.exclude(user__in=[one for one in shut_out if one]).exists():
        raise NobodyLeft
    for grant in theirs.filter(kind__in=("reason", "history")):
        grant.ends_at = now
        grant.save(update_fields=["ends_at"])
        record(act="grant.revoked", by=by, subject=person.pk, object_kind="grant", object_id=grant.pk,
               reason=grant.kind)  # fmt: skip


def _hand_on(restriction: Restriction, person: Person, by, now: datetime) -> None:
    """What those who are shut out had in hand about this person goes to others at once; nobody is told why."""
    named = KeptFrom.objects.filter(restriction=restriction, account__isnull=False)
    accounts = frozenset(named.values_list("account_id", flat=True))
    give_back_kept(person=person, accounts=accounts, now=now)
    emit("kept_from_readers", person=person, accounts=accounts, by=by, now=now)


def digest_of(recipient: str, words: str) -> str:
    """64 hex digits over what is kept encrypted: another word, another digest."""
    return hashlib.sha256(json.dumps([recipient.strip(), words.strip()], ensure_ascii=False).encode()).hexdigest()


def _log(act: str, restriction: Restriction, by, **details) -> None:
    record(act=act, by=by, subject=restriction.person_id, program_id=restriction.program_id,
           object_kind="restriction", object_id=restriction.pk, **details)  # fmt: skip
